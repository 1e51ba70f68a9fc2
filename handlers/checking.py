"""Applying an office's policy to a draft: everything that is known about it goes into the check."""

from collections.abc import Collection
from urllib.parse import urlsplit

from handlers import languages
from handlers.context import Context
from policy.attachments import Attachment
from policy.rules import Post, Verdict, examine
from storage import files, pages, people
from storage.models import Draft, Office, Person, Role

SENIOR, SPOKESPERSON, AUTHOR = "senior", "spokesperson", "author"
REPLY = "complaint-reply"


def check(
    ctx: Context, draft: Draft, text: str, given: tuple[Attachment, ...] | None = None
) -> Verdict:
    """Apply the policy of a draft's office to a wording of it.

    `given` are the attachments of a draft that is not stored yet.
    """
    attachments = files.known(ctx.db, draft) if given is None else given
    return examine(
        post_of(ctx, draft, text, attachments), ctx.rules(people.office(ctx.db, draft.office_id))
    )


def post_of(
    ctx: Context, draft: Draft, text: str, attachments: tuple[Attachment, ...] = ()
) -> Post:
    """Say what is known about a draft, stored or not."""
    office = people.office(ctx.db, draft.office_id)
    page = pages.get(ctx.db, draft.page_id)
    author = people.get(ctx.db, draft.author_id)
    return Post(
        text=text.strip(),
        platform=page.kind,
        purpose=draft.purpose,
        author_role=role(people.roles(ctx.db, office.id, author)),
        now=ctx.now,
        publish_at=draft.wanted_at,
        timezone=office.timezone,
        periods=tuple(office.in_force),
        reply=draft.purpose == REPLY,
        languages_required=tuple(page.languages),
        versions=languages.elsewhere(ctx, draft),
        directory=(*page.directory, *directory(ctx, office)),
        region=office.country,
        attachments=attachments,
    )


def trial(ctx: Context, person: Person, office: Office, platform: str, text: str) -> Verdict:
    """Apply the policy of an office to a text that is stored nowhere."""
    post = Post(
        text=text.strip(),
        platform=platform,
        author_role=role(people.roles(ctx.db, office.id, person)),
        now=ctx.now,
        timezone=office.timezone,
        periods=tuple(office.in_force),
        directory=directory(ctx, office),
        region=office.country,
    )
    return examine(post, ctx.rules(office))


def role(roles: Collection[Role]) -> str:
    """Return the role in which somebody writes, as rules know it."""
    if Role.SENIOR in roles or Role.LEAD in roles:
        return SENIOR
    return SPOKESPERSON if Role.SPOKESPERSON in roles else AUTHOR


def directory(ctx: Context, office: Office) -> tuple[str, ...]:
    """List what the posts of an office may name: its directory, and where its own pages are."""
    live = filter(pages.is_live, pages.of_office(ctx.db, office))
    hosts = (urlsplit(page.url).hostname or "" for page in live)
    return tuple(dict.fromkeys([*office.directory, *filter(None, hosts)]))
