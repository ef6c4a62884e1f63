"""What a new timetable brings beside changes of posts, and how many must be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from instances.messages import Message, Template
from scheduler.changes import ChangeKind
from scheduler.result import Published

ADDED = Template("新增岗位 {count} 个。", "New posts: {count}.")
REMOVED = Template("取消岗位 {count} 个。", "Posts that are gone: {count}.")
TELL = Template(
    "需要通知 {people} 人、{classes} 个班，见“变动”和“通知”两张表。",
    "To be told: {people} {people:person|people} and {classes} {classes:class|classes}; see the "
    "sheets Changes and Notices.",
)


def people_to_tell(published: Published) -> tuple[str, ...]:
    """In the order of the staff list; who has left by then is sent nothing."""
    first: dict[str, dt.date] = {}
    for change in published.changes:
        for name in change.people:
            first[name] = min(change.date, first.get(name, change.date))
    here = (one for one in published.instance.staff if one.key in first)
    return tuple(one.key for one in here if one.end is None or one.end >= first[one.key])


def classes_to_tell(published: Published) -> tuple[str, ...]:
    """The classes of the school whose service changes."""
    names = {name for change in published.changes for name in change.classes}
    return tuple(one.name for one in published.instance.classes if one.name in names)


def beside(published: Published) -> Iterator[Message]:
    """Posts that are new or gone, which count as no change, and the people and classes to tell."""
    changes = published.changes
    for form, kind in ((ADDED, ChangeKind.NEW), (REMOVED, ChangeKind.GONE)):
        if number := sum(kind in change.kinds for change in changes):
            yield form(count=number)
    if changes:
        people, classes = people_to_tell(published), classes_to_tell(published)
        yield TELL(people=len(people), classes=len(classes))
