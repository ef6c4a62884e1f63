"""Changes in words: 周二 15:30 三（1）班看护：王芳 → 李明（10月13日起，共 11 次）."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from instances.messages import LANGS, Bilingual, Label, Message, Template
from instances.school import Instance
from instances.words import Kind, Role
from scheduler.change_groups import ChangeGroup, Place
from scheduler.changes import Change, ChangeKind

LINE = Template("{what}：{old} → {new}（{when}）", "{what}: {old} → {new} ({when})")
WHAT = Template("{day} {time} {name}", "{day} {time} {name}")
CARE = Template("{classes}{activity}", "{activity} {classes}")
WITH_ROLE = Template("{name}（{role}）", "{name} ({role})")
SEVERAL = Template("{first}等{count}个班", "{first} and more ({count} classes)")
ON = Template("{dates}", "{dates}")
TO = Template("{old}改到{new}", "{old} moved to {new}")
FROM = Template("{first}起，共 {count} 次", "from {first}, {count} {count:time|times}")
BETWEEN = Template(
    "{first}至{last}，共 {count} 次", "{first} to {last}, {count} {count:time|times}"
)
EXCEPT = Template("{when}，{dates}除外", "{when}, except {dates}")
WEEKLY = Template("{day} {clock}", "{day} {clock}")
PARTS = Template("{parts}", "{parts}")
NOBODY = Label("【空缺】", "[open]")
PLAIN_ROLES = (Role.SUPERVISOR, Role.LEADER)
FEW = 4
MANY = 3
EXCEPTIONS = 3
"""Of so many dates it is said that they are excepted; of more, the others are listed."""


def movable(*instances: Instance) -> frozenset[str]:
    """Names of clubs, tutoring and events, which are known without the classes that attend."""
    kinds = (Kind.CLUB, Kind.TUTORING)
    clubs = (a.name for one in instances for a in one.activities if a.kind in kinds)
    return frozenset((*clubs, *(event.name for one in instances for event in one.events)))


def line_text(group: ChangeGroup, clubs: Collection[str]) -> Message:
    """A group of changes in one line."""
    old, new = sides(group)
    return LINE(what=what_text(group, clubs), old=old, new=new, when=when_text(group))


def what_text(group: ChangeGroup, clubs: Collection[str]) -> Message:
    """Which weekly post it is: 周二 15:30 三（1）班看护."""
    clocks = group.clocks
    time: str | dt.time = group.one.segment
    if len(clocks) == 1:
        time = dt.time.fromisoformat(clocks[0].partition("–")[0])
    return WHAT(day=group.weekday, time=time, name=name_text(group, clubs))


def name_text(group: ChangeGroup, clubs: Collection[str]) -> Bilingual | str:
    """The post without its time: classes, activity, and the role where it needs saying."""
    change = group.one
    name: Message | str = change.activity
    classes = change.classes
    if classes and change.activity not in clubs:
        shown: object = classes
        if len(classes) > MANY:
            shown = SEVERAL(first=classes[0], count=len(classes))
        name = CARE(classes=shown, activity=change.activity)
    named = any(change.role.text(lang) in change.activity for lang in LANGS)
    plain = change.role in PLAIN_ROLES or named
    return name if plain else WITH_ROLE(name=name, role=change.role)


def when_text(group: ChangeGroup) -> Message:
    """On which dates, so that nobody has to ask: every week, every week but some, or each named."""
    count, skipped = len(group.changes), group.skipped
    if is_listed(group):
        return ON(dates=[_date_text(change) for change in group.changes])
    facts = {"first": group.first, "count": count}
    when = FROM(**facts) if group.goes_on else BETWEEN(last=group.last, **facts)
    return EXCEPT(when=when, dates=skipped) if skipped else when


def _date_text(change: Change) -> Message | dt.date:
    """The date of a change, with the one on which it was if that is another."""
    if change.old_date == change.date:
        return change.date
    return TO(old=change.old_date, new=change.date)


def is_listed(group: ChangeGroup) -> bool:
    """Whether its dates have to be named one by one, as they are not those of every week."""
    if group.is_single or len(group.skipped) > EXCEPTIONS:
        return True
    return len(group.changes) <= FEW and (bool(group.skipped) or not group.goes_on)


def sides(group: ChangeGroup) -> tuple[Message, Message]:
    """What was and what is, as far as the two differ."""
    old, new = list(_side(group, old=True)), list(_side(group, old=False))
    return PARTS(parts=old), PARTS(parts=new)


def _side(group: ChangeGroup, *, old: bool) -> Iterator[Bilingual | str]:
    change = group.one
    kinds = frozenset(change.kinds)
    if (ChangeKind.NEW if old else ChangeKind.GONE) in kinds:
        yield ChangeKind.NEW if old else ChangeKind.GONE
        return
    if kinds - {ChangeKind.TIME, ChangeKind.ROOM}:
        yield (change.old_staff if old else change.new_staff) or NOBODY
    if ChangeKind.TIME in kinds:
        place = group.old_place if old else group.new_place
        assert place is not None
        yield place_text(place)
    if ChangeKind.ROOM in kinds:
        yield (change.old_room if old else change.new_room) or NO_ROOM


NO_ROOM = Label("（无场地）", "(no room)")


def place_text(place: Place) -> Message:
    """A weekday and a clock interval."""
    return WEEKLY(day=place[0], clock=place[1])
