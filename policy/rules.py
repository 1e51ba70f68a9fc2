"""Rules as data, and how a post is reviewed by them: worst findings first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from policy.checks import Finder, Passage
from policy.entries import Example, Rule
from policy.findings import Finding, Post, Severity
from policy.patterns import Gate, Linear
from policy.precedence import Standing, settle
from policy.texts import Reading

__all__ = [
    "Example",
    "Finding",
    "Post",
    "Rule",
    "Ruleset",
    "Severity",
    "Verdict",
    "examine",
    "review",
]

#: So many passages are reported for one rule; a text with more is wrong as a whole.
MOST_PASSAGES = 50

#: So much of somebody's words is repeated in a message about them.
LONGEST_QUOTE = 80

#: A post that warns of a danger: only some blocks may hold it (see `Rule.holds_warnings`).
WARNING = "warning"


@dataclass(frozen=True)
class Active:
    """A rule in force: where it comes from, and the function that finds what it objects to."""

    rule: Rule
    pack: str
    find: Finder

    def finding(self, reading: Reading, passage: Passage) -> Finding:
        """Say what the rule says about a passage. Raises `KeyError` for an unknown placeholder."""
        rule, post = self.rule, reading.post
        severity = passage.severity or rule.severity
        if severity is Severity.BLOCK and post.purpose == WARNING and not rule.holds_warnings:
            severity = Severity.WARN
        found = post.text[passage.start : passage.end] if passage.start is not None else ""
        return Finding(
            rule=rule.id,
            severity=severity,
            say=rule.say.format_map({"found": quote(found), **passage.fields}),
            source=rule.source,
            why=rule.why,
            pack=self.pack,
            kind=passage.kind or rule.kind or rule.id,
            start=passage.start,
            end=passage.end,
            found=found,
            guard=passage.guard,
            suggestion=passage.suggestion,
        )


@dataclass(frozen=True)
class Ruleset:
    """The rules of an office, as composed from its packs: name and version say which."""

    name: str
    version: str
    active: tuple[Active, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order of the packs."""
        return tuple(each.rule for each in self.active)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How the findings of each rule stand to those of others."""
        return {
            rule.id: Standing(frozenset(rule.beats), frozenset(rule.silences), rule.beside)
            for rule in self.rules
        }

    def concerning(self, reading: Reading) -> Iterator[Active]:
        """List the rules that may find something in a post."""
        occurring = self._gate.occurring(reading.shadow.text)
        for each in self.active:
            if each.rule.match is not None and self._numbers[each.rule.id] not in occurring:
                continue
            if each.rule.applies_to(reading.post):
                yield each

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        matched = (rule.id for rule in self.rules if rule.match is not None)
        return {id: number for number, id in enumerate(matched)}

    @cached_property
    def _gate(self) -> Gate:
        return Gate([rule.match for rule in self.rules if rule.match is not None])


@dataclass(frozen=True)
class Verdict:
    """What the rules find in a post, and what they would have found but for a guard."""

    findings: tuple[Finding, ...]
    excused: tuple[Finding, ...]


def review(post: Post, rules: Ruleset) -> tuple[Finding, ...]:
    """Apply rules to a post: worst findings first, one for each passage."""
    return examine(post, rules).findings


def examine(post: Post, rules: Ruleset) -> Verdict:
    """Apply rules to a post, and keep what was excused for the moderators to see."""
    reading = Reading(post)
    found = [
        each.finding(reading, passage)
        for each in rules.concerning(reading)
        for passage in islice(each.find(reading), MOST_PASSAGES)
    ]
    return Verdict(
        settle([each for each in found if not each.guard], rules.standings),
        tuple(each for each in found if each.guard),
    )


def by_pattern(rule: Rule) -> Finder:
    """Return the function that finds what the pattern of a rule matches."""
    pattern = Linear(rule.match or "")

    def find(reading: Reading) -> Iterator[Passage]:
        copy = reading.shadow
        for hit in pattern.hits(copy.text):
            span = copy.span(hit.start, hit.end)
            if rule.within == "everything" or not reading.is_protected(*span):
                yield Passage(*span, fields=hit.groups)

    return find


def quote(words: str) -> str:
    """Shorten somebody's words for a message about them."""
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"


def ids(found: Sequence[Finding]) -> tuple[str, ...]:
    """List the rules that found something, each once."""
    return tuple(dict.fromkeys(each.rule for each in found))
