"""Hatred against communities: what is said of whom, and the signs that excuse it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.communities import Communities, Small
from policy.excuses import Excuses, Signs
from policy.speech import Lists, Speech
from policy.spellings import spelling
from policy.spoken import Whom
from policy.terms import Disguised, Entries
from policy.texts import Reading
from policy.wording import Wording


@dataclass(frozen=True)
class Disguises:
    """Words that are read as they are meant where they are misspelled or run together."""

    disguised: Annotated[Entries, Disguised("beside", "right")]
    beside: Entries  # the words they are run together with
    right: Entries  # words of their own that only look like them


@check
def hatred(
    reading: Reading, groups: Whom, lists: Lists, small: Small, signs: Signs, spelled: Disguises
) -> Iterator[Passage]:
    """Object to slurs, to contempt for a community, to denying it rights, to wishing it harm.

    An insult has to be said of the community (`links`; `traits` only with `adverbs` between).
    Harm needs a wish or a plan before it: done (`harms`, `orders`) to a community named just
    after, or to befall (`fates`) one named before; or it is called right (`deeds`, `approvals`).
    Negation, disbelief, quotation and condemning words excuse; worth that is not believed in is
    as bad as worth denied.
    """
    meant = spelling(spelled.disguised, spelled.beside, spelled.right).of(reading)
    scene = Wording(reading, meant)
    if scene.find(groups) or scene.find(lists.slurs):
        people = Communities(scene, groups, small)
        yield from Speech(scene, lists, people, Excuses(scene, signs, people)).passages()
