"""What is late, and who should hear of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from policy import durations


class Step(StrEnum):
    """What happens on each rung of a ladder, in order."""

    REMIND = "remind"  # the moderators who have not voted
    SENIORS = "seniors"
    LEAD = "lead"
    EXPIRE = "expire"


STEPS = ", ".join(Step)

COUNT = "A ladder has four steps ({steps}); this one has {count}: write it like [{example}]."
ORDER = "Each step of a ladder comes later than the one before; {later} does not come after {step}."
DAYS = "“{text}” could mean days of 8 or of 24 hours: write the steps in hours or minutes."


@dataclass(frozen=True)
class Ladder:
    """How long a draft waits before each step. Whether in working time is the caller's choice."""

    remind: timedelta
    seniors: timedelta
    lead: timedelta
    expire: timedelta

    def __post_init__(self) -> None:
        for step, later in pairwise((timedelta(0), *self)):
            if later <= step:
                texts = {"later": durations.spoken(later), "step": durations.spoken(step)}
                raise ValueError(ORDER.format(**texts))

    def __iter__(self) -> Iterator[timedelta]:
        yield from (self.remind, self.seniors, self.lead, self.expire)


#: What an office has unless it says otherwise: in working time, and for urgent drafts by the clock.
LADDER = ("4h", "8h", "16h", "40h")
URGENT_LADDER = ("15m", "30m", "60m", "240m")


def parse_ladder(texts: Sequence[str]) -> Ladder:
    """Read a ladder such as `["4h", "8h", "16h", "40h"]`. Raises `ValueError` that says why not."""
    if len(texts) != len(Step):
        example = "4h, 8h, 16h, 40h"
        raise ValueError(COUNT.format(steps=STEPS, count=len(texts), example=example))
    return _ladder(*texts)


@lru_cache(maxsize=1024)  # read for each draft that waits
def _ladder(*texts: str) -> Ladder:
    return Ladder(*map(_step, texts))


def _step(text: str) -> timedelta:
    length = durations.parse(text)
    if "d" in text.lower():
        raise ValueError(DAYS.format(text=text))
    return length


def rung(waited: timedelta, ladder: Ladder) -> int:
    """Count the rungs that a wait has reached: 0 means on time, 4 that it is over."""
    return sum(waited >= step for step in ladder)


#: The steps that tell people something; the last one ends the wait.
TELLING = tuple(step for step in Step if step is not Step.EXPIRE)


def due(reached: int, taken: Collection[Step]) -> Step | None:
    """Return the step that is to be taken now; after a pause they follow one by one.

    A wait ends only after everybody who should hear of it was told, or could not be.
    """
    steps = list(Step)[:reached]
    return next((step for step in steps if step not in taken), None)


def onward(step: Step) -> Sequence[Step]:
    """List a step and those after it that could take its place if it has nobody to tell."""
    return TELLING[TELLING.index(step) :]
