"""What demeans a gender: a claim about all of it, or a role that it is denied."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.terms import Needed, Phrases, Term
from policy.texts import Reading
from policy.wording import EXCUSED, QUOTED, Wording

Whom = Annotated[Phrases, Needed("whom")]
What = Annotated[Phrases, Needed("what")]

#: So many claims and roles are looked at in a post; a text with more is wrong as a whole.
MOST = 50
#: Words between a gender and a claim, a gender and a denial, a denial and a role.
_CLAIMED = 4
_DENIED = 2
_ROLE = 3
#: Words between a gender and a role, with the denial between them or at the end.
_AROUND = 8


@check
def demeaning(
    reading: Reading,
    *,
    groups: Whom,
    claims: What,
    denials: What,
    final_denials: What,
    roles: Phrases,
    unless: Phrases,
) -> Iterator[Passage]:
    """Object to `claims` about one of `groups`, and to denying it one of `roles`.

    The group comes first, then the denial and the role; or, as in Bangla, the role and one of
    `final_denials`. Quotation and the signs `unless` in the sentence excuse.
    """
    scene = Wording(reading)
    people = scene.find(groups)
    for claim in islice(scene.find(claims), MOST):
        group = scene.before(claim, people, _CLAIMED + 1)
        if group is not None:
            yield _passage(scene, group, claim, unless)
    for role in islice(scene.find(roles), MOST):
        group = scene.before(role, people, _AROUND)
        if group is None:
            continue
        if _is_denied(scene, group, scene.before(role, scene.find(denials), _ROLE)):
            yield _passage(scene, group, role, unless)
            continue
        after = scene.near(role, scene.find(final_denials), _ROLE)
        if after and after[-1].first > role.last:
            yield _passage(scene, group, after[-1], unless)


def _is_denied(scene: Wording, group: Term, denial: Term | None) -> bool:
    """Tell whether a denial stands right after a gender: not `women who work cannot …`."""
    if denial is None or denial.first <= group.last:
        return False
    return denial.first - group.last <= _DENIED and scene.words[group.last + 1].text != "who"


def _passage(scene: Wording, group: Term, said: Term, unless: Phrases) -> Passage:
    words = scene.words
    sign = next((sign for sign in scene.find(unless) if scene.together(said, sign, None)), None)
    guard = EXCUSED.format(words=scene.text(sign)) if sign is not None else ""
    if scene.is_quoted(said):
        guard = QUOTED
    return Passage(words[group.first].start, words[said.last].end, kind="gender", guard=guard)
