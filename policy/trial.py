"""How long a rule takes for a post that was made to keep it busy.

What an office writes is tried when it is loaded, so that no rule can hold up the posts.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from math import inf
from random import Random
from time import process_time

from policy.checks import MOST_PASSAGES, Finder
from policy.findings import Post
from policy.hostile import MOTIFS
from policy.texts import Reading

#: A rule that takes longer for such a post is refused: seconds of CPU time, and characters.
SLOWEST = 0.020
SIZE = 10_000

#: The CPU seconds of a fixed piece of work on the machine that the limit was set on, and its
#: rounds. Where that takes longer, the machine is slow or busy, and a rule is not to blame for it.
YARDSTICK = 0.002
_ROUNDS = 10_000

#: The best of so many attempts counts, as the machine may be busy.
ATTEMPTS = 3

#: What a rule of an office is tried on, beside texts made from its own examples.
TRIED = (
    "digits",
    "cards",
    "phones",
    "e-mail addresses",
    "mentions",
    "links",
    "quotes, opened",
    "capitals",
    "hatred",
    "words of one letter",
    "sentences",
    "Bangla words",
)

TOO_SLOW = (
    "rule {id} needs {ms:.0f} ms for a post made to keep it busy, and may need "
    f"{1000 * SLOWEST:.0f}; bound its repeats, or make two rules of it"
)


def hostile_posts(names: Iterable[str] = TRIED) -> list[Reading]:
    """Return posts to try rules on, taken apart already: that is not the rules' own work."""
    return [_read(MOTIFS[name]) for name in names]


def made_from(texts: Sequence[str]) -> list[Reading]:
    """Return posts made from some texts: each over and over, and all their characters mixed."""
    characters = sorted(set("".join(texts)))
    mixed = "".join(Random(0).choices(characters, k=SIZE))  # noqa: S311 - nothing is kept secret
    return [_read(text) for text in (*texts, mixed) if text]


def slowness(find: Finder, posts: Iterable[Reading]) -> float:
    """Return the CPU seconds that a check takes for the first post that is too much for it.

    They are those of the machine that the limit was set on. Returns 0 if it is quick enough for
    all.
    """
    return next((took for post in posts if (took := _seconds(find, post)) > SLOWEST), 0.0)


def _seconds(find: Finder, post: Reading) -> float:
    """Return the best of some attempts; one that is quick enough needs no other."""
    best = inf
    for _ in range(ATTEMPTS):
        post.found.clear()
        began = process_time()
        for _passage in islice(find(post), MOST_PASSAGES):
            pass
        took = process_time() - began
        best = min(best, took if took <= SLOWEST else took * min(1, YARDSTICK / _yardstick()))
        if best <= SLOWEST:
            break
    return best


def _yardstick() -> float:
    """Return the CPU seconds that the fixed piece of work takes just now."""
    began = process_time()
    counts: dict[str, int] = {}
    for at in range(_ROUNDS):
        word = str(at % 97)
        counts[word] = counts.get(word, 0) + len(word)
    return process_time() - began


def _read(motif: str) -> Reading:
    text = (motif * (SIZE // len(motif) + 1))[:SIZE]
    reading = Reading(Post(text, platform="x", purpose="warning", region="GB"))
    for part in (reading.plain, reading.words, reading.sentences, reading.protected):
        assert part is not None
    return reading
