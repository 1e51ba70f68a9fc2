"""The weeks of a page as a drawing within a page of HTML."""

from html import escape

from handlers.report_view import weeks_in_words
from policy.reports import COUNTING, PageCount, StretchCount

WIDTH, HEIGHT, FOOT, HEAD = 360, 170, 22, 18
MOST_NUMBERS, MOST_DATES = 20, 5
EDGE = 4
HATCH = (
    "<defs><pattern id='hatch' width='6' height='6' patternUnits='userSpaceOnUse' "
    "patternTransform='rotate(45)'><line class='hatch' x1='0' y1='0' x2='0' y2='6'/>"
    "</pattern></defs>"
)
CAPTION = (
    "Updates per {unit}. Filled: enough. Hatched: too few. Dotted: excused. Dashed line: the floor "
    "of {wanted}."
)


def weeks_chart(page: PageCount) -> str:
    """Draw a bar for each week, and the floor; the same is said in words for who cannot see it."""
    weeks = page.stretches
    if not weeks:
        return ""
    most = max(page.wanted, 1, *(week.updates for week in weeks))
    step = (WIDTH - 2 * EDGE) / len(weeks)
    room = HEIGHT - FOOT - HEAD

    def y(updates: float) -> float:
        return HEAD + room * (1 - updates / most)

    parts = [HATCH]
    every = -(-len(weeks) // MOST_DATES)
    for number, week in enumerate(weeks):
        x = EDGE + number * step
        parts.append(_bar(week, x + step * 0.14, y(week.updates), step * 0.72))
        middle = x + step / 2
        if len(weeks) <= MOST_NUMBERS:
            parts.append(_text(middle, y(week.updates) - 4, str(week.updates)))
        if number % every == 0:
            parts.append(_text(middle, HEIGHT - 7, f"{week.first.day} {week.first:%b}"))
    floor = y(page.wanted)
    parts.append(f"<line class='floor' x1='0' x2='{WIDTH}' y1='{floor:.1f}' y2='{floor:.1f}'/>")
    words = escape(weeks_in_words(page), quote=True)
    caption = CAPTION.format(unit=page.cadence.value, wanted=page.wanted)
    return (
        f"<figure><svg viewBox='0 0 {WIDTH} {HEIGHT}' role='img' aria-label=\"{words}\">"
        f"{''.join(parts)}</svg><figcaption>{caption}</figcaption></figure>"
    )


def _bar(week: StretchCount, x: float, top: float, width: float) -> str:
    kind = week.standing.value if week.standing in COUNTING else "excused"
    height = max(HEIGHT - FOOT - top, 2)
    top = min(top, HEIGHT - FOOT - 2)
    place = f"x='{x:.1f}' y='{top:.1f}' width='{width:.1f}' height='{height:.1f}'"
    return f"<rect class='{kind}' {place}/>"


def _text(x: float, y: float, words: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='middle'>{escape(words)}</text>"
