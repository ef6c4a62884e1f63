"""Reading the sheets about people: staff, busy hours, leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from instances import check_texts as texts
from instances.problems import Place
from instances.school import Busy, Period, SchoolClass, staff_key
from instances.words import Level, Parity, Spread, Weekday
from instances.workbook.draft import Draft, StaffDraft
from instances.workbook.table import Row

Hours = tuple[Weekday, dt.time, dt.time]

_CAPS = ("cap_day", "cap_week", "cap_term", "cap_clubs")
_NOTED = ("default", "skills", "start", "end", "coefficient", *_CAPS)


def read_staff(draft: Draft, rows: Iterable[Row]) -> list[tuple[StaffDraft, str, Row]]:
    """The people, each with the home class that their row names; entered in the draft."""
    found: list[tuple[StaffDraft, str, Row]] = []
    for row in rows:
        name, number = row.text("name"), row.text("number")
        default = row.word("default", Level)
        if default is None and "default" in row.bad:
            default = Level.WILLING  # reported already; a blank wish must not be reported too
        fields = {
            "name": name,
            "number": number,
            "skills": tuple(draft.skills.add(skill) for skill in row.texts("skills")),
            "default": default,
            "coefficient": _or(row.decimal("coefficient", 4), Decimal(1)),
            "outside": row.yes("outside", blank=False),
            "newcomer": row.yes("newcomer", blank=False),
            "spread": row.word("spread", Spread),
            "start": row.date("start"),
            "end": row.date("end"),
            "phone": row.text("phone"),
            "balance": _or(row.decimal("balance", 4), Decimal(0)),
            **{cap: row.integer(cap) for cap in _CAPS},
        }
        home_class = row.reference("home_class", draft.classes) or ""
        if not name:
            draft.unsure.add("staff")
            continue
        person = StaffDraft(len(found), staff_key(name, number), fields)
        row.note(("staff", person.index), "name", "number", *_NOTED)
        draft.people.add(person.key, name, number)
        draft.staff.setdefault(person.key, person)
        found.append((person, home_class, row))
    return found


def _or(number: Decimal | None, blank: Decimal) -> Decimal:
    return blank if number is None else number


def home_teachers(
    draft: Draft,
    classes: tuple[SchoolClass, ...],
    staff: list[tuple[StaffDraft, str, Row]],
) -> tuple[SchoolClass, ...]:
    """The classes with their home teachers, as either sheet names them."""
    teachers: dict[str, str] = {}
    where: dict[str, Place] = {}
    for index, school_class in enumerate(classes):
        if school_class.home_teacher:
            found = draft.people.find(school_class.home_teacher)
            teachers[school_class.name] = found.key or school_class.home_teacher
            where[school_class.name] = draft.places["classes", index, "home_teacher"]
    names = {school_class.name: index for index, school_class in enumerate(classes)}
    for person, home_class, row in staff:
        if not home_class:
            continue
        place = row.place("home_class")
        if home_class not in names:
            if "classes" not in draft.unsure:
                near = draft.classes.near(home_class)
                row.report("home_class", texts.UNKNOWN_CLASS, name=home_class, near=near)
        elif teachers.get(home_class, person.key) != person.key:
            row.report(
                "home_class",
                texts.TWO_HOME_TEACHERS,
                school_class=home_class,
                other=teachers[home_class],
                where=f"{where[home_class].sheet} {where[home_class].cell}",
            )
        else:
            teachers[home_class], where[home_class] = person.key, place
            draft.places.setdefault(("classes", names[home_class], "home_teacher"), place)
    return tuple(
        school_class.model_copy(update={"home_teacher": teachers.get(school_class.name)})
        for school_class in classes
    )


def person_of(row: Row, key: str = "staff", number: str = "") -> StaffDraft | None:
    """The member of staff whom a row is about; nobody, or several, is reported."""
    text = row.text(key)
    if not text:
        return None
    draft = row.draft
    found = draft.people.find(text, row.text(number) if number else "")
    if found.key is not None:
        return draft.staff[found.key]
    if found.candidates:
        row.report(key, texts.AMBIGUOUS_STAFF, name=text, candidates=found.candidates)
    elif "staff" not in draft.unsure:
        row.report(key, texts.UNKNOWN_STAFF, name=text, near=draft.people.near(text))
    return None


def read_busy(draft: Draft, rows: Iterable[Row]) -> None:
    """Fixed duties, entered with the people they belong to."""
    for row in rows:
        person = person_of(row)
        weekdays = row.weekdays("weekdays" if "weekdays" in row.cells else "weekday")
        parity = row.word("parity", Parity) or Parity.ALL
        reason = row.text("reason")
        for weekday, start, end in _hours(draft, row, weekdays):
            if person is None:
                continue
            row.note(("staff", person.index, "busy", len(person.busy)), "start", "end")
            person.busy.append(
                Busy(weekday=weekday, start=start, end=end, parity=parity, reason=reason)
            )


def _hours(draft: Draft, row: Row, weekdays: tuple[Weekday, ...]) -> Iterator[Hours]:
    """Weekday, start and end of a busy row, from its clock times or its segment."""
    start, end = row.time("start"), row.time("end")
    name = row.reference("segment", draft.segment_names)
    if name and (not row.blank("start") or not row.blank("end")):
        row.report("segment", texts.TIMES_AND_SEGMENT)
        return
    if name:
        yield from _segment_hours(draft, row, name, weekdays)
        return
    for key, clock in (("start", start), ("end", end)):
        if clock is None and key not in row.bad:
            row.report(key, texts.BUSY_WITHOUT_TIME)
            return
    if start is not None and end is not None:
        for weekday in weekdays:
            yield weekday, start, end


def _segment_hours(
    draft: Draft, row: Row, name: str, weekdays: tuple[Weekday, ...]
) -> Iterator[Hours]:
    segment = next((s for s in draft.segments if s.name == name), None)
    if segment is None:
        if "segments" not in draft.unsure:
            near = draft.segment_names.near(name)
            row.report("segment", texts.UNKNOWN_SEGMENT, name=name, near=near)
        return
    for weekday in weekdays:
        clocks = {(t.start, t.end) for t in segment.timings if weekday in t.weekdays}
        if not clocks:
            row.report("segment", texts.SEGMENT_NOT_ON, name=name, weekday=weekday)
        for start, end in sorted(clocks):
            yield weekday, start, end


def read_leave(rows: Iterable[Row]) -> None:
    """Leave, entered with the people who take it."""
    seen: dict[tuple[str, Period], Place] = {}
    for row in rows:
        person = person_of(row)
        start, end, reason = row.date("start"), row.date("end"), row.text("reason")
        if person is None or start is None:
            continue
        row.note(("staff", person.index, "leave", len(person.leave)), "start", "end")
        leave = Period(start=start, end=end or start, name=reason)
        place = seen.setdefault((person.key, leave), row.place("start"))
        if place != row.place("start"):
            facts = {"name": person.key, "other": f"{place.sheet} {place.cell}"}
            row.draft.report(texts.LEAVE_TWICE, row.place("start"), **facts)
        person.leave.append(leave)
