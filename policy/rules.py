"""Rules as data, and how a post is reviewed by them: worst findings first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from propcache.api import cached_property

from policy.checks import MOST_PASSAGES, Finder, Passage
from policy.entries import Example, Rule
from policy.findings import Finding, Post, Setting, Severity
from policy.gate import Gate
from policy.patterns import Linear
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

#: So much of somebody's words is repeated in a message about them.
LONGEST_QUOTE = 80

#: So many combinations of platform, purpose, period and so on are remembered.
MOST_SETTINGS = 500

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
        severity = passage.severity or rule.severity_for(post)
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
        concerned = self._concerned(reading.post.setting)
        for number in self._gate.passing(reading):
            if number in concerned:
                yield self.active[number]

    @cached_property
    def _gate(self) -> Gate:
        return Gate([each.find for each in self.active])

    @cached_property
    def _concerned(self) -> Callable[[Setting], frozenset[int]]:
        """The numbers of the rules whose business a post is, known for the latest settings."""

        @lru_cache(maxsize=MOST_SETTINGS)
        def concerned(setting: Setting) -> frozenset[int]:
            rules = enumerate(self.rules)
            return frozenset(number for number, rule in rules if rule.applies_to(setting))

        return concerned


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
    found = objections(post, rules)
    return Verdict(
        settle([each for each in found if not each.guard], rules.standings),
        tuple(each for each in found if each.guard),
    )


def objections(post: Post, rules: Ruleset) -> list[Finding]:
    """List all that each rule finds by itself, whatever another says of the same passage."""
    reading = Reading(post)
    return [
        each.finding(reading, passage)
        for each in rules.concerning(reading)
        for passage in islice(each.find(reading), MOST_PASSAGES)
    ]


def by_pattern(rule: Rule) -> Finder:
    """Return what finds the matches of the pattern of a rule."""
    pattern = Linear(rule.match or "")

    def find(reading: Reading) -> Iterator[Passage]:
        copy = reading.shadow
        for hit in pattern.hits(copy.text):
            span = copy.span(hit.start, hit.end)
            if rule.within == "everything" or not reading.is_protected(*span):
                yield Passage(*span, fields=hit.groups)

    return Finder(find, pattern=pattern.pattern)


def quote(words: str) -> str:
    """Shorten somebody's words for a message about them."""
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"


def ids(found: Sequence[Finding]) -> tuple[str, ...]:
    """List the rules that found something, each once."""
    return tuple(dict.fromkeys(each.rule for each in found))
