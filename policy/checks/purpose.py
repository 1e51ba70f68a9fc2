"""What a post is for."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.purposes import official_bd
from policy.texts import Reading


@check
def no_official_purpose(reading: Reading) -> Iterator[Passage]:
    """Object to a post whose purpose serves none of the seven official ones."""
    if not official_bd(reading.post.purpose):
        yield Passage()
