"""Print how often the rules are right, and where they are wrong.

make accuracy                     on the posts of this project
make accuracy DATA=folder         and on the public sets in a folder
make accuracy ARGS=--wrong        and list every wrong verdict
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.accuracy import measures, sets
from tests.accuracy.measures import Passage, Wrong
from tests.accuracy.scores import Score

HATE = {
    "hatecheck_en_dev.jsonl": "HateCheck, English",
    "hatecheck_french_dev.jsonl": "HateCheck, French",
}
PERSONAL = ("pii_intl_dev.jsonl", "pii_nano_dev.jsonl")
OFFICIAL = ("gov_digitalgov_dev.jsonl", "gov_speeches_dev.jsonl")
LENGTHS = "x_weighted_length.jsonl"
#: What our sentences call national identifiers.
IDENTIFIERS = frozenset({"aadhaar", "ssn", "pan"})

CORE = frozenset(measures.KINDS.values())


def main() -> None:
    """Measure on every set there is."""
    parser = argparse.ArgumentParser(prog="make accuracy")
    parser.add_argument("--data", type=Path, help="a folder with public sets")
    parser.add_argument("--wrong", action="store_true", help="list every wrong verdict")
    chosen = parser.parse_args()
    for heading, wrong in (*_own(), *(_public(chosen.data) if chosen.data else ())):
        print(heading)
        if chosen.wrong:
            print(*(f"    {each.what}: {each.text!r}" for each in wrong), sep="\n")


def _own() -> Iterator[tuple[str, list[Wrong]]]:
    score, wrong = measures.on_labelled(sets.labelled())
    yield _line("labelled posts, every rule", score), wrong
    scores, wrong = measures.on_rules(sets.for_rules())
    total = Score()
    for each in scores.values():
        total.add(each)
    yield _line(f"posts for {len(scores)} rules", total), wrong
    yield from _hate("hateful posts and look-alikes", sets.hateful())
    yield from _personal("personal data, generated", generated_posts())
    yield from _false_alarms("official posts", sets.official())


def _public(folder: Path) -> Iterator[tuple[str, list[Wrong]]]:
    for name in HATE:
        yield from _hate(name, sets.public_hate(folder / name))
    yield from _personal("personal data, public sets", public_personal(folder))
    for name in OFFICIAL:
        yield from _false_alarms(name, sets.public_texts(folder / name))
    lines = sets.public_lines(folder / LENGTHS)
    wrong = [*measures.wrong_lengths(lines)]
    yield (
        f"{'X lengths equal to the reference':36} {len(lines) - len(wrong)} of {len(lines)}",
        wrong,
    )


def generated_posts() -> Iterator[tuple[str, list[Passage]]]:
    """Return the generated sentences with their passages."""
    for case in sets.personal():
        kind = "national-id" if case.kind in IDENTIFIERS else case.kind
        gold = [Passage(measures.KINDS[kind], case.start, case.end)] if kind else []
        yield case.text, gold


def public_personal(folder: Path) -> Iterator[tuple[str, list[Passage]]]:
    """Return the sentences of the public sets with their passages."""
    for name in PERSONAL:
        for line in sets.public_lines(folder / name):
            spans = (Passage(each["type"], each["start"], each["end"]) for each in line["spans"])
            yield line["text"], [span for span in spans if span.kind in CORE]


def _hate(label: str, posts: Iterable[sets.Hateful]) -> Iterator[tuple[str, list[Wrong]]]:
    found, wrong = measures.on_hate(posts)
    more = f"macro F1 {found.all.macro_f1:.3f}  mean of {len(found.kinds)} kinds {found.mean:.3f}"
    yield f"{_line(label, found.all)}  {more}", wrong


def _personal(
    label: str, posts: Iterable[tuple[str, list[Passage]]]
) -> Iterator[tuple[str, list[Wrong]]]:
    found, wrong = measures.on_personal(posts)
    yield f"{_line(label, found.passages)}  posts F1 {found.posts.f1:.3f}", wrong


def _false_alarms(label: str, texts: tuple[str, ...]) -> Iterator[tuple[str, list[Wrong]]]:
    counts, stopped, wrong = measures.false_alarms(texts)
    most = ", ".join(f"{rule} {count}" for rule, count in _largest(counts.items()))
    yield f"{label:36} {1000 * stopped / len(texts):.1f} of 1000 stopped  (findings: {most})", wrong


def _largest(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda pair: -pair[1])[:6]


def _line(label: str, score: Score) -> str:
    return f"{label:36} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"


if __name__ == "__main__":
    main()
