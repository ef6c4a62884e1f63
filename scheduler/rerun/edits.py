"""Edits by hand in a rerun: kept as they are, unless a must stands against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from constraints.context import Context
from instances.demand import Post
from instances.event_sessions import everything
from instances.messages import LANGS, Label, Message, Template
from instances.timetable import Expansion, Session, Timetable
from scheduler.changes import base_line
from scheduler.workbook.club_places import blocks_text
from scheduler.workbook.edits import Edit

OVERRIDDEN = Template(
    "“{sheet}”{cell}改成了{wanted}，但不符合必须遵守的规则（{rules}），改由{given}担任。",
    "{sheet} {cell} was changed to {wanted}, which breaks a must ({rules}); {given} has it"
    " instead.",
)
UNFIT = Template(
    "“{sheet}”{cell}改成了{wanted}，但与其他必须遵守的安排冲突，改由{given}担任。",
    "{sheet} {cell} was changed to {wanted}, which clashes with what must hold elsewhere;"
    " {given} has it instead.",
)
ELSEWHERE = Template(
    "“{sheet}”{cell}改成了{wanted}，但与必须遵守的安排冲突，改为{given}。",
    "{sheet} {cell} was changed to {wanted}, which clashes with what must hold; it is {given}"
    " instead.",
)
NOWHERE = Label("（未安排）", "nowhere")
NOBODY = Label("（空缺）", "nobody")


@dataclass(frozen=True)
class Overridden:
    """An edit that could not be kept, and what was done instead."""

    edit: Edit
    message: Message


def locked_lines(edits: Iterable[Edit]) -> frozenset[str]:
    """Lines of posts that somebody named a holder for."""
    return frozenset(edit.key for edit in edits if edit.what == "holder" and edit.new)


def overridden(
    context: Context, timetable: Timetable, edits: Iterable[Edit]
) -> tuple[Overridden, ...]:
    """The edits that the new timetable does not keep, from its date on."""
    sessions = everything(Expansion(context.demand, timetable))
    by_key = {session.key: session for session in sessions}
    by_line: dict[str, Session] = {}
    for session in sessions:
        by_line.setdefault(base_line(session.post.line), session)
    found: list[Overridden] = []
    for edit in edits:
        if edit.what in ("when", "club_room", "room"):
            found += _elsewhere(timetable, edit, by_key)
            continue
        if edit.what == "holder":
            here, given = by_line.get(base_line(edit.key)), None
            if here is not None:
                given = timetable.holders.get(here.post.line)
        elif edit.what in ("staff", "event"):
            here = by_key.get(edit.key)
            given = here.staff if here else None
        else:
            continue
        if here is not None and edit.new and given != edit.new:
            why = _why(context, edit, None if here.event else here.post, given)
            found.append(Overridden(edit, why))
    return tuple(found)


def _elsewhere(
    timetable: Timetable, edit: Edit, by_key: Mapping[str, Session]
) -> Iterator[Overridden]:
    """Times and rooms that could not be kept, and what there is instead."""
    given: object = None
    if edit.what == "room":
        session = by_key.get(edit.key)
        if session is None or not session.takes_place:
            return
        kept, given = session.room == edit.new, session.room
    else:
        placement = timetable.placements.get(edit.key)
        if edit.what == "when":
            places = placement.places if placement else ()
            kept = set(places) == set(edit.places)
            given = places and Label(
                *(blocks_text([p.block for p in places], lang) for lang in LANGS)
            )
        else:
            kept = placement is None or (placement.room or "") == edit.new
            given = placement.room if placement else None
    if not kept and edit.new:
        facts = {"sheet": edit.sheet, "cell": edit.cell, "wanted": edit.new}
        yield Overridden(edit, ELSEWHERE(**facts, given=given or NOWHERE))


def _why(context: Context, edit: Edit, post: Post | None, given: str | None) -> Message:
    person = context.people.get(edit.new)
    facts = {"sheet": edit.sheet, "cell": edit.cell, "wanted": edit.new, "given": given or NOBODY}
    broken = [
        rule.title
        for rule in context.rules
        if person is not None and post is not None and not rule.admits(person, post)
    ]
    return OVERRIDDEN(**facts, rules=broken) if broken else UNFIT(**facts)
