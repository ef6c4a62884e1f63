"""Colours of the cells of a workbook, read from its style table as plain RGB."""

from __future__ import annotations

import colorsys
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from openpyxl.styles.colors import COLOR_INDEX

from scheduler.workbook.sheet import Tint
from scheduler.workbook.styles import LOOKS

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""The order in which a style table counts the colours of a theme."""
BLACK = "000000"
OUR_FILLS = frozenset({None, "FFFFFF", *(look.fill for look in LOOKS.values())})
OUR_INKS = frozenset({None, BLACK, *(look.ink for look in LOOKS.values())})


def her_tints(package: zipfile.ZipFile) -> dict[int, Tint]:
    """The styles of a workbook whose colours are none of ours, by their number."""
    table = ElementTree.fromstring(package.read("xl/styles.xml"))
    theme = _theme(package)
    fills = [_ground(fill, theme) for fill in _children(table, "fills")]
    inks = [_colour(font.find(f"{_MAIN}color"), theme) for font in _children(table, "fonts")]
    found = {}
    for number, style in enumerate(_children(table, "cellXfs")):
        fill = _of(fills, style.get("fillId"))
        ink = _of(inks, style.get("fontId"))
        tint = Tint(
            None if fill in OUR_FILLS else fill,
            None if ink in OUR_INKS else ink,
        )
        if tint != Tint():
            found[number] = tint
    return found


def _of(colours: list[str | None], number: str | None) -> str | None:
    index = int(number or 0)
    return colours[index] if index < len(colours) else None


def _children(table: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    parent = table.find(f"{_MAIN}{name}")
    yield from () if parent is None else parent


def _ground(fill: ElementTree.Element, theme: list[str]) -> str | None:
    pattern = fill.find(f"{_MAIN}patternFill")
    if pattern is not None:
        if pattern.get("patternType", "none") == "none":
            return None
        return _colour(pattern.find(f"{_MAIN}fgColor"), theme)
    return next((_colour(one, theme) for one in fill.iter(f"{_MAIN}color")), None)


def _colour(element: ElementTree.Element | None, theme: list[str]) -> str | None:
    """A colour as six digits; ``None`` where the program is to choose it."""
    if element is None:
        return None
    given = element.attrib
    if "rgb" in given:
        plain = given["rgb"][-6:].upper()
    elif "theme" in given and int(given["theme"]) < len(theme):
        plain = theme[int(given["theme"])]
    elif "indexed" in given and int(given["indexed"]) < len(COLOR_INDEX):
        plain = COLOR_INDEX[int(given["indexed"])][-6:]
    else:
        return None
    return _tinted(plain, float(given.get("tint", 0)))


def _tinted(plain: str, tint: float) -> str:
    """Lighter (towards 1) or darker (towards -1), as the format describes it."""
    if not tint:
        return plain
    red, green, blue = (int(plain[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(1.0, light), full)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _theme(package: zipfile.ZipFile) -> list[str]:
    try:
        scheme = ElementTree.fromstring(package.read("xl/theme/theme1.xml"))
    except KeyError:
        return []
    found = []
    for name in _THEME:
        colour = scheme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}/*")
        given = {} if colour is None else colour.attrib
        found.append((given.get("lastClr") or given.get("val") or BLACK).upper())
    return found
