"""Line charts as SVG, without a library: axes, lines with marks, a legend, labels kept apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

COLOURS = ("#0b6e4f", "#c8553d", "#28589c", "#b8860b", "#7a3e9d", "#555555")
"""For up to six lines, told apart in print and by the colour-blind: they also differ in marks."""
INK, PALE, FAINT = "#222222", "#666666", "#e3e3e3"
FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Mark:
    """A value; ``whole``: filled in, otherwise an empty ring."""

    x: float
    y: float
    whole: bool = True


@dataclass(frozen=True)
class Line:
    """Values under a name; ``style`` numbers its colour and mark, ``labelled``: its last value
    is written beside it."""

    name: str
    marks: tuple[Mark, ...]
    style: int = 0
    dashed: bool = False
    labelled: bool = True


@dataclass(frozen=True)
class Panel:
    """A diagram: its lines, ticks of the x axis with their texts, and titles.

    Values are drawn on a logarithmic y axis; ``log_x``: on a logarithmic x axis, too.
    """

    title: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    x_title: str = ""
    log_x: bool = False
    notes: tuple[str, ...] = field(default=())


WIDTH, HEIGHT = 430, 330
LEFT, RIGHT, TOP, BOTTOM = 62, 52, 34, 48
HEAD = 84


def chart(title: str, subtitle: str, panels: Sequence[Panel], columns: int = 2) -> str:
    """A picture of panels in rows, with one legend for all."""
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size = columns * WIDTH + 20, HEAD + rows * HEIGHT + 10
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size[0]} {size[1]}",
            "width": str(size[0]),
            "height": str(size[1]),
            "font-family": FONT,
        },
    )
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "white"})
    _text(root, 16, 26, title, size=17, weight="bold")
    _text(root, 16, 46, subtitle, size=12, fill=PALE)
    _legend(root, 18, 70, _names(panels))
    for n, panel in enumerate(panels):
        place = {"transform": f"translate({n % columns * WIDTH},{HEAD + n // columns * HEIGHT})"}
        _draw(ET.SubElement(root, "g", place), panel)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _names(panels: Iterable[Panel]) -> dict[str, Line]:
    return {line.name: line for panel in panels for line in panel.lines}


def _legend(root: ET.Element, x: float, y: float, lines: dict[str, Line]) -> None:
    for name, line in lines.items():
        _stroke(root, [(x, y - 4), (x + 26, y - 4)], line)
        _mark(root, x + 13, y - 4, line, whole=True)
        _text(root, x + 33, y, name, size=12)
        x += 33 + 6.6 * len(name) + 24


def _draw(root: ET.Element, panel: Panel) -> None:
    x_of, y_of, decades = _scales(panel)
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    _text(root, LEFT, TOP - 12, panel.title, size=13, weight="bold")
    for value, strong in decades:
        y = y_of(value)
        stroke = {"stroke": FAINT, "stroke-width": "1.2" if strong else "0.5"}
        _path(root, [(LEFT, y), (right, y)], stroke)
        if strong:
            _text(root, LEFT - 7, y + 4, _short(value), size=11, fill=PALE, anchor="end")
    for value, name in panel.ticks:
        x = x_of(value)
        _path(root, [(x, TOP), (x, bottom)], {"stroke": FAINT, "stroke-width": "1"})
        _text(root, x, bottom + 17, name, size=11, fill=PALE, anchor="middle")
    _path(root, [(LEFT, bottom), (right, bottom)], {"stroke": PALE, "stroke-width": "1"})
    _text(root, (LEFT + right) / 2, bottom + 36, panel.x_title, size=11, fill=PALE, anchor="middle")
    for line in panel.lines:
        places = [(x_of(mark.x), y_of(mark.y)) for mark in line.marks]
        _stroke(root, places, line)
        for (x, y), mark in zip(places, line.marks, strict=True):
            if not line.dashed:
                _mark(root, x, y, line, whole=mark.whole)
    _ends(root, panel, x_of, y_of)
    for n, note in enumerate(panel.notes):
        _text(root, LEFT + 8, TOP + 16 + 15 * n, note, size=11, fill=PALE)


Scale = Callable[[float], float]


def _scales(panel: Panel) -> tuple[Scale, Scale, list[tuple[float, bool]]]:
    """Places of x and y values, and the values of horizontal lines with whether they are named."""
    values = [max(mark.y, 1e-9) for line in panel.lines for mark in line.marks] or [1, 10]
    low, high = math.log10(min(values)), math.log10(max(values))
    low, high = low - 0.08 * (high - low + 0.5), high + 0.08 * (high - low + 0.5)
    decades = [
        (digit * 10.0**power, digit == 1 or (high - low < 1.6 and digit in (2, 5)))
        for power in range(math.floor(low), math.ceil(high) + 1)
        for digit in range(1, 10)
        if low <= math.log10(digit * 10.0**power) <= high
    ]
    place: Scale = math.log10 if panel.log_x else float
    xs = [place(value) for value, _ in panel.ticks]
    xs += [place(mark.x) for line in panel.lines for mark in line.marks]
    first, last = min(xs), max(xs)
    inset = 14

    def x_of(value: float) -> float:
        part = (place(value) - first) / ((last - first) or 1)
        return LEFT + inset + part * (WIDTH - LEFT - RIGHT - 2 * inset)

    def y_of(value: float) -> float:
        part = (math.log10(max(value, 1e-9)) - low) / (high - low)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    return x_of, y_of, decades


def _ends(root: ET.Element, panel: Panel, x_of: Scale, y_of: Scale) -> None:
    """The last value of every line beside it, moved apart where they would overlap."""
    lines = [line for line in panel.lines if line.marks and line.labelled]
    ends = [(y_of(line.marks[-1].y), x_of(line.marks[-1].x), line) for line in lines]
    last = -math.inf
    for y, x, line in sorted(ends, key=lambda end: end[0]):
        last = max(y + 4, last + 13)
        _text(root, x + 9, last, _short(line.marks[-1].y), size=11, fill=_colour(line))


def _short(value: float) -> str:
    """A number in at most five characters: 0.35, 4.2, 57, 3052, 12k."""
    for limit, digits in ((1, 2), (10, 1)):
        if value < limit:
            return f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return f"{value:.0f}" if value < 10_000 else f"{value / 1000:.0f}k"


def _colour(line: Line) -> str:
    return PALE if line.dashed else COLOURS[line.style % len(COLOURS)]


def _stroke(root: ET.Element, places: Sequence[tuple[float, float]], line: Line) -> None:
    stroke = {"stroke": _colour(line), "stroke-width": "1.4" if line.dashed else "2.2"}
    if line.dashed:
        stroke["stroke-dasharray"] = "5 4"
    if len(places) > 1:
        _path(root, places, stroke)


def _mark(root: ET.Element, x: float, y: float, line: Line, *, whole: bool) -> None:
    """A circle, square, diamond or triangle, by the number of the line."""
    if line.dashed:
        return
    colour = _colour(line)
    paint = {"fill": colour if whole else "white", "stroke": colour, "stroke-width": "1.8"}
    r = 4.2
    if line.style % 4 == 0:
        ET.SubElement(root, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": str(r), **paint})
        return
    corners = {
        1: ((-r, -r), (r, -r), (r, r), (-r, r)),
        2: ((0, -1.4 * r), (1.4 * r, 0), (0, 1.4 * r), (-1.4 * r, 0)),
        3: ((0, -1.2 * r), (1.2 * r, r), (-1.2 * r, r)),
    }[line.style % 4]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    ET.SubElement(root, "polygon", {"points": points, **paint})


def _path(root: ET.Element, places: Sequence[tuple[float, float]], stroke: dict[str, str]) -> None:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    ET.SubElement(
        root, "polyline", {"points": points, "fill": "none", "stroke-linejoin": "round", **stroke}
    )


def _text(
    root: ET.Element,
    x: float,
    y: float,
    text: str,
    *,
    size: int,
    fill: str = INK,
    anchor: str = "start",
    weight: str = "normal",
) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": str(size), "fill": fill}
    place |= {"text-anchor": anchor, "font-weight": weight}
    place |= {"stroke": "white", "stroke-width": "3", "paint-order": "stroke"}  # over lines
    ET.SubElement(root, "text", place).text = text
