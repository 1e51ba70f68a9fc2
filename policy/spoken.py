"""Phrases of word lists as they are spoken: French words are parted at their apostrophe."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from policy import wordlists
from policy.spellings import elided
from policy.terms import Needed, Terms, terms


def _spoken(value: Any, info: ValidationInfo) -> Terms:
    if isinstance(value, Terms):
        return value
    return terms(tuple(map(elided, wordlists.named(value, info))))


#: Phrases with their French words parted as those of the post are.
Spoken = Annotated[Terms, BeforeValidator(_spoken)]

#: Whom something is said of, and what is said: a post needs one of each to be looked at.
Whom = Annotated[Spoken, Needed("whom")]
What = Annotated[Spoken, Needed("what")]
