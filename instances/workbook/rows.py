"""From a school to the rows of its workbook: one value per column, in the order of the school.

The values are those of the school; :mod:`instances.workbook.cell_text` words them.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from instances.messages import Lang
from instances.rulebook import Rulebook
from instances.school import Activity, Busy, Instance, Participation, Period, SchoolClass
from instances.words import Parity, Weekday
from instances.workbook.content import Content, Row
from instances.workbook.event_rows import event_rows
from instances.workbook.rule_rows import rules_content
from instances.workbook.sheet import CellKind, DateKind
from instances.workbook.spec import SHEET_BY_KEY, participation_heading
from instances.workbook.tournament_rows import result_rows, tournament_rows
from instances.workbook.wish_rows import wishes_contents


def contents(instance: Instance, lang: Lang, rulebook: Rulebook | None) -> Iterator[Content]:
    """Every sheet of a school's workbook, in the order of the workbook."""
    wishes = wishes_contents(instance, lang)
    for spec in SHEET_BY_KEY.values():
        if spec.key in wishes:
            yield wishes[spec.key]
        elif spec.key == "classes":
            yield _classes(instance, lang)
        elif spec.key == "rules":
            yield rules_content(instance.rules, lang, rulebook)
        else:
            yield Content(spec, tuple(_ROWS[spec.key](instance)))


def _term(instance: Instance) -> Iterator[Row]:
    term = instance.term
    yield {
        "school": instance.school,
        "name": term.name,
        "start": term.start,
        "end": term.end,
        "service_start": term.service_start,
        "service_end": term.service_end,
        "changeover_minutes": term.changeover_minutes,
        "fairness": instance.fairness,
        "costs": tuple(instance.costs.items()),
    }


def _calendar(instance: Instance) -> Iterable[Row]:
    term = instance.term
    make_up = (
        {
            "type": DateKind.MAKE_UP,
            "start": day.date,
            "follows": day.follows,
            "runs": day.service,
        }
        for day in term.make_up_days
    )
    frozen = (
        _dated(period, period.name) | {"type": DateKind.FROZEN, "runs": period.clubs}
        for period in term.frozen
    )
    holidays = (_dated(day, day.name) | {"type": DateKind.HOLIDAY} for day in term.holidays)
    phases = (_dated(part, part.name) | {"type": DateKind.PHASE} for part in term.phases)
    return heapq.merge(phases, holidays, make_up, frozen, key=lambda row: row["start"])


def _dated(period: Period, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "start": period.start,
        "end": period.end if period.end != period.start else None,
    }


def _segments(instance: Instance) -> Iterator[Row]:
    for segment in instance.segments:
        for timing in segment.timings:
            yield {
                "name": segment.name,
                "start": timing.start,
                "end": timing.end,
                "weekdays": timing.weekdays,
                "grades": segment.grades,
                "units": segment.units,
                "band": segment.band,
                "phase": timing.phase,
            }


def _classes(instance: Instance, lang: Lang) -> Content:
    def heading(part: Participation) -> str:
        return participation_heading(part.weekday, part.segment, lang)

    def row(school_class: SchoolClass) -> Row:
        shares = {heading(part): part.share for part in school_class.participation}
        return {
            "name": school_class.name,
            "grade": school_class.grade,
            "size": school_class.size,
            "home_room": school_class.home_room,
            "home_teacher": school_class.home_teacher,
            "participation": shares.pop(whole, None),
            **shares,
        }

    whole = participation_heading(None, None, lang)
    order = {segment.name: index for index, segment in enumerate(instance.segments)}
    parts = {
        (part.weekday or 0, order.get(part.segment or "", -1), heading(part))
        for school_class in instance.classes
        for part in school_class.participation
    }
    headings = tuple(name for _, _, name in sorted(parts) if name != whole)
    return Content(
        SHEET_BY_KEY["classes"],
        tuple(row(school_class) for school_class in instance.classes),
        dict.fromkeys(headings, CellKind.SHARE),
    )


def _rooms(instance: Instance) -> Iterator[Row]:
    for room in instance.rooms:
        yield {
            "name": room.name,
            "building": room.building,
            "features": room.features,
            "capacity": room.capacity,
            "groups": room.groups if room.groups != 1 else None,
            "closures": room.closures,
        }


