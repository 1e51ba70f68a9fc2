"""The seats of a panel: who holds each, and who speaks for it while its holder is away."""

from collections.abc import Collection, Mapping, Sequence

Away = Mapping[int, int | None]


def speakers(
    panel: Sequence[int], away: Away, *, author: int, voted: Collection[int]
) -> dict[int, int]:
    """Say for each seat of the panel whose vote may count on a draft: by holder, at most one.

    `panel` are the holders in an order that stays; `away` says who of them is away, and who
    stands in. `voted` are those who have a vote on the draft.

    A holder who is away and has voted speaks for the seat: their vote counts, and their deputy
    is not needed. Nobody speaks for two seats, and nobody about what they wrote.
    """
    found: dict[int, int] = {}
    for holder in panel:
        if holder != author and (holder not in away or holder in voted):
            found[holder] = holder
            continue
        deputy, taken = away.get(holder), (author, *panel, *found.values())
        if deputy is not None and deputy not in taken and deputy not in away:
            found[holder] = deputy
    return found
