"""The other versions of a post: in which languages they are, and how they are listed."""

from collections.abc import Iterator

from handlers.chat import Line, line
from handlers.context import Context
from handlers.words import listed
from policy.findings import Post
from policy.languages import NAMES, languages
from policy.texts import Reading
from policy.workflow import LABELS
from storage import drafts, versions
from storage.models import Draft

OTHER = "Other version: draft {id} ({language}), {state}"
UNKNOWN = "I cannot tell its language"


def spoken(ctx: Context, draft: Draft) -> frozenset[str]:
    """Return the languages of the present wording of a stored draft."""
    return languages(Reading(Post(drafts.text_of(ctx.db, draft))))


def elsewhere(ctx: Context, draft: Draft) -> tuple[str, ...]:
    """Return the languages of the other versions of a draft that have not ended."""
    alive = (each for each in versions.of(ctx.db, draft) if each.state in versions.ALIVE)
    return tuple(sorted({lang for each in alive for lang in spoken(ctx, each)}))


def named(ctx: Context, draft: Draft) -> str:
    """Name the languages of a draft."""
    return listed([NAMES[lang] for lang in sorted(spoken(ctx, draft))]) or UNKNOWN


def lines(ctx: Context, draft: Draft) -> Iterator[Line]:
    """List the other versions of a draft, and where they stand."""
    for each in versions.of(ctx.db, draft):
        yield line(OTHER, id=each.id, language=named(ctx, each), state=LABELS[each.state])
