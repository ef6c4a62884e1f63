"""What differs between two timetables of a school: one change is one post on one date.

Posts are matched by line and date. A post that now takes place at another time, in another
room or with another person has changed; one that only the old or only the new timetable has
is gone or new.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from instances.school import Record
from instances.timetable import Session
from instances.words import Role, Word

NOTICE_DAYS = 14
"""Changes in the week of a rerun's date and the next come at short notice."""
PERSON, TIME, ROOM = 3, 3, 1
"""What another person, time or room costs for one post on one date (twice at short notice)."""


class ChangeKind(Word):
    """What became of a post on a date."""

    PERSON = ("person", "换人", "another person")
    TIME = ("time", "换时间", "another time")
    ROOM = ("room", "换场地", "another room")
    FILLED = ("filled", "补上", "filled")
    OPENED = ("opened", "空出", "open")
    NEW = ("new", "新增", "new")
    GONE = ("gone", "取消", "gone")


COUNTED = frozenset(ChangeKind) - {ChangeKind.NEW, ChangeKind.GONE}
"""Kinds that are changes of something published: what the input adds or takes away is none."""


class Change(Record):
    """One post on one date, before and after.

    ``old`` and ``new`` staff, rooms and times are ``None`` where there is none; ``segment`` is
    the new one, or the old one of a post that is gone.
    """

    date: dt.date
    segment: str
    activity: str
    classes: tuple[str, ...] = ()
    role: Role
    line: str
    kinds: tuple[ChangeKind, ...]
    old_staff: str | None = None
    new_staff: str | None = None
    old_room: str | None = None
    new_room: str | None = None
    old_time: str | None = None
    new_time: str | None = None

    @property
    def old_date(self) -> dt.date:
        """The date on which it was, if on another."""
        if self.old_time is None:
            return self.date
        return dt.date.fromisoformat(self.old_time.partition(" ")[0])

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates that are concerned: two where it is on another."""
        return tuple(sorted({self.old_date, self.date}))

    @property
    def counts(self) -> bool:
        return any(kind in COUNTED for kind in self.kinds)

    @property
    def people(self) -> frozenset[str]:
        """Those who must be told."""
        return frozenset(filter(None, (self.old_staff, self.new_staff)))


class ChangeCount(Record):
    """How much differs, and what it costs.

    No timetable could cost less than ``bound``, and none could change fewer posts than
    ``posts_bound``. ``bought``: the part of the cost that was allowed for the sake of quality.
    """

    posts: int
    people: int
    sessions: int
    cost: int
    bound: int = 0
    posts_bound: int = 0
    bought: int = 0

    @property
    def proved(self) -> bool:
        return self.cost <= self.bound


def base_line(line: str) -> str:
    """A line without the number of its need, which depends on where clubs meet."""
    return line.partition("~")[0]


@dataclass(frozen=True)
class DatedPost:
    """The sessions of one line on one date: one place that one person fills."""

    line: str
    date: dt.date
    sessions: tuple[Session, ...]

    @cached_property
    def live(self) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if session.takes_place)

    @property
    def staff(self) -> str | None:
        return self.live[0].staff if self.live else None

    @property
    def room(self) -> str | None:
        return self.live[0].room if self.live else None

    @property
    def time(self) -> str | None:
        """The date and clock time at which it takes place."""
        if not self.live:
            return None
        first, last = self.live[0], self.live[-1]
        return f"{first.date:%Y-%m-%d} {first.start:%H:%M}–{last.end:%H:%M}"


def dated_posts(
    sessions: Iterable[Session], since: dt.date | None = None
) -> dict[tuple[str, dt.date], DatedPost]:
    """Posts by base line and date, from a date on."""
    found: dict[tuple[str, dt.date], list[Session]] = defaultdict(list)
    for session in sessions:
        if since is None or session.origin >= since:
            found[base_line(session.post.line), session.origin].append(session)
    return {key: DatedPost(*key, tuple(some)) for key, some in found.items()}


def changes_between(
    old: Iterable[Session], new: Iterable[Session], since: dt.date | None = None
) -> tuple[Change, ...]:
    """What differs, from a date on, in the order of dates.

    A weekly meeting that moved to another day of its week is matched with the one it was.
    """
    before, after = dated_posts(old, since), dated_posts(new, since)
    moved = dict(_moved(before, after))
    found = []
    for key, post in after.items():
        was = before.get(key) or before.get(moved.get(key, key))
        change = _change(was, post)
        if change is not None:
            found.append(change)
    taken = set(moved.values())
    for key, post in before.items():
        if key not in after and key not in taken and post.live:
            change = _change(post, None)
            assert change is not None
            found.append(change)
    return tuple(sorted(found, key=lambda c: (c.date, c.segment, c.activity, c.line)))


Key = tuple[str, dt.date]


def _moved(before: dict[Key, DatedPost], after: dict[Key, DatedPost]) -> Iterator[tuple[Key, Key]]:
    """Posts that a line has on one other date of the same calendar week, paired in order."""
    gone: dict[object, list[Key]] = defaultdict(list)
    for key in sorted(before.keys() - after.keys(), key=lambda k: k[1]):
        gone[key[0], key[1].isocalendar()[:2]].append(key)
    for key in sorted(after.keys() - before.keys(), key=lambda k: k[1]):
        left = gone[key[0], key[1].isocalendar()[:2]]
        if left:
            yield key, left.pop(0)


def _change(was: DatedPost | None, now: DatedPost | None) -> Change | None:
    kinds = tuple(_kinds(was, now))
    if not kinds:
        return None
    shown = (now if now and now.live else was) or now
    assert shown is not None
    session = (shown.live or shown.sessions)[0]
    return Change(
        date=session.date,
        segment=session.segment,
        activity=session.post.activity,
        classes=session.classes,
        role=session.post.role,
        line=session.post.line,
        kinds=kinds,
        old_staff=was.staff if was else None,
        new_staff=now.staff if now else None,
        old_room=was.room if was else None,
        new_room=now.room if now else None,
        old_time=was.time if was else None,
        new_time=now.time if now else None,
    )


def _kinds(was: DatedPost | None, now: DatedPost | None) -> Iterator[ChangeKind]:
    if was is None or not was.live:
        if now is not None and now.live:
            yield ChangeKind.NEW
        return
    if now is None or not now.live:
        yield ChangeKind.GONE
        return
    if was.staff != now.staff:
        if was.staff is None:
            yield ChangeKind.FILLED
        else:
            yield ChangeKind.OPENED if now.staff is None else ChangeKind.PERSON
    if was.time != now.time:
        yield ChangeKind.TIME
    if was.room != now.room:
        yield ChangeKind.ROOM


@dataclass(frozen=True)
class Prices:
    """What changes of one post on one date are counted as, from a date on."""

    since: dt.date
    person: int = PERSON
    time: int = TIME
    room: int = ROOM
    notice: bool = True
    once: bool = False

    def both(self, person: int, room: int) -> int:
        """What a post costs of which two things change: their sum, or one change in all."""
        return max(person, room) if self.once else person + room

    def of(self, price: int, date: dt.date) -> int:
        """A price on a date, twice at short notice."""
        return price * weight_of(date, self.since) if self.notice else price

    @classmethod
    def one_each(cls, since: dt.date) -> Prices:
        """Every change counts one: persons and times; rooms are left out."""
        return cls(since, 1, 1, 0, notice=False)

    @classmethod
    def one_post_each(cls, since: dt.date) -> Prices:
        """Every post that changes counts one, whatever changes about it."""
        return cls(since, 1, 1, 1, notice=False, once=True)


def weight_of(date: dt.date, since: dt.date) -> int:
    """Changes at short notice count twice; by whole weeks, so that a weekday makes no odds."""
    return 2 if (_monday(date) - _monday(since)).days < NOTICE_DAYS else 1


def _monday(date: dt.date) -> dt.date:
    return date - dt.timedelta(days=date.weekday())


def cost_of(change: Change, since: dt.date) -> int:
    """What one change costs: person and time over room, short notice over long."""
    prices = {ChangeKind.TIME: TIME, ChangeKind.ROOM: ROOM}
    counted = [kind for kind in change.kinds if kind in COUNTED]
    return weight_of(change.date, since) * sum(prices.get(kind, PERSON) for kind in counted)


def count(
    changes: Iterable[Change],
    since: dt.date,
    bound: int = 0,
    posts_bound: int = 0,
    bought: int = 0,
) -> ChangeCount:
    """The figures of a list of changes; ``sessions``: meetings on a date that differ."""
    counted = [change for change in changes if change.counts]
    people = {person for change in counted for person in change.people}
    meetings = {(c.date, c.segment, c.activity, c.classes) for c in counted}
    cost = sum(cost_of(change, since) for change in counted)
    return ChangeCount(
        posts=len(counted),
        people=len(people),
        sessions=len(meetings),
        cost=cost,
        bound=min(bound, cost),
        posts_bound=min(posts_bound, len(counted)),
        bought=bought,
    )
