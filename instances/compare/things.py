"""Classes, rooms and activities: what came, what went, and what is different."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from instances.compare.difference import (
    FIELD,
    Difference,
    Sort,
    dates_of,
    field_difference,
)
from instances.messages import Label, Message, Template
from instances.problems import Path
from instances.school import Activity, Instance, Participation, Room, SchoolClass
from instances.words import Kind, grade_text
from instances.workbook.spec import SHEET_BY_KEY

NEW_CLASS = Template("新增班级：{name}（{grade}，{size}人）", "new class: {name} ({grade}, {size})")
NO_CLASS = Template("班级{name}取消", "class {name} is gone")
SPLIT = Template("{name}分为{parts}", "{name} is split into {parts}")
JOINED = Template("{parts}合为{name}（{size}人）", "{parts} become {name} ({size})")
PART = Template("{name}（{size}人）", "{name} ({size})")
NEW_ROOM = Template("新增场地：{name}（容纳{capacity}人）", "new room: {name} (holds {capacity})")
NO_ROOM = Template("场地{name}取消", "room {name} is gone")
CLOSED = Template("场地{name} {dates}停用", "room {name} closed {dates}")
REOPENED = Template("场地{name} {dates}不再停用", "room {name} no longer closed {dates}")
NEW_ACTIVITY = Template("新增{kind}“{name}”", "new {kind}: “{name}”")
NO_ACTIVITY = Template("{kind}“{name}”取消", "{kind} “{name}” is cancelled")
ENDS = Template("{kind}“{name}”{date}起取消", "{kind} “{name}” ends (from {date})")
EVERYONE = Template("{share}%", "{share}%")
SHARE = Template("{when} {share}%", "{when} {share}%")
ALL_STAY = Label("（全部参加）", "(all stay)")
_DEMAND = {"children", "capacity", "minimum", "ratio", "merge", "posts", "per_week"}
_LISTED = {"name"}


def classes(old: Instance, new: Instance) -> Iterator[Difference]:
    """Classes that came, went, were split or put together, and their columns."""
    gone = [c for c in old.classes if c.name not in new.class_by_name]
    come = {c.name: n for n, c in enumerate(new.classes) if c.name not in old.class_by_name}
    settled: set[str] = set()
    for difference, names in _regrouped(old, new, gone, [new.classes[n] for n in come.values()]):
        settled |= names
        yield difference
    for one in gone:
        if one.name not in settled:
            yield Difference(Sort.CLASSES, one.name, NO_CLASS(name=one.name))
    for index, one in enumerate(new.classes):
        path: Path = ("classes", index)
        before = old.class_by_name.get(one.name)
        if before is not None:
            yield from _class(before, one, path, settled)
        elif one.name not in settled:
            grade = Label(grade_text(one.grade, "zh"), grade_text(one.grade, "en"))
            message = NEW_CLASS(name=one.name, grade=grade, size=one.size)
            yield Difference(Sort.CLASSES, one.name, message, path)


def _regrouped(
    old: Instance, new: Instance, gone: Sequence[SchoolClass], come: Sequence[SchoolClass]
) -> Iterator[tuple[Difference, set[str]]]:
    """Children of one class in several now, or the other way round; the sizes tell."""
    left = list(come)
    for before in old.classes:
        own = [new.class_by_name[before.name]] if before.name in new.class_by_name else []
        same = [c for c in left if c.grade == before.grade]
        parts = [*own, *same]
        if same and len(parts) > 1 and sum(c.size for c in parts) == before.size:
            left = [c for c in left if c not in same]
            shown = [PART(name=c.name, size=c.size) for c in parts]
            path: Path = ("classes", new.classes.index(parts[0]))
            message = SPLIT(name=before.name, parts=shown)
            names = {before.name, *(c.name for c in parts)}
            yield Difference(Sort.CLASSES, before.name, message, path), names
    rest = list(gone)
    for index, after in enumerate(new.classes):
        was = [old.class_by_name[after.name]] if after.name in old.class_by_name else []
        others = [c for c in rest if c.grade == after.grade]
        parts = [*was, *others]
        if others and len(parts) > 1 and sum(c.size for c in parts) == after.size:
            rest = [c for c in rest if c not in others]
            shown = [PART(name=c.name, size=c.size) for c in parts]
            message = JOINED(name=after.name, parts=shown, size=after.size)
            names = {after.name, *(c.name for c in parts)}
            yield Difference(Sort.CLASSES, after.name, message, ("classes", index)), names


def _class(
    old: SchoolClass, new: SchoolClass, path: Path, settled: set[str]
) -> Iterator[Difference]:
    for field in ("grade", "home_room", "home_teacher"):
        yield from field_difference(Sort.CLASSES, "classes", new.name, field, old, new, path)
    if new.name not in settled:
        yield from field_difference(Sort.DEMAND, "classes", new.name, "size", old, new, path)
    if old.participation != new.participation:
        title = SHEET_BY_KEY["classes"].column("participation").title
        values = {"old": _shares(old.participation), "new": _shares(new.participation)}
        message = FIELD(name=new.name, field=title, **values)
        yield Difference(Sort.DEMAND, new.name, message, (*path, "participation"))


def _shares(entries: Sequence[Participation]) -> list[Message | Label]:
    found: list[Message | Label] = []
    for entry in entries:
        share = Decimal(entry.share * 100)
        when = [part for part in (entry.weekday, entry.segment) if part is not None]
        found.append(SHARE(when=when, share=share) if when else EVERYONE(share=share))
    return found or [ALL_STAY]


def rooms(old: Instance, new: Instance) -> Iterator[Difference]:
    """Rooms that came or went, their closed dates and their columns."""
    before = {room.name: room for room in old.rooms}
    after = {room.name for room in new.rooms}
    for room in old.rooms:
        if room.name not in after:
            yield Difference(Sort.ROOMS, room.name, NO_ROOM(name=room.name))
    for index, room in enumerate(new.rooms):
        path: Path = ("rooms", index)
        if room.name not in before:
            message = NEW_ROOM(name=room.name, capacity=room.capacity)
            yield Difference(Sort.ROOMS, room.name, message, path)
            continue
        was = before[room.name]
        yield from _closures(was, room, path)
        for field in ("building", "features", "capacity", "groups"):
            yield from field_difference(Sort.ROOMS, "rooms", room.name, field, was, room, path)


def _closures(old: Room, new: Room, path: Path) -> Iterator[Difference]:
    before = {(c.start, c.end, c.weekdays) for c in old.closures}
    after = {(c.start, c.end, c.weekdays) for c in new.closures}
    for n, closure in enumerate(new.closures):
        if (closure.start, closure.end, closure.weekdays) not in before:
            message = CLOSED(name=new.name, dates=dates_of(closure))
            yield Difference(Sort.CLOSED, new.name, message, (*path, "closures", n))
    for closure in old.closures:
        if (closure.start, closure.end, closure.weekdays) not in after:
            message = REOPENED(name=new.name, dates=dates_of(closure))
            yield Difference(Sort.ROOMS, new.name, message, (*path, "closures"))


def activities(old: Instance, new: Instance) -> Iterator[Difference]:
    """Activities that came or went, and their columns."""
    for activity in old.activities:
        if activity.name not in new.activity_by_name:
            message = NO_ACTIVITY(name=activity.name, kind=_kind(activity))
            yield Difference(Sort.GONE, activity.name, message)
    for index, activity in enumerate(new.activities):
        path: Path = ("activities", index)
        before = old.activity_by_name.get(activity.name)
        if before is None:
            message = NEW_ACTIVITY(name=activity.name, kind=_kind(activity))
            yield Difference(Sort.NEW, activity.name, message, path)
        elif before != activity:
            yield from _activity(before, activity, path)


def _kind(activity: Activity) -> Kind:
    return activity.kind


def _activity(old: Activity, new: Activity, path: Path) -> Iterator[Difference]:
    ends = old.end is None and new.end is not None
    if new.end is not None and ends:
        date = new.end + dt.timedelta(days=1)
        message = ENDS(name=new.name, kind=_kind(new), date=date)
        yield Difference(Sort.GONE, new.name, message, (*path, "end"))
    for field in Activity.model_fields:
        if field in _LISTED or (field == "end" and ends):
            continue
        sort = Sort.DEMAND if field in _DEMAND else Sort.ACTIVITIES
        yield from field_difference(sort, "activities", new.name, field, old, new, path)
