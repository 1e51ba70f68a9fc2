"""Promotion of companies and goods: advertisements, and links that pay somebody for a visit."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.checks.wording import MOST, wording
from policy.terms import Entries, Needed, Phrases
from policy.texts import Reading, Word

Always = Annotated[Phrases, Needed(), Needed("near")]

_HOST = re.compile(r"(?:https?://)?([^/?#:]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"[?&]([A-Za-z_]{2,20})=")


@check
def endorsement(
    reading: Reading,
    *,
    find: Annotated[Phrases, Needed()],
    near: Annotated[Phrases, Needed("near")],
    near_sentences: int,
    alone: Always,
    parameters: Always,
    official: Entries,
    unless_anywhere: Phrases,
) -> Iterator[Passage]:
    """Object to advertisements, and to links with one of `parameters` in their query.

    Links to `official` hosts pass. The other options are those of `wording`.
    """
    yield from wording(
        reading,
        find=find,
        near=near,
        near_sentences=near_sentences,
        alone=alone,
        unless_anywhere=unless_anywhere,
    )
    for span in islice(reading.links, MOST):
        link = reading.text[span.start : span.end]
        if _pays(link, parameters) and not _is_official(link, official):
            yield Passage.at(span)


def _pays(link: str, parameters: Phrases) -> bool:
    names = [Word(match[1].lower(), *match.span(1)) for match in _PARAMETER.finditer(link)]
    return any(parameters.find(names))


def _is_official(link: str, suffixes: Entries) -> bool:
    match = _HOST.match(link)
    labels = match[1].lower().split(".") if match else []
    return any(".".join(labels[at:]) in suffixes for at in range(len(labels)))
