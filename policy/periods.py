"""Times in which an office speaks differently: before an election, in mourning, in a crisis."""

from collections.abc import Iterable, Mapping

#: The periods an office can declare, and what people call them.
PERIODS: Mapping[str, str] = {
    "election": "Election period",
    "mourning": "Mourning",
    "crisis": "Crisis",
}

#: In these the queue rests: whatever does not warn or serve waits for a senior.
PAUSING = ("mourning", "crisis")
GOES_ON = ("warning", "service-info")


def pauses(periods: Iterable[str], purpose: str) -> bool:
    """Tell whether a period in force asks for a senior's word on a post of some purpose."""
    return purpose not in GOES_ON and any(period in PAUSING for period in periods)
