"""The command check: audit any timetable of a school, edited or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from constraints.context import Context
from constraints.rule import Finding
from instances.derivation import derive
from instances.event_sessions import everything
from instances.messages import Lang, Template
from instances.problems import Problem
from instances.school import Instance
from instances.timetable import Expansion, Timetable
from instances.words import Status
from scheduler.audit import Audit, audit
from scheduler.canonical import input_sha256
from scheduler.commands import texts
from scheduler.commands.files import read_school, refuse_bad
from scheduler.commands.findings import by_rule
from scheduler.commands.other_school import other_school
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.commands.posts import listed, open_on_dates, post_text
from scheduler.workbook.edits import Edit
from scheduler.workbook.readback import ReadBack, read_timetable

GONE_RULE = "on-leave"
"""The rule that somebody who is no longer at the school breaks."""

BEFORE = Template(
    "手工改动之前扣 {points} 分。",
    "Before the edits by hand it had {points} penalty {points:point|points}.",
)
GONE = Template(
    "{staff}不在本校的教师名单中，课表里却仍有 {count} 个场次。",
    "{staff} is not on this school's staff list, but the timetable names them {count} "
    "{count:time|times}.",
)


@command
def run(school: Path, timetable: Path, *, lang: Lang | None) -> Outcome:
    """Audit a timetable against a school's input."""
    reading = read_school(school)
    lang = lang or reading.lang
    back = read_timetable(timetable)
    strange = other_school(reading, back, timetable)
    refuse_bad([], lang, [*reading.errors, *strange, *_errors(back)])
    if reading.instance is None or back.timetable is None or back.published is None:
        raise Refused([*reading.problems, *back.problems], lang)
    instance = reading.instance
    kept, gone = _without_strangers(instance, back.published.instance, back.timetable)
    judged = audit(Context(instance, history=kept.history), kept)
    hard = (*gone, *judged.hard)
    same = input_sha256(instance) == input_sha256(back.published.instance)
    missing = _missing(instance, kept)
    lines = [*_about_files(back, same, lang), *_report(judged, hard, lang)]
    if same and back.edits:
        lines.append(BEFORE(points=sum(back.published.result.soft.values())).text(lang))
    if missing:
        lines.append(texts.EVENTS_MISSING(events=missing).text(lang))
    data = _data(judged, hard, lang) | {
        "same_input": same,
        "events_missing": list(missing),
        "edits": [_edit_json(edit) for edit in back.edits],
        "warnings": [problem.to_json(lang) for problem in _warnings(back, reading.warnings)],
    }
    return Outcome(Exit.BROKEN if hard else Exit.DONE, "\n".join(lines), data)


def _missing(instance: Instance, timetable: Timetable) -> tuple[str, ...]:
    """Events of the school that the timetable does not have."""
    held = {one.event for one in timetable.events if not one.rehearsal}
    return tuple(event.name for event in instance.events if event.name not in held)


def _errors(back: ReadBack) -> list[Problem]:
    return [problem for problem in back.problems if problem.is_error]


def _warnings(back: ReadBack, others: tuple[Problem, ...]) -> list[Problem]:
    return [*others, *(problem for problem in back.problems if not problem.is_error)]


def _without_strangers(
    instance: Instance, made_for: Instance, timetable: Timetable
) -> tuple[Timetable, tuple[Finding, ...]]:
    """The timetable without people the school does not have, and a finding for each of them."""
    at_events = (key for held in timetable.events for key in held.staff.values())
    covers = (c.staff for c in timetable.changes.values())
    people = (*timetable.holders.values(), *covers, *at_events)
    strangers = {key for key in people if key is not None and key not in instance.staff_by_key}
    if not strangers:
        return timetable, ()
    sessions = everything(Expansion(derive(made_for, timetable.since), timetable))
    named = Counter(s.staff for s in sessions if s.staff in strangers)
    holders = {line: key for line, key in timetable.holders.items() if key not in strangers}
    changes = {
        key: change.model_copy(update={"staff": None, "open": True})
        if change.staff in strangers
        else change
        for key, change in timetable.changes.items()
    }
    found = tuple(
        Finding(GONE_RULE, count, GONE(staff=staff, count=count), {"staff": staff})
        for staff, count in named.items()
    )
    events = tuple(
        held.model_copy(
            update={"staff": {p: key for p, key in held.staff.items() if key not in strangers}}
        )
        for held in timetable.events
    )
    new = {"holders": holders, "changes": changes, "events": events}
    return timetable.model_copy(update=new), found


def _about_files(back: ReadBack, same: bool, lang: Lang) -> Iterator[str]:
    """What was edited, and whether the timetable was made for this very input."""
    yield from (problem.text(lang) for problem in back.problems)
    if not same:
        yield texts.OTHER_INPUT.text(lang)
    if back.edits:
        yield texts.EDITS(count=len(back.edits)).text(lang)
        yield from listed([_edit(edit, lang) for edit in back.edits], lang)


def _edit(edit: Edit, lang: Lang) -> str:
    old, new = (_shown(edit, value, lang) for value in (edit.old, edit.new))
    return texts.EDIT(sheet=edit.sheet, cell=edit.cell, old=old, new=new).text(lang)


def _shown(edit: Edit, value: str, lang: Lang) -> str:
    if not value:
        return texts.EMPTY_CELL.text(lang)
    if edit.what != "status":
        return value
    return next(status for status in Status if status.value == value).text(lang)


def _edit_json(edit: Edit) -> dict[str, str]:
    return {"sheet": edit.sheet, "cell": edit.cell, "old": edit.old, "new": edit.new}


def _report(judged: Audit, hard: tuple[Finding, ...], lang: Lang) -> Iterator[str]:
    """The findings by rule, musts first; then what is open."""
    if hard:
        yield texts.HARD(count=len(hard)).text(lang)
        yield from (f"  {line}" for line in by_rule(hard, lang))
    else:
        yield texts.NO_HARD.text(lang)
    if judged.soft:
        yield texts.SOFT(points=judged.quality).text(lang)
        soft = [finding for finding, _ in judged.soft]
        yield from (f"  {line}" for line in by_rule(soft, lang))
    else:
        yield texts.NO_SOFT.text(lang)
    count = sum(judged.open_by_tier)
    if not count:
        yield texts.NONE_OPEN.text(lang)
        return
    yield texts.OPEN_SESSIONS(count=count, lines=len(judged.open_lines)).text(lang)
    always = [post_text(post, lang) for post in judged.open_lines]
    lines = {post.line for post in judged.open_lines}
    yield from listed([*always, *open_on_dates(judged.open_sessions, lines, lang)], lang)


def _data(judged: Audit, hard: tuple[Finding, ...], lang: Lang) -> dict[str, Any]:
    return {
        "hard": [finding.to_json(lang) for finding in hard],
        "soft": [finding.to_json(lang) for finding, _ in judged.soft],
        "points": judged.points,
        "quality": judged.quality,
        "uncovered": len(judged.open_lines),
        "uncovered_sessions": sum(judged.open_by_tier),
    }
