"""Texts that are too long for their platform."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.findings import Post
from policy.lengths import COUNTS
from policy.platforms import KINDS
from policy.texts import Reading


@check_if(declared=Post.has_platform)
def too_long(reading: Reading) -> Iterator[Passage]:
    """Object to a text, or to a title, that is over the limit of its platform."""
    kind = KINDS.get(reading.post.platform)
    if kind is None:
        return
    text = reading.text
    title = text.strip().partition("\n")[0]
    limit = kind.caption if kind.caption and reading.post.attachments else kind.limit
    for part, most, name in ((title, kind.title, "title"), (text, limit, kind.label)):
        if most is None or 2 * len(part) <= most:
            continue
        over = COUNTS[kind.count](part) - most
        if over > 0:
            platform = kind.label if name == kind.label else f"{kind.label} {name}"
            fields = {"n": str(over), "platform": platform, "limit": str(most)}
            yield Passage(fields=fields)
            return
