"""The audit of a timetable that differs little from one already audited.

What an edit leaves alone is not looked at again: each rule says what its check looks at one by
one (:data:`~constraints.rule.Unit`). What such a check found in the units touched, before the
edit and after it, is exchanged; checks that look at everything together are made anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from constraints.rule import Finding, Rule, Unit
from constraints.view import Gathering, View
from instances.demand import Post
from instances.following import Dates, by_date, dates_stand_alone, differing, differing_dates
from instances.timetable import Session, Timetable
from instances.words import Kind
from scheduler.audit import Audit, audit

K = TypeVar("K")


def audit_after(judged: Audit, timetable: Timetable) -> Audit:
    """The audit of an edited timetable of the school, from that of another timetable.

    It finds what a fresh audit finds, but within a rule perhaps in another order.
    """
    context, old = judged.view.context, judged.view
    if not dates_stand_alone(old.timetable, timetable):
        return audit(context, timetable)
    context.followed(old.expansion, judged.dates, timetable)
    edit = _Edit(old, context.view(timetable), judged.dates)
    pairs = zip(context.rules, judged.found, strict=True)
    return Audit(edit.new, tuple(edit.checked(rule, known) for rule, known in pairs))


class _Edit:
    """Two timetables with the same meetings, and what lies between them."""

    def __init__(self, old: View, new: View, dates: Dates) -> None:
        self.old = old
        self.new = new
        self.there = differing_dates(dates, by_date(new.expansion))
        """The sessions of all dates on which any differs, before and after."""
        self.changed = self._changed()
        self.otherwise = [pair for pair in self.changed if not _same_work(*pair)]
        """What differs in more than how many children there are."""
        self.moved = self._moved()
        self._derive()
        self.people = self._people()
        self._parts: dict[Unit, tuple[View, View]] = {}

    def checked(self, rule: Rule, known: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """What a rule finds in the new timetable, from what it found in the old one."""
        if rule.apart == "times" or (rule.apart == "pattern" and self.pattern_stays):
            return known
        if rule.apart is None or rule.apart == "pattern":
            return tuple(rule.check(self.new))
        before, after = self._part(rule.apart)
        gone, come = list(rule.check(before)), list(rule.check(after))
        return _exchanged(known, gone, come)

    def _changed(self) -> list[tuple[Session | None, Session | None]]:
        """The sessions that differ, as they were and as they are; ``None`` for no session."""
        before, after = ({id(session): session for session in some} for some in self.there)
        was = {before[one].key: before[one] for one in before.keys() - after.keys()}
        found: list[tuple[Session | None, Session | None]] = []
        for one in after.keys() - before.keys():
            same = was.pop(after[one].key, None)
            if same != after[one]:
                found.append((same, after[one]))
        return [*found, *((gone, None) for gone in was.values())]

    @cached_property
    def touched(self) -> list[Session]:
        """Sessions that differ, both as they were and as they are."""
        return [session for pair in self.changed for session in pair if session is not None]

    @cached_property
    def dates(self) -> set[dt.date]:
        """The dates of what differs."""
        return {session.date for session in self.touched}

    def _moved(self) -> set[str]:
        """Activities and groups whose room in the pattern is another."""
        was, now = self.old.timetable, self.new.timetable
        return differing(was.rooms, now.rooms) | differing(was.placements, now.placements)

    def _derive(self) -> None:
        """Take from the old timetable what follows from both and the edit leaves alone."""
        old, new = self.old, self.new
        new.at_events = old.at_events
        holders = {session.staff for session in self.touched if session.staff is not None}
        working = ((session.staff or "", session) for session in self._now if session.takes_place)
        new.held = self._renewed(old.held, holders, working)
        new.loads = old.loads | new.loads_of(holders & old.loads.keys())
        gathered = (((one.post.activity, one.post.group), one) for one in self._now)
        new.by_group = self._renewed(old.by_group, self._groups, gathered)
        weekly = self._weekly_holders()
        rest = {key: posts for key, posts in old.pattern.items() if key not in weekly}
        new.pattern = rest | (new.pattern_of(weekly) if weekly else {})

    @cached_property
    def _now(self) -> list[Session]:
        """The new timetable on the dates of what differs."""
        return [session for session in self.there[1] if session.date in self.dates]

    def _renewed(
        self,
        old: Mapping[K, tuple[Session, ...]],
        keys: Set[K],
        now: Iterable[tuple[K, Session]],
    ) -> dict[K, tuple[Session, ...]]:
        """Sessions by some key, those of some keys anew on the dates of what differs."""
        dates = self.dates
        found = {
            key: [session for session in old.get(key, ()) if session.day.date not in dates]
            for key in keys
        }
        for key, session in now:
            if key in found:
                found[key].append(session)
        rest = {key: there for key, there in old.items() if key not in keys}
        return rest | {key: _by_date(some) for key, some in found.items() if some}

    def _weekly_holders(self) -> set[str]:
        """Everybody who may hold something else in the pattern than before."""
        was, now = self.old.timetable.holders, self.new.timetable.holders
        lines = differing(was, now)
        clubs = {activity for activity, _ in self.old.led ^ self.new.led}
        demand = self.new.demand
        for need in demand.needs.values() if clubs else ():
            if any(taker.activity in clubs for taker in need.takers):
                lines |= {post.line for post in demand.posts_of_need.get(need.key, ())}
        return {each[line] for each in (was, now) for line in lines if line in each}

    @cached_property
    def pattern_stays(self) -> bool:
        """Whether everybody holds in the weekly pattern what they held."""
        return self.old.pattern == self.new.pattern

    def _people(self) -> set[str]:
        """Everybody who holds something else than before, or in another room."""
        found = {
            session.staff
            for pair in self.otherwise
            for session in pair
            if session is not None and session.staff is not None
        }
        found |= differing(self.old.pattern, self.new.pattern)
        if self.moved:
            for view in (self.old, self.new):
                for key, posts in view.pattern.items():
                    if any(p.activity in self.moved or p.group in self.moved for p in posts):
                        found.add(key)
        return found

    def _part(self, unit: Unit) -> tuple[View, View]:
        """The old and the new timetable, limited to the units touched and a few others."""
        if unit not in self._parts:
            views = self.old, self.new
            if unit == "people":
                before, after = (view.limited_to_people(self.people) for view in views)
            elif unit == "service":
                names = self._served
                keys = {_gathering(p) for p in self.new.demand.posts if names & {*p.classes}}
                before, after = (
                    view.limited_to_classes(names, _gathered(view, keys)) for view in views
                )
            else:
                pairs = zip(views, self._sessions(unit), strict=True)
                before, after = (view.limited_to(tuple(sessions)) for view, sessions in pairs)
            self._parts[unit] = before, after
        return self._parts[unit]

    def _sessions(self, unit: Unit) -> Iterable[Iterable[Session]]:
        """The sessions of the units touched, before and after."""
        if unit == "rooms":
            return self._in_rooms()
        if unit == "classes":
            near = {p for p in self.new.demand.posts if not self._classes.isdisjoint(p.classes)}
            return [[s for s in sessions if s.post in near] for sessions in self.there]
        keys = self._clubs if unit == "clubs" else self._groups
        everything = [_gathered(view, keys) for view in (self.old, self.new)]
        if unit == "meetings":
            return [[s for s in sessions if s.date in self.dates] for sessions in everything]
        return everything

    @cached_property
    def _classes(self) -> set[str]:
        sessions = (session for pair in self.otherwise for session in pair)
        return {name for session in sessions if session for name in session.classes}

    @cached_property
    def _served(self) -> set[str]:
        """The classes for which something takes place that did not, or no longer does."""
        return {
            name
            for before, after in self.otherwise
            if before is None or after is None or before.takes_place is not after.takes_place
            for session in (before, after)
            for name in (session.classes if session else ())
        }

    @cached_property
    def _groups(self) -> set[Gathering]:
        """Activities and groups of which a session differs, or the room in the pattern."""
        found = {_gathering(session.post) for session in self.touched}
        if self.moved:
            posts = self.new.demand.posts
            found |= {_gathering(p) for p in posts if self.moved & {p.activity, p.group}}
        return found

    @cached_property
    def _clubs(self) -> set[Gathering]:
        clubs = {p.activity for p in self.new.demand.posts if p.kind is Kind.CLUB}
        return {key for key in self._groups if key[0] in clubs}

    def _in_rooms(self) -> Iterable[Iterable[Session]]:
        """All in the rooms of what is touched, with all posts of what has other times, too."""
        everything = [session for sessions in self.there for session in sessions]
        touched = {s.post.activity for s in self.touched if s.post.option is not None}
        rooms = {session.room for session in self.touched}
        rooms |= {session.room for session in everything if session.post.activity in touched}
        near = {
            s.post.activity for s in everything if s.room in rooms and s.post.option is not None
        }
        return [
            [s for s in sessions if s.room in rooms or s.post.activity in near]
            for sessions in self.there
        ]


def _gathering(post: Post) -> Gathering:
    return post.activity, post.group


def _gathered(view: View, keys: Iterable[Gathering]) -> tuple[Session, ...]:
    """All sessions of some groups of activities, in the order of the dates."""
    return _by_date(session for key in keys for session in view.by_group.get(key, ()))


def _by_date(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda session: session.day.date))


def _same_work(before: Session | None, after: Session | None) -> bool:
    """Whether a session takes place as it did, with another number of children."""
    return (
        before is not None
        and after is not None
        and after.takes_place
        and before.children != after.children
        and replace(before, children=after.children) == after
    )


def _exchanged(
    known: tuple[Finding, ...], gone: list[Finding], come: list[Finding]
) -> tuple[Finding, ...]:
    """What was known, without what is gone and with what has come; most is in both."""
    kept = list(known)
    for finding in gone:
        if finding in come:
            come.remove(finding)
        else:
            kept.remove(finding)
    return (*kept, *come)
