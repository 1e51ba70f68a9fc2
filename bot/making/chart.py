"""The picture of a report: updates against the floor, and what became of the drafts.

It is made for a phone, and says nothing by colour alone: short weeks are hatched, excused ones
are dotted outlines, and each bar has its number.
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.making.heatmap import ALONE, can_be_drawn
from policy.measures import BY_NAME
from policy.reports import COUNTING, PageCount, Report, Standing, StretchCount
from storage import evaluations

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, DPI = 4.0, 200  # inches and dots: two dots for each point of a phone's screen
LINE, FAINT = "#1b2733", "#8a97a5"
BLUE, ORANGE, PALE = "#16508c", "#c2540a", "#c9d6e2"
TEXT, SMALL = 8, 7  # points
TITLE_ROOM, WEEKS_ROOM, ROW, GAP, FOOT = 0.5, 1.45, 0.21, 0.95, 0.08  # inches
DRAFTS = ("filed", "approved", "rejected", "sent_back", "expired", "late")
MOST_PAGES, MOST_NUMBERS, MOST_DATES = 20, 27, 7
LONGEST, LONGEST_TITLE = 22, 34  # characters of a name beside its bar, and above all
LEGEND = ("enough", "too few", "excused")


def make(figures: Mapping[str, Any]) -> bytes:
    """Draw a report as PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    report = evaluations.from_json(figures)
    pages = report.pages[:MOST_PAGES]
    upper = WEEKS_ROOM if len(pages) == 1 else ROW * max(len(pages), 2)
    lower = ROW * len(DRAFTS)
    height = TITLE_ROOM + upper + GAP + lower + FOOT
    with ALONE:
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        top = (height - TITLE_ROOM - upper) / height
        if len(pages) == 1:
            _weeks(figure, pages[0], (0.09, top, 0.88, upper / height))
        else:
            _pages(figure, pages, (0.4, top, 0.55, upper / height))
        _drafts(figure, report, (0.4, FOOT / height, 0.5, lower / height))
        _words(figure, report, height, lower)
        _legend(figure, (FOOT + lower + 0.5) / height, height)
        written = io.BytesIO()
        figure.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def _words(figure: "Figure", report: Report, height: float, lower: float) -> None:
    one = len(report.pages) == 1
    unit = report.pages[0].cadence.value if one else ""
    title = (
        f"Updates per {unit}, at least {report.pages[0].wanted}" if one else "Weeks of each page"
    )
    bold: dict[str, Any] = {"size": TEXT + 1, "weight": "bold", "color": LINE}
    below = f"{report.first.day} {report.first:%b %Y} to {report.last.day} {report.last:%b %Y}"
    if can_be_drawn(report.subject):
        title, below = _short(report.subject, LONGEST_TITLE), f"{title}, {below}"
    figure.text(0.03, 1 - 0.08 / height, title, va="top", **bold)
    figure.text(0.03, 1 - 0.25 / height, below, va="top", size=SMALL, color=LINE)
    figure.text(0.03, (FOOT + lower + 0.12) / height, "Drafts", va="bottom", **bold)
    if report.before:
        figure.text(
            0.97,
            (FOOT + lower + 0.12) / height,
            "pale: the time before",
            size=SMALL,
            ha="right",
            va="bottom",
            color=LINE,
        )


def _axes(figure: "Figure", box: tuple[float, float, float, float]) -> "Axes":
    axes = figure.add_axes(box)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(labelsize=SMALL, length=0, colors=LINE)
    return axes


def _look(standing: Standing) -> dict[str, Any]:
    if standing is Standing.MET:
        return {"facecolor": BLUE, "edgecolor": BLUE}
    if standing is Standing.SHORT:
        return {"facecolor": "white", "edgecolor": ORANGE, "hatch": "/////", "linewidth": 1.0}
    return {"facecolor": "white", "edgecolor": FAINT, "linestyle": ":", "linewidth": 1.0}


