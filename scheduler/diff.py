"""Two published timetables of one school side by side: who and what differs, from when on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from instances.calendar import Calendar
from instances.derivation import derive
from instances.event_sessions import everything
from instances.past_sessions import sessions_of
from instances.school import Instance
from instances.timetable import Expansion, Session, Timetable
from scheduler.change_groups import ChangeGroup, group_changes
from scheduler.changes import Change, ChangeCount, ChangeKind, changes_between, count
from scheduler.result import Published


def all_sessions(instance: Instance, timetable: Timetable) -> tuple[Session, ...]:
    """Every session of the term, events included: the history as it was, then the planned."""
    planned = everything(Expansion(derive(instance, timetable.since), timetable))
    return (*sessions_of(timetable.history), *planned)


@dataclass(frozen=True)
class Diff:
    """What differs between two timetables.

    ``since`` is the date from which they are compared, ``None`` for the whole term; ``past``
    are the differences before it. ``sessions`` are those of the new one.
    """

    since: dt.date | None
    changes: tuple[Change, ...]
    past: tuple[Change, ...]
    sessions: tuple[Session, ...]
    calendar: Calendar

    @cached_property
    def groups(self) -> tuple[ChangeGroup, ...]:
        return group_changes(self.changes, self.sessions, self.calendar)

    @cached_property
    def figures(self) -> ChangeCount:
        return count(self.changes, self.since or self.calendar.term.start)

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates on which something published changes."""
        counted = (change for change in self.changes if change.counts)
        return tuple(sorted({date for change in counted for date in change.dates}))

    def of_kind(self, kind: ChangeKind) -> int:
        """How many posts are of a kind that is no change of anything published."""
        return sum(kind in change.kinds for change in self.changes)


def compare(old: Published, new: Published, recorded: Timetable | None = None) -> Diff:
    """The differences from the later of the dates from which the two hold.

    ``recorded``: the old timetable as it is before that date, without edits of its pattern.
    """
    dates = [date for one in (old, new) if (date := one.timetable.since) is not None]
    since = max(dates, default=None)
    before, after = (all_sessions(one.instance, one.timetable) for one in (old, new))
    if since is not None and recorded is not None:
        known = (s for s in all_sessions(old.instance, recorded) if s.origin < since)
        before = (*known, *(s for s in before if s.origin >= since))
    past, changes = _parted(changes_between(before, after), since)
    return Diff(since, changes, past, after, Calendar(new.instance.term))


def _parted(
    changes: Iterable[Change], since: dt.date | None
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Changes before a date, and from it on."""
    every = tuple(changes)
    past = tuple(c for c in every if since is not None and c.date < since)
    return past, every[len(past) :]


def same_school(old: Instance, new: Instance) -> bool:
    """Whether two inputs may be of one school: by name, and by having classes in common."""
    if old.school and new.school and old.school != new.school:
        return False
    return bool(old.class_by_name.keys() & new.class_by_name.keys())


def may_follow(old: Instance, new: Instance) -> bool:
    """Whether an input may be what an earlier one has become: some class is in both, and under
    another name of the school some person."""
    people = old.staff_by_key.keys() & new.staff_by_key.keys()
    renamed = bool(old.school and new.school and old.school != new.school)
    classes = old.class_by_name.keys() & new.class_by_name.keys()
    return bool(classes) and (not renamed or bool(people))


def same_term(old: Instance, new: Instance) -> bool:
    """Whether the dates of two terms overlap."""
    return old.term.start <= new.term.end and new.term.start <= old.term.end
