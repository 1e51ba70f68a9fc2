"""Whose voice a post is: who may speak for a government."""

from collections.abc import Iterator
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.checks.wording import wording
from policy.terms import Cues, Needed, Phrases
from policy.texts import Reading


@check
def speaks_for(
    reading: Reading,
    *,
    find: Cues,
    near: Annotated[Phrases, Needed("near")],
    within: int,
    alone: Annotated[Phrases, Needed(), Needed("near")],
    roles: tuple[str, ...],
    unless: Phrases,
    negations: Phrases,
) -> Iterator[Passage]:
    """Object to speaking for a government, unless the author of an official post has a role for it.

    The other options are those of `wording`.
    """
    post = reading.post
    if post.account == "official" and post.author_role in roles:
        return
    yield from wording(
        reading,
        find=find,
        near=near,
        within=within,
        alone=alone,
        unless=unless,
        negations=negations,
    )