def _weeks(figure: "Figure", page: PageCount, box: tuple[float, float, float, float]) -> None:
    """Draw a bar for each week of a page, and the floor."""
    axes = _axes(figure, box)
    weeks = page.stretches
    most = max([page.wanted, *(week.updates for week in weeks)], default=1)
    for place, week in enumerate(weeks):
        axes.bar(place, max(week.updates, most * 0.02), width=0.72, **_look(week.standing))
        if len(weeks) <= MOST_NUMBERS:
            _number(axes, place, week, most)
    axes.axhline(page.wanted, color=LINE, linestyle="--", linewidth=0.9)
    axes.set_ylim(0, most * 1.22)
    axes.set_xlim(-0.6, max(len(weeks), 1) - 0.4)
    step = max(1, -(-len(weeks) // MOST_DATES))
    shown = range(0, len(weeks), step)
    axes.set_xticks([*shown], [f"{weeks[n].first.day} {weeks[n].first:%b}" for n in shown])
    axes.set_yticks([])
    if not weeks:
        axes.text(0, most / 2, "No week of these days is over.", size=TEXT, color=LINE)


def _number(axes: "Axes", place: int, week: StretchCount, most: float) -> None:
    counts = week.standing in COUNTING
    axes.text(
        place,
        max(week.updates, most * 0.02) + most * 0.03,
        str(week.updates),
        ha="center",
        size=SMALL,
        color=LINE if counts else FAINT,
        weight="bold" if week.standing is Standing.SHORT else "normal",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )


def _pages(
    figure: "Figure", pages: Sequence[PageCount], box: tuple[float, float, float, float]
) -> None:
    """Draw a bar for each page: its weeks with enough updates, then the others."""
    axes = _axes(figure, box)
    excused = [each for each in Standing if each not in COUNTING]
    for place, page in enumerate(pages):
        start = 0
        for standings in ([Standing.MET], [Standing.SHORT], excused):
            count = page.count(*standings)
            if count:
                axes.barh(place, count, left=start, height=0.7, **_look(standings[0]))
            start += count
        met, of = page.count(Standing.MET), page.count(*COUNTING)
        axes.text(start + 0.15, place, f"{met} of {of}", va="center", size=SMALL, color=LINE)
    longest = max([len(page.stretches) for page in pages], default=1)
    axes.set_xlim(0, max(longest, 1) * 1.25)
    _rows(axes, [_label(number, page.name) for number, page in enumerate(pages, start=1)])


def _drafts(figure: "Figure", report: Report, box: tuple[float, float, float, float]) -> None:
    """Draw what became of the drafts, with the time before behind it."""
    axes = _axes(figure, box)
    numbers = [report.numbers[name] or 0 for name in DRAFTS]
    earlier = [(report.before or {}).get(name) or 0 for name in DRAFTS]
    for place, (now, then) in enumerate(zip(numbers, earlier, strict=True)):
        axes.barh(place, then, height=0.78, facecolor=PALE)
        axes.barh(place, now, height=0.42, facecolor=BLUE)
        said = f"{now:.0f} (before: {then:.0f})" if report.before else f"{now:.0f}"
        end = max(now, then)
        axes.text(end, place, f" {said}", va="center", size=SMALL, color=LINE)
    axes.set_xlim(0, max(*numbers, *earlier, 1) * 1.45)
    _rows(axes, [BY_NAME[name].label for name in DRAFTS])


def _rows(axes: "Axes", labels: Sequence[str]) -> None:
    axes.set_ylim(max(len(labels), 2) - 0.4, -0.6)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _legend(figure: "Figure", bottom: float, height: float) -> None:
    """Explain the bars of the weeks, below them."""
    from matplotlib.patches import Rectangle

    looks = (Standing.MET, Standing.SHORT, Standing.NEW)
    left = 0.09
    for name, standing in zip(LEGEND, looks, strict=True):
        size = (0.045, 0.13 / height)
        square = Rectangle((left, bottom), *size, transform=figure.transFigure, **_look(standing))
        figure.add_artist(square)
        middle = bottom + 0.065 / height
        figure.text(left + 0.06, middle, name, size=SMALL, va="center", color=LINE)
        left += 0.24


def _label(number: int, name: str) -> str:
    """Name a page beside its bar; a name in letters that cannot be drawn is left to the words."""
    if not can_be_drawn(name):
        return f"Page {number}"
    return _short(name, LONGEST)


def _short(name: str, most: int) -> str:
    """Cut a name to so many characters; none of them is a sign to the one who draws."""
    short = name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
    return short.replace("$", r"\$")
