"""Edits of the rows of events in Sessions: who has a post, and nothing else."""

from __future__ import annotations

from instances.event_sessions import ORGANIZER, event_line
from instances.events import HeldEvent
from instances.problems import Problem, error
from instances.timetable import Session
from scheduler.workbook.edits import Edit, Findings
from scheduler.workbook.view import View

EVENT_CELL = error(
    "大型活动的“{column}”不在这里改，此格原为“{old}”。",
    "{column} of an event is not edited here; the cell was '{old}'.",
    "请恢复此格，并在学校工作簿的“大型活动”表中改日期、时段、场地、必到人员，再用 rerun 重排。",
    "Restore the cell; change dates, segments, venues and organizers on the sheet Events of the "
    "school's workbook, then rerun.",
)


EVENT_TWICE = error(
    "同一岗位的另一行（{cell}）改成了“{other}”，与这里矛盾：一个岗位整场由一个人担任。",
    "Another row of this post ({cell}) says '{other}': one person has a post for the whole event.",
    "请把各行改成同一个人，或只改一行。",
    "Name the same person in all its rows, or edit one of them alone.",
)


def is_post(session: Session) -> bool:
    """Whether somebody is chosen for it; organizers are named in the school's workbook."""
    return f"/{ORGANIZER}." not in session.post.line


def edited_events(view: View, found: Findings) -> tuple[HeldEvent, ...]:
    """The events with the people that their rows now name; one row of a post says it for all."""
    of_line: dict[str, Edit] = {}
    for edit in found.edits:
        if edit.what == "event":
            line = view.session_by_key[edit.key].post.line
            other = of_line.setdefault(line, edit)
            if other.new != edit.new:
                found.problems.append(_contradiction(edit, other))
    return tuple(_edited(held, of_line) for held in view.timetable.events)


def _contradiction(edit: Edit, other: Edit) -> Problem:
    return EVENT_TWICE.at(edit.place, cell=other.cell, other=other.new)


def _edited(held: HeldEvent, of_line: dict[str, Edit]) -> HeldEvent:
    prefix = event_line(held, "")
    new = {
        line.removeprefix(prefix): e.new for line, e in of_line.items() if line.startswith(prefix)
    }
    if not new:
        return held
    staff = {post: key for post, key in ({**held.staff, **new}).items() if key}
    return held.model_copy(update={"staff": staff})
