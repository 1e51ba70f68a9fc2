"""How two policies differ: rules that only one has, and rules that are not the same in both."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy.entries import Rule
from policy.rules import Ruleset

#: What may be another thing in two rules of one name: all they say, but for their examples.
ASPECTS = {
    name: field.alias or name
    for name, field in Rule.model_fields.items()
    if name not in ("id", "good", "bad")
}


@dataclass(frozen=True)
class Change:
    """One aspect of a rule, as it is here and there."""

    rule: Rule
    aspect: str
    here: object
    there: object


@dataclass(frozen=True)
class Difference:
    """What two policies do not share."""

    only_here: tuple[Rule, ...]
    only_there: tuple[Rule, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.only_here or self.only_there or self.changed)


def compare(here: Ruleset, there: Ruleset) -> Difference:
    """Compare two policies, in the order of the first."""
    mine = {rule.id: rule for rule in here.rules}
    theirs = {rule.id: rule for rule in there.rules}
    return Difference(
        only_here=tuple(rule for rule in here.rules if rule.id not in theirs),
        only_there=tuple(rule for rule in there.rules if rule.id not in mine),
        changed=tuple(
            change
            for rule in here.rules
            if rule.id in theirs
            for change in _changes(rule, theirs[rule.id])
        ),
    )


def _changes(here: Rule, there: Rule) -> Iterator[Change]:
    for name, called in ASPECTS.items():
        one, other = getattr(here, name), getattr(there, name)
        if one != other:
            yield Change(here, called, one, other)
