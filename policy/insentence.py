"""What stands in the same sentence as something else, however often it is asked."""

from policy.terms import Term, Terms
from policy.wording import EXCUSED, Wording


def beside(scene: Wording, word: int, signs: Terms) -> Term | None:
    """Return the first phrase of a list in the sentence that a word stands in."""
    key = (beside, signs)
    first: dict[int, Term] | None = scene.reading.found.get(key)
    if first is None:
        found = reversed(signs.of(scene.reading))
        first = scene.reading.found[key] = {scene.sentence(term.first): term for term in found}
    return first.get(scene.sentence(word))


def excuse(scene: Wording, word: int, signs: Terms) -> str:
    """Return what in the sentence of a word excuses it, as moderators are told; or nothing."""
    sign = beside(scene, word, signs)
    return EXCUSED.format(words=scene.text(sign)) if sign is not None else ""
