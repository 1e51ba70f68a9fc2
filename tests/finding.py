"""Whether a rule of the shipped packs finds something in a post."""

from policy import library
from policy.entries import Example
from policy.rules import examine

PACKS = ("common", "uk", "ni", "bd", "ws", "sc")


def finds(rule: str, pack: str, text: str, **about: object) -> bool:
    """Tell whether a rule objects to a post; the rest are circumstances, as in examples."""
    post = Example.model_validate({"text": text, **about}).post()
    return rule in [each.rule for each in examine(post, library.load((pack,))).findings]
