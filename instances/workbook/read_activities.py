"""Reading the sheet of activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from instances import activity_texts as texts
from instances.blocks import allowed_slots
from instances.check_texts import NO_SEGMENT_ON, SEGMENT_NOT_ON
from instances.problem_texts import NO_MORE_THAN_ONE
from instances.school import Activity, Instance, PostSpec, SlotChoice
from instances.text import fold, shown, spellings
from instances.words import Family, Kind, Parity, Role, Rota, Weekday
from instances.workbook.compact import read_posts, read_slots
from instances.workbook.draft import Draft
from instances.workbook.table import Row

_USUAL_ROLE = {
    Kind.CLUB: Role.LEADER,
    Kind.TUTORING: Role.LEADER,
    Kind.DUTY: Role.DUTY_LEADER,
    Kind.STANDBY: Role.STANDBY,
}
_NUMBERS = ("per_week", "capacity", "children", "rota_people")
_NUMBERS_WITH_DEFAULT: Mapping[str, int] = {"length": 1, "minimum": 0, "merge": 1, "ratio": 50}
_NOTED = (
    *("name", "kind", "grades", "classes", "per_week", "length", "weeks", "start", "end"),
    *("rooms", "features", "posts", "capacity", "minimum", "children", "ratio", "staff"),
    *("rota", "rota_people", "merge"),
)


def read_activities(draft: Draft, rows: Iterable[Row], so_far: Instance) -> tuple[Activity, ...]:
    """The activities of the school ``so_far``, whose segments and classes are known."""
    activities: list[Activity] = []
    for row in rows:
        name, kind = row.text("name"), row.word("kind", Kind)
        fields = _fields(draft, row)
        if not name:
            draft.unsure.add("activities")
            continue
        draft.activities.add(name)
        draft.wishable.add(name)
        if kind is None:
            draft.unsure.add("kinds")
        activity = Activity(name=name, kind=kind or Kind.DUTY, **fields)
        path = ("activities", len(activities))
        row.note(path, *_NOTED)
        key = next((k for k in ("slots", "segments", "weekdays") if not row.blank(k)), "name")
        draft.places[(*path, "slots")] = row.place(key)
        if row.blank("posts"):
            draft.places[(*path, "posts")] = row.place("skills")
        slots = _slots(draft, row, activity, so_far)
        activities.append(
            activity.model_copy(update={"slots": slots, "posts": _posts(draft, row, activity.kind)})
        )
    return tuple(activities)


def _fields(draft: Draft, row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {key: row.integer(key) for key in _NUMBERS}
    for key, blank in _NUMBERS_WITH_DEFAULT.items():
        number = row.integer(key)
        fields[key] = blank if number is None else number
    return fields | {
        "family": row.word("family", Family),
        "grades": row.grades("grades"),
        "classes": row.references("classes", draft.classes),
        "one_person": row.yes("one_person", blank=True),
        **_weeks(row),
        "start": row.date("start"),
        "end": row.date("end"),
        "rooms": row.references("rooms", draft.rooms),
        "features": tuple(draft.features.find(f) or f for f in row.texts("features")),
        "staff": row.people("staff"),
        "rota": row.word("rota", Rota),
    }


def _weeks(row: Row) -> dict[str, Any]:
    """In which weeks: every, odd or even ones, and those numbered; 单周 may stand among these."""
    parity = row.word("parity", Parity)
    said = spellings(Parity).get(fold(shown(row.cell("weeks").value)))
    if said is None:
        return {"parity": parity or Parity.ALL, "weeks": row.integers("weeks")}
    if parity not in (None, said):
        place = row.place("parity")
        other = f"{place.sheet} {place.cell}"
        row.report("weeks", NO_MORE_THAN_ONE, other=other, first=place.value)
    return {"parity": said, "weeks": ()}


def _posts(draft: Draft, row: Row, kind: Kind) -> tuple[PostSpec, ...]:
    """The posts named; the skills of a column of their own belong to the first."""
    posts = row.read("posts", read_posts)
    skills = row.texts("skills")
    if posts is None:
        if not skills or "posts" in row.bad:
            return ()
        posts = (PostSpec(role=_USUAL_ROLE.get(kind, Role.SUPERVISOR)),)
    if posts and skills:
        first = posts[0].model_copy(update={"skills": (*posts[0].skills, *skills)})
        posts = (first, *posts[1:])
    return tuple(
        post.model_copy(
            update={"skills": tuple(dict.fromkeys(draft.skills.find(s) or s for s in post.skills))}
        )
        for post in posts
    )


def _slots(draft: Draft, row: Row, activity: Activity, so_far: Instance) -> tuple[SlotChoice, ...]:
    """The slots chosen: those named one by one, or each weekday with each segment."""
    weekdays = row.weekdays("weekdays")
    segments = row.references("segments", draft.segment_names)
    if not row.blank("slots"):
        if weekdays or segments:
            row.report("slots", texts.SLOTS_AND_COLUMNS)
        return row.read("slots", lambda value: read_slots(value, draft.segment_names)) or ()
    if not weekdays and not segments:
        return ()
    if segments:
        return tuple(_product(draft, row, weekdays, segments, so_far))
    return tuple(
        SlotChoice(weekday=weekday, segment=segment)
        for weekday, segment in allowed_slots(so_far, activity)
        if weekday in weekdays
    ) or _nowhere(draft, row, weekdays)


def _nowhere(draft: Draft, row: Row, weekdays: tuple[Weekday, ...]) -> tuple[SlotChoice, ...]:
    if not {"segments", "classes"} & draft.unsure:
        row.report("weekdays", NO_SEGMENT_ON, weekdays=weekdays)
    return ()


def _product(
    draft: Draft,
    row: Row,
    weekdays: tuple[Weekday, ...],
    segments: tuple[str, ...],
    so_far: Instance,
) -> Iterator[SlotChoice]:
    """Each weekday with each segment that takes place on it, day by day."""
    days_of: dict[str, list[Weekday]] = {}
    for name in segments:
        segment = so_far.segment_by_name.get(name)
        if segment is None:
            yield SlotChoice(weekday=Weekday.MON, segment=name)  # reported with the references
            continue
        held = {weekday for timing in segment.timings for weekday in timing.weekdays}
        chosen = [weekday for weekday in weekdays or sorted(held) if weekday in held]
        if weekdays and not chosen and "segments" not in draft.unsure:
            row.report("segments", SEGMENT_NOT_ON, name=name, weekday=weekdays)
        days_of[name] = chosen
    for weekday in Weekday:
        for name, days in days_of.items():
            if weekday in days:
                yield SlotChoice(weekday=weekday, segment=name)