def _staff(instance: Instance) -> Iterator[Row]:
    for person in instance.staff:
        yield {
            "name": person.name,
            "number": person.number,
            "skills": person.skills,
            "default": person.default,
            "cap_day": person.cap_day,
            "cap_week": person.cap_week,
            "cap_term": person.cap_term,
            "cap_clubs": person.cap_clubs,
            "coefficient": person.coefficient,
            "outside": person.outside or None,
            "newcomer": person.newcomer or None,
            "spread": person.spread,
            "start": person.start,
            "end": person.end,
            "phone": person.phone,
            "balance": person.balance or None,
        }


def _busy(instance: Instance) -> Iterator[Row]:
    def same(duty: Busy) -> tuple[object, ...]:
        return duty.start, duty.end, duty.parity, duty.reason

    for person in instance.staff:
        for _, group in groupby(person.busy, same):
            for duties in _rising(list(group)):
                yield {
                    "staff": person.key,
                    "weekday": tuple(duty.weekday for duty in duties),
                    "start": duties[0].start,
                    "end": duties[0].end,
                    "parity": duties[0].parity if duties[0].parity is not Parity.ALL else None,
                    "reason": duties[0].reason,
                }


def _rising(duties: list[Busy]) -> Iterator[list[Busy]]:
    """Duties in runs of rising weekdays, as one cell can list them."""
    run: list[Busy] = []
    for duty in duties:
        if run and duty.weekday <= run[-1].weekday:
            yield run
            run = []
        run.append(duty)
    yield run


def _leave(instance: Instance) -> Iterator[Row]:
    for person in instance.staff:
        for period in person.leave:
            row = _dated(period, "")
            yield {"staff": person.key, **row, "reason": period.name}


def _activities(instance: Instance) -> Iterator[Row]:
    for activity in instance.activities:
        first = activity.posts[:1]
        posts = (
            *(post.model_copy(update={"skills": ()}) for post in first),
            *activity.posts[1:],
        )
        yield {
            "name": activity.name,
            "kind": activity.kind,
            "family": activity.family,
            "grades": activity.grades,
            "classes": activity.classes,
            **_slots(activity, instance),
            "per_week": activity.per_week,
            "length": activity.length if activity.length != 1 else None,
            "one_person": None if activity.one_person else False,
            "parity": activity.parity if activity.parity is not Parity.ALL else None,
            "weeks": activity.weeks,
            "start": activity.start,
            "end": activity.end,
            "rooms": activity.rooms,
            "features": activity.features,
            "posts": posts,
            "skills": first[0].skills if first else (),
            "staff": activity.staff,
            "capacity": activity.capacity,
            "minimum": activity.minimum or None,
            "children": activity.children,
            "merge": activity.merge if activity.merge != 1 else None,
            "ratio": activity.ratio if activity.kind.is_remainder else _unless_default(activity),
            "rota": activity.rota,
            "rota_people": activity.rota_people,
        }


def _unless_default(activity: Activity) -> int | None:
    return activity.ratio if activity.ratio != Activity.model_fields["ratio"].default else None


def _slots(activity: Activity, instance: Instance) -> Row:
    """Weekdays and segments where they say it all, else the slots one by one."""
    pairs = [(slot.weekday, slot.segment) for slot in activity.slots]
    weekdays = sorted({weekday for weekday, _ in pairs})
    segments = tuple(dict.fromkeys(segment for _, segment in pairs))
    together = [
        (weekday, segment)
        for weekday in weekdays
        for segment in segments
        if weekday in _held(instance, segment)
    ]
    if pairs == together:
        return {"weekdays": tuple(weekdays), "segments": segments}
    return {"slots": activity.slots}


def _held(instance: Instance, name: str) -> set[Weekday]:
    segment = instance.segment_by_name.get(name)
    return {day for timing in segment.timings for day in timing.weekdays} if segment else set()


def _pins(instance: Instance) -> Iterator[Row]:
    for pin in instance.pins:
        yield pin.model_dump() | {"forbid": pin.forbid or None}


_ROWS: dict[str, Callable[[Instance], Iterable[Row]]] = {
    "term": _term,
    "calendar": _calendar,
    "segments": _segments,
    "rooms": _rooms,
    "staff": _staff,
    "busy": _busy,
    "leave": _leave,
    "activities": _activities,
    "events": event_rows,
    "tournaments": tournament_rows,
    "results": result_rows,
    "pins": _pins,
}
