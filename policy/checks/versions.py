"""Languages in which a post has to appear, and those in which it does."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.checks.warnings import listed
from policy.languages import NAMES, languages
from policy.texts import Reading


@check
def missing_version(
    reading: Reading, *, required: tuple[str, ...] = (), purposes: tuple[str, ...]
) -> Iterator[Passage]:
    """Object to a post that is missing in a language in which it has to appear.

    Those are the languages required of its page, and those `required` of all pages of the
    office. The post itself may be in several, and others may be linked as its versions.
    """
    needed = (*reading.post.languages_required, *required)
    if not needed or reading.post.purpose not in purposes:
        return
    there = languages(reading) | set(reading.post.versions)
    missing = [lang for lang in dict.fromkeys(needed) if lang not in there]
    if missing:
        yield Passage(fields={"lang": listed([NAMES.get(lang, lang) for lang in missing])})
