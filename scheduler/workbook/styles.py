"""The few looks of the workbook, by name: restrained colours, thin lines, one typeface."""

from __future__ import annotations

from dataclasses import dataclass

from instances.messages import Lang

FONTS: dict[Lang, str] = {"zh": "Microsoft YaHei", "en": "Arial"}

INK = "1F2933"
FAINT = "7B8794"
ACCENT = "1F5C7A"
HEAD = "E3EDF2"
SIDE = "F4F7F9"
EDIT = "FFFDF3"
WARN = "FDECEA"
WARN_INK = "B3261E"
CHANGE = "FFF4DC"
NEW = "DDF0E3"
PAST = "EEF1F3"
GOOD_INK = "2E7D5B"
RULE = "C5CED6"

DATE = "yyyy-mm-dd"
TIME = "hh:mm"
NUMBER = "0.##"
UNITS = "0.0"
PERCENT = "0%"


@dataclass(frozen=True)
class Look:
    """Font, fill, lines and alignment of a cell."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    ink: str = INK
    fill: str | None = None
    box: bool = True
    left: bool = False
    right: bool = False
    top: bool = False
    wrap: bool = True
    number: str = "General"


LOOKS: dict[str, Look] = {
    "title": Look(size=16, bold=True, ink=ACCENT, box=False, left=True, wrap=False),
    "block": Look(size=13, bold=True, ink=ACCENT, box=False, left=True, wrap=False),
    "section": Look(size=11.5, bold=True, ink=ACCENT, box=False, left=True, wrap=False),
    "heading": Look(size=11.5, bold=True, ink=ACCENT, box=False, left=True),
    "note": Look(size=8.5, ink=FAINT, box=False, left=True, wrap=False),
    "plain": Look(box=False, left=True),
    "verdict": Look(size=11, bold=True, box=False, left=True, ink=GOOD_INK),
    "alarm": Look(size=11, bold=True, box=False, left=True, ink=WARN_INK),
    "head": Look(bold=True, fill=HEAD, ink=ACCENT),
    "side": Look(bold=True, fill=SIDE),
    "side_left": Look(bold=True, fill=SIDE, left=True),
    "clock": Look(size=9, fill=SIDE),
    "text": Look(),
    "left": Look(left=True),
    "week": Look(size=11),
    "week_new": Look(size=11, fill=NEW),
    "week_open": Look(size=11, fill=WARN, ink=WARN_INK),
    "week_some": Look(size=11, fill=WARN),
    "off": Look(size=9, ink=FAINT, fill=SIDE),
    "edit": Look(fill=EDIT),
    "edit_new": Look(fill=NEW),
    "text_new": Look(fill=NEW),
    "off_new": Look(size=9, ink=FAINT, fill=NEW),
    "open": Look(fill=WARN, ink=WARN_INK),
    "open_left": Look(fill=WARN, ink=WARN_INK, left=True),
    "left_new": Look(fill=NEW, left=True),
    "letter": Look(size=11, box=False, left=True),
    "letter_bold": Look(size=11, bold=True, box=False, left=True),
    "letter_right": Look(size=10, ink=FAINT, box=False, right=True),
    "change_left": Look(fill=CHANGE, left=True),
    "units": Look(number=UNITS, right=True),
    "signed": Look(number="+0.0;-0.0;0.0", right=True),
    "percent": Look(number=PERCENT),
    "percent_open": Look(number=PERCENT, fill=WARN, ink=WARN_INK),
    "shade": Look(fill=SIDE),
    "shade_date": Look(fill=SIDE, number=DATE),
    "score": Look(size=11, bold=True, fill=EDIT),
    "time": Look(number=TIME),
    "rank": Look(bold=True, fill=SIDE, ink=ACCENT),
    "calc": Look(size=8, ink=FAINT, box=False),
    "date": Look(number=DATE),
    "flat": Look(size=9.5, left=True, wrap=False),
    "flat_mid": Look(size=9.5, wrap=False),
    "flat_date": Look(size=9.5, number=DATE, wrap=False),
    "flat_time": Look(size=9.5, number=TIME, wrap=False),
    "flat_number": Look(size=9.5, number=NUMBER, wrap=False),
    "flat_key": Look(size=8, ink=FAINT, left=True, wrap=False),
    "flat_edit": Look(size=9.5, fill=EDIT, left=True, wrap=False),
    "flat_edit_date": Look(size=9.5, fill=EDIT, number=DATE, wrap=False),
    "flat_new": Look(size=9.5, fill=NEW, left=True, wrap=False),
    "flat_edit_date_new": Look(size=9.5, fill=NEW, number=DATE, wrap=False),
    "flat_open": Look(size=9.5, fill=WARN, ink=WARN_INK, left=True, wrap=False),
    "flat_change": Look(size=9.5, fill=CHANGE, left=True, wrap=False),
    "past": Look(size=9.5, ink=FAINT, fill=PAST, left=True, wrap=False),
    "past_mid": Look(size=9.5, ink=FAINT, fill=PAST, wrap=False),
    "past_date": Look(size=9.5, ink=FAINT, fill=PAST, number=DATE, wrap=False),
    "past_time": Look(size=9.5, ink=FAINT, fill=PAST, number=TIME, wrap=False),
    "past_number": Look(size=9.5, ink=FAINT, fill=PAST, number=NUMBER, wrap=False),
    "id": Look(size=8, ink=FAINT, box=False, left=True, wrap=False),
}
