"""Edits by hand in a rerun: kept as they are, unless a must stands against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from constraints.context import Context
from instances.event_sessions import everything
from instances.messages import LANGS, Label, Message, Template
from instances.timetable import DatedChange, Expansion, Session, Timetable
from scheduler.audit import broken
from scheduler.changes import base_line
from scheduler.recurring import as_one
from scheduler.workbook.club_places import blocks_text
from scheduler.workbook.edits import Edit

BREAKS = Template(
    "“{sheet}”{cell}改成了{wanted}，但这样违反必须遵守的规则“{rule}”：{breach}现为{given}。",
    "{sheet} {cell} was changed to {wanted}, which breaks a must ({rule}): {breach} It is {given}"
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
            found += _elsewhere(context, timetable, edit, by_key)
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
            found.append(Overridden(edit, _why(context, timetable, edit, given or NOBODY, UNFIT)))
    return tuple(found)


def _elsewhere(
    context: Context, timetable: Timetable, edit: Edit, by_key: Mapping[str, Session]
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
        yield Overridden(edit, _why(context, timetable, edit, given or NOWHERE, ELSEWHERE))


def _why(
    context: Context, timetable: Timetable, edit: Edit, given: object, otherwise: Template
) -> Message:
    """What there is instead, and the first must that the edit would break in this timetable."""
    facts = {"sheet": edit.sheet, "cell": edit.cell, "wanted": edit.new, "given": given}
    forced = _forced(timetable, edit)
    if forced is not None:
        known = {finding.message.text("zh") for finding in broken(context, timetable)}
        new = [one for one in broken(context, forced) if one.message.text("zh") not in known]
        if new:
            title = next(rule.title for rule in context.rules if rule.rule_id() == new[0].rule)
            alike = (one.message for one in new if one.rule == new[0].rule)
            breach = next(iter(as_one(alike)))
            return BREAKS(**facts, rule=title, breach=breach)
    return otherwise(**facts)


def _forced(timetable: Timetable, edit: Edit) -> Timetable | None:
    """The timetable as it would be with an edit; ``None`` where that is more than one thing."""
    if edit.what == "holder":
        base = base_line(edit.key)
        lines = [line for line in timetable.holders if base_line(line) == base] or [edit.key]
        return timetable.model_copy(
            update={"holders": timetable.holders | dict.fromkeys(lines, edit.new)}
        )
    if edit.what == "club_room" and edit.key in timetable.placements:
        placement = timetable.placements[edit.key].model_copy(update={"room": edit.new})
        return timetable.model_copy(
            update={"placements": timetable.placements | {edit.key: placement}}
        )
    if edit.what in ("room", "staff"):
        known = timetable.changes.get(edit.key, DatedChange())
        change = known.model_copy(update={edit.what: edit.new, "open": False})
        return timetable.model_copy(update={"changes": timetable.changes | {edit.key: change}})
    return None
