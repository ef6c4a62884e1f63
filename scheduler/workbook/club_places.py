"""Where clubs meet every week, as the master grid writes it and reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from instances.blocks import Block
from instances.messages import Label, Lang, Template
from instances.names import Names
from instances.problems import Place as Cell
from instances.problems import Problem
from instances.text import shown, tidy
from instances.timetable import Place
from instances.when import weekday_and_rest
from scheduler.workbook import dated_faults as faults
from scheduler.workbook.view import View

NOT_PLACED = Label("未排入", "not placed")
BETWEEN = Template("{one}；{rest}", "{one}; {rest}")
_PARTS = re.compile(r"[；;\n]+")
FEW = 12


def blocks_text(blocks: Sequence[Block], lang: Lang) -> str:
    """The weekly places of a club: 周二 社团活动；周四 社团活动."""
    if not blocks:
        return NOT_PLACED.text(lang)
    one, *rest = blocks
    text = one.text(lang)
    return BETWEEN(one=text, rest=blocks_text(rest, lang)).text(lang) if rest else text


def options_text(view: View, activity: str) -> list[str]:
    """Everywhere a club may meet, as the drop-down of its cell lists it."""
    return [blocks_text(option.blocks, view.lang) for option in view.demand.options[activity]]


def read_places(
    view: View, activity: str, value: object, cell: Cell
) -> tuple[Place, ...] | Problem:
    """The places that a cell names: those of one of the club's options, or none at all."""
    text = shown(value)
    if not text or tidy(text) in (NOT_PLACED.zh, NOT_PLACED.en):
        return ()
    found = _blocks(view, _PARTS.split(text))
    for option in view.demand.options[activity]:
        if found is not None and set(option.blocks) == found:
            return tuple(Place(weekday=b.weekday, segments=b.segments) for b in option.blocks)
    options = options_text(view, activity)
    fault = faults.CLUB_PLACE if options else faults.CLUB_NOWHERE
    facts = {"options": _LISTED(options=options[:FEW])} if options else {}
    return fault.at(cell, activity=activity, **facts)


_LISTED = Template("{options}", "{options}")


def _blocks(view: View, parts: Iterable[str]) -> set[Block] | None:
    """The blocks that the parts of a cell name; ``None`` where one is none."""
    segments = Names(segment.name for segment in view.instance.segments)
    found = set()
    for part in parts:
        if not part.strip():
            continue
        split = weekday_and_rest(part)
        if split is None:
            return None
        names = segments.listed(split[1])
        if not names or any(name not in segments for name in names):
            return None
        found.add(Block(split[0], tuple(str(segments.find(name)) for name in names)))
    return found
