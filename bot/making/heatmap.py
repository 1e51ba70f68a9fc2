"""The weeks of some pages as a picture: readable on a phone, without colours, and in grey."""

import io
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 4.0  # inches, at 200 dots each: 400 points of a phone's screen, at two dots a point
DPI = 200
NAMES, EDGE = 1.3, 0.08  # inches for the names, and around everything
ROW = 0.27
TOP, BOTTOM = 0.52, 0.42
#: One hue, from light to dark, so that it reads the same in grey and for the colour-blind.
SHADES = ("#f1f5f9", "#bfd6ec", "#6ba3d6", "#16508c")
INK = ("#1b2733", "#1b2733", "#0b1520", "#ffffff")
LINE, FAINT = "#1b2733", "#8a97a5"
TEXT, SMALL, TINY = 7.5, 6.5, 5.0  # points
LONGEST = 20  # characters beside a row
GAP, NARROW = 0.06, 0.5  # columns between squares; columns that are too few for a number

ALONE = Lock()  # its fonts are shared, and not made for threads


def make(figures: Mapping[str, Any]) -> bytes:
    """Draw `rows` of cells below `columns`, with a `title` and a `legend`, as PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with ALONE:
        height = TOP + ROW * len(figures["rows"]) + BOTTOM
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        _title(figure, figures["title"], height)
        _grid(figure, figures, height)
        _legend(figure, figures["legend"], height)
        written = io.BytesIO()
        figure.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def _title(figure: "Figure", title: str, height: float) -> None:
    top = 1 - EDGE / height
    figure.text(EDGE / WIDTH, top, title, size=TEXT + 1, weight="bold", va="top", color=LINE)


def _axes(figure: "Figure", box: Sequence[float], across: float, down: float) -> "Axes":
    axes = figure.add_axes((box[0], box[1], box[2], box[3]))
    axes.set_xlim(0, across)
    axes.set_ylim(down, 0)
    axes.axis("off")
    return axes


def _grid(figure: "Figure", figures: Mapping[str, Any], height: float) -> None:
    columns, rows = figures["columns"], figures["rows"]
    left, room = NAMES / WIDTH, (WIDTH - NAMES - EDGE) / WIDTH
    box = (left, BOTTOM / height, room, ROW * len(rows) / height)
    axes = _axes(figure, box, len(columns), len(rows))
    for number, name in enumerate(columns):
        if number % 3 == 0:
            axes.text(number + GAP, -0.15, name, size=SMALL, va="bottom", color=LINE)
    for number, row in enumerate(rows):
        label = _label(row["number"], row["name"])
        axes.text(-0.2, number + 0.5, label, size=TEXT, ha="right", va="center", color=LINE)
        for cell in row["cells"]:
            _cell(axes, number, cell, figures["legend"])


def _cell(axes: "Axes", row: float, cell: Mapping[str, Any], legend: Sequence[str]) -> None:
    """Draw one week, with its number."""
    start, width = cell["from"] + GAP, cell["to"] - cell["from"] - 2 * GAP
    is_short, is_excused = (cell["state"] == each for each in legend[-2:])
    _square(axes, (start, row + 0.08, width, 0.84), cell["level"], is_short, is_excused)
    if width < NARROW:
        return
    axes.text(
        start + width / 2,
        row + 0.52,
        str(cell["updates"]),
        size=TEXT if cell["updates"] < 100 else TINY,
        weight="bold" if is_short else "normal",
        color=FAINT if is_excused else INK[cell["level"]],
        ha="center",
        va="center",
    )


def _square(
    axes: "Axes", place: Sequence[float], level: int, is_short: bool, is_excused: bool
) -> None:
    """Say how full a week was by the shade, and what it counts for by the frame."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (place[0], place[1]),
            place[2],
            place[3],
            facecolor="white" if is_excused else SHADES[level],
            edgecolor=LINE if is_short else FAINT,
            linewidth=1.6 if is_short else 0.5,
            linestyle=(0, (1.5, 1.5)) if is_excused else "solid",
        )
    )


def _legend(figure: "Figure", legend: Sequence[str], height: float) -> None:
    """Explain shades and frames, below."""
    box = (EDGE / WIDTH, 0.1 / height, 1 - 2 * EDGE / WIDTH, 0.18 / height)
    across = (WIDTH - 2 * EDGE) / 0.18
    axes = _axes(figure, box, across, 1)
    place = 0.1
    for number, name in enumerate(legend):
        is_short, is_excused = (name == each for each in legend[-2:])
        level = 0 if is_short or is_excused else number
        _square(axes, (place, 0.05, 0.9, 0.9), level, is_short, is_excused)
        axes.text(place + 1.15, 0.52, name, size=SMALL, va="center", color=LINE)
        place += 1.85 + 0.25 * len(name)


def _label(number: int, name: str) -> str:
    """Name a row; a name in letters that cannot be drawn is left to the words."""
    if not can_be_drawn(name):
        return f"{number}."
    label = f"{number}. {name}"
    short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
    return short.replace("$", r"\$")


def can_be_drawn(name: str) -> bool:
    """Tell whether there is a letter in our font for each letter of a name."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return all(font.get_char_index(ord(letter)) for letter in name)
