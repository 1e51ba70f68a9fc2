"""What is counted on each set."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from policy import library
from policy.findings import Finding, Post, Severity
from policy.lengths import x
from policy.rules import review
from tests.accuracy.scores import Score, mean
from tests.accuracy.sets import ForRule, Hateful, Labelled

#: Severities that keep a post from going out as it is.
STOPS = frozenset({Severity.BLOCK, Severity.SENIOR})

#: A finding of this kind covers this kind of personal data.
KINDS: Mapping[str, str] = {
    "email": "EMAIL",
    "phone": "PHONE",
    "card": "CARD",
    "iban": "IBAN",
    "national-id": "NATIONAL_ID",
}


class Wrong(NamedTuple):
    """A verdict that is not right: what was said about which text."""

    what: str
    text: str


def on_labelled(posts: Iterable[Labelled]) -> tuple[Score, list[Wrong]]:
    """Compare the rules that object to whole posts with those that should."""
    score, wrong = Score(), []
    for each in posts:
        found = {f.rule for f in review(each.post, library.load(each.packs))}
        for rule in found | each.expected:
            score.note(found=rule in found, wanted=rule in each.expected)
            if (rule in found) is not (rule in each.expected):
                wrong.append(Wrong(f"{_verdict(rule in found)} {rule} ({each.id})", each.post.text))
    return score, wrong


def on_rules(posts: Iterable[ForRule]) -> tuple[Mapping[str, Score], list[Wrong]]:
    """Score each rule on posts that were written for it."""
    scores: dict[str, Score] = defaultdict(Score)
    wrong = []
    for each in posts:
        found = each.rule in {f.rule for f in review(each.post, library.load(each.packs))}
        scores[each.rule].note(found=found, wanted=each.bad)
        if found is not each.bad:
            wrong.append(Wrong(f"{_verdict(found)} {each.rule}", each.post.text))
    return scores, wrong


class HateScore(NamedTuple):
    """F1 on what is hateful, and how often each kind of case is judged right."""

    all: Score
    kinds: Mapping[str, float]

    @property
    def mean(self) -> float:
        """The mean over the kinds of cases, however many posts each has."""
        return mean(self.kinds.values())


def on_hate(posts: Iterable[Hateful]) -> tuple[HateScore, list[Wrong]]:
    """Compare with what is hateful."""
    score, right, wrong = Score(), defaultdict(list), []
    for each in posts:
        found = any(f.kind == "hate" for f in review(Post(each.text), library.load()))
        score.note(found=found, wanted=each.hateful)
        right[each.kind].append(found is each.hateful)
        if found is not each.hateful:
            wrong.append(Wrong(f"{_verdict(found)} hate ({each.kind})", each.text))
    return HateScore(score, {kind: mean(verdicts) for kind, verdicts in right.items()}), wrong


class PersonalScore(NamedTuple):
    """Passages of the right kind, and posts that hold any."""

    passages: Score
    posts: Score


class Passage(NamedTuple):
    """A passage of a text that is personal data of a kind."""

    kind: str
    start: int
    end: int


def on_personal(
    posts: Iterable[tuple[str, Sequence[Passage]]],
) -> tuple[PersonalScore, list[Wrong]]:
    """Compare with passages. One is found if a finding of its kind covers half of it."""
    rules = library.load(("common", "directory-only"))
    passages, whole, wrong = Score(), Score(), []
    for text, gold in posts:
        found = [f for f in review(Post(text), rules) if f.kind in KINDS and f.start is not None]
        whole.note(found=bool(found), wanted=bool(gold))
        for passage in gold:
            hit = any(_covers(f, passage) for f in found)
            passages.note(found=hit, wanted=True)
            if not hit:
                what = f"missed {passage.kind} {text[passage.start : passage.end]!r}"
                wrong.append(Wrong(what, text))
        for f in found:
            if not any(_touches(f, passage) for passage in gold):
                passages.note(found=True, wanted=False)
                wrong.append(Wrong(f"false {KINDS[f.kind]} {f.found!r}", text))
    return PersonalScore(passages, whole), wrong


def false_alarms(texts: Iterable[str], *packs: str) -> tuple[Mapping[str, int], int, list[Wrong]]:
    """Count, for each rule, the official posts it objects to, and the posts that are stopped."""
    rules = library.load(packs)
    counts: dict[str, int] = defaultdict(int)
    stopped, wrong = 0, []
    for text in texts:
        found = review(Post(text), rules)
        for rule in {f.rule for f in found}:
            counts[rule] += 1
        stops = [f for f in found if f.severity in STOPS]
        stopped += bool(stops)
        wrong += [Wrong(f"false {f.rule} {f.found!r}", text) for f in stops]
    return counts, stopped, wrong


def wrong_lengths(lines: Iterable[Mapping[str, Any]]) -> Iterator[Wrong]:
    """List the texts whose length is not the one that X's own library gives them."""
    for line in lines:
        if (ours := x(line["text"])) != line["weightedLength"]:
            yield Wrong(f"length {ours}, not {line['weightedLength']}", line["text"])


def _covers(finding: Finding, passage: Passage) -> bool:
    assert finding.start is not None
    assert finding.end is not None
    shared = min(finding.end, passage.end) - max(finding.start, passage.start)
    return KINDS[finding.kind] == passage.kind and 2 * shared >= passage.end - passage.start


def _touches(finding: Finding, passage: Passage) -> bool:
    assert finding.start is not None
    assert finding.end is not None
    return KINDS[finding.kind] == passage.kind and min(finding.end, passage.end) > max(
        finding.start, passage.start
    )


def _verdict(found: bool) -> str:
    return "false" if found else "missed"
