"""Medical advice to one person, in public."""

import re
from collections.abc import Iterator
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.checks.wording import wording
from policy.patterns import unicode_pattern
from policy.terms import Entries, Needed, Phrases
from policy.texts import Reading

#: So many characters at either end of a post may say whom it addresses.
_ENDS = 200

_GREETED = unicode_pattern(
    r"(?:^|[.!?\n])\s*(?:Hi|Hello|Hey|Dear|Thanks|Thank you|Sorry|Talofa|Bula|Bonzour|Bonjour|"
    r"Salut|Cher|Chère|Kia ora|Malo)(?: to hear that)?,? (?:(?:Mr|Mrs|Ms|Miss|Dr|Mme)\.? )?"
    r"@?(?P<name>\p{Lu}[\p{L}'’-]+)(?=\s?[,.!:—–-]|\n|$)"
)
_CALLED = unicode_pattern(r"(?:, |^@?)(?P<name>\p{Lu}[\p{L}'’-]+)(?:[.!?]*\s*$|[.!?]\s|, )")
_CALLED_IN_BANGLA = re.compile(
    r"(?:ভাই|ভাইয়া|ভাইয়া|আপা|আপু|স্যার|ম্যাডাম|সাহেব)(?=[,।! ])|^(?:প্রিয়|প্রিয়|জনাব|জনাবা) "
)


@check
def medical_advice(
    reading: Reading,
    *,
    openings: Annotated[Phrases, Needed()],
    illnesses: Annotated[Phrases, Needed("illness")],
    orders: Annotated[Phrases, Needed(), Needed("illness")],
    unless: Phrases,
    everybody: Entries,
    negations: Phrases,
) -> Iterator[Passage]:
    """Object to a dose, a diagnosis or a change of medicine for one person.

    A diagnosis is one of `openings` ("sounds like") beside one of `illnesses`; `orders` are said
    of medicine. The post has to answer somebody, tag somebody, or call somebody by name; a
    greeting to `everybody` is none. `unless` and `negations` excuse.
    """
    if reading.post.is_reply or reading.mentions or _addressed(reading.text, everybody):
        yield from wording(
            reading,
            find=openings,
            near=illnesses,
            within=3,
            alone=orders,
            unless=unless,
            negations=negations,
            negated_within=1,
        )


def _addressed(text: str, everybody: Entries) -> bool:
    ends = (text[:_ENDS], text[-_ENDS:])
    names = [
        match["name"]
        for pattern, end in ((_GREETED, ends[0]), (_CALLED, ends[0]), (_CALLED, ends[1]))
        for match in pattern.finditer(end)
    ]
    called = any(name.lower() not in everybody for name in names)
    return called or bool(_CALLED_IN_BANGLA.search(text[:_ENDS]))
