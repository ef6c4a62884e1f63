"""The audit of a timetable that differs little from one already audited.

What an edit leaves alone is not looked at again: each rule says what its check looks at one by
one (:data:`~constraints.rule.Unit`). What such a check found in the units touched, before the
edit and after it, is exchanged; checks that look at everything together are made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from constraints.rule import Finding, Rule, Unit
from constraints.view import View
from instances.demand import Post
from instances.following import Dates, by_date, dates_stand_alone, differing, differing_dates
from instances.timetable import Session, Timetable
from scheduler.audit import Audit, audit

EVERY_DATE: tuple[Unit, ...] = ("activities", "groups")
"""Units that have sessions on many dates."""


def audit_after(judged: Audit, timetable: Timetable) -> Audit:
    """The audit of an edited timetable of the school, from that of another timetable.

    It finds what a fresh audit finds, but within a rule perhaps in another order.
    """
    context, old = judged.view.context, judged.view
    if not dates_stand_alone(old.timetable, timetable):
        return audit(context, timetable)
    context.followed(old.timetable, judged.dates, timetable)
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
        self.moved = self._moved()
        self.people = self._people()
        new.held = self._held()
        self._parts: dict[Unit, tuple[View, View]] = {}

    def checked(self, rule: Rule, known: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """What a rule finds in the new timetable, from what it found in the old one."""
        if rule.apart is None or (rule.apart == "times" and not self.times_stay):
            return tuple(rule.check(self.new))
        if rule.apart == "times":
            return known
        before, after = self._part(rule.apart)
        gone, come = list(rule.check(before)), list(rule.check(after))
        return _exchanged(known, gone, come)

    def _changed(self) -> list[tuple[Session | None, Session | None]]:
        """The sessions that differ, as they were and as they are; ``None`` for no session."""
        was = {session.key: session for session in self.there[0]}
        found: list[tuple[Session | None, Session | None]] = []
        for session in self.there[1]:
            before = was.pop(session.key, None)
            if before is not session and before != session:
                found.append((before, session))
        return [*found, *((gone, None) for gone in was.values())]

    @cached_property
    def touched(self) -> list[Session]:
        """Sessions that differ, both as they were and as they are."""
        return [session for pair in self.changed for session in pair if session is not None]

    def _moved(self) -> set[str]:
        """Activities and groups whose room in the pattern is another."""
        was, now = self.old.timetable, self.new.timetable
        return differing(was.rooms, now.rooms) | differing(was.placements, now.placements)

    def _people(self) -> set[str]:
        """Everybody who holds something else than before, or in another room."""
        found = {session.staff for session in self.touched if session.staff is not None}
        found |= differing(self.old.pattern, self.new.pattern)
        if self.moved:
            for view in (self.old, self.new):
                for key, posts in view.pattern.items():
                    if any(p.activity in self.moved or p.group in self.moved for p in posts):
                        found.add(key)
        return found

    def _held(self) -> dict[str, tuple[Session, ...]]:
        """What each person works, looked up anew for those who hold something else."""
        mine: dict[str, list[Session]] = defaultdict(list)
        for session in self.new.sessions:
            if session.staff in self.people and session.takes_place:
                mine[session.staff or ""].append(session)
        rest = {key: there for key, there in self.old.held.items() if key not in self.people}
        return rest | {key: tuple(sessions) for key, sessions in mine.items()}

    @cached_property
    def times_stay(self) -> bool:
        """Whether nothing differs but who comes."""
        return not self.moved and all(
            before is not None
            and after is not None
            and before.takes_place == after.takes_place
            and before.room == after.room
            and before.children == after.children
            for before, after in self.changed
        )

    def _part(self, unit: Unit) -> tuple[View, View]:
        """The old and the new timetable, limited to the units touched and a few others."""
        if unit not in self._parts:
            views = self.old, self.new
            if unit == "people":
                before, after = (view.limited_to_people(self.people) for view in views)
            else:
                pairs = zip(views, self._sessions(unit), strict=True)
                before, after = (view.limited_to(tuple(sessions)) for view, sessions in pairs)
            self._parts[unit] = before, after
        return self._parts[unit]

    def _sessions(self, unit: Unit) -> Iterable[Iterable[Session]]:
        """The sessions of the units touched, before and after."""
        if unit == "rooms":
            return self._in_rooms()
        near = {id(post) for post in self.new.demand.posts if self._is_near(post, unit)}
        if unit in EVERY_DATE:
            everything = self.old.sessions, self.new.sessions
            return [[s for s in sessions if id(s.post) in near] for sessions in everything]
        return [[s for s in sessions if id(s.post) in near] for sessions in self.there]

    def _is_near(self, post: Post, unit: Unit) -> bool:
        """Whether sessions of a post may be in a unit touched; nothing is moved or merged."""
        if unit == "classes":
            return not self._classes.isdisjoint(post.classes)
        if unit == "activities":
            return post.activity in self._activities
        return (post.activity, post.group) in self._groups

    @cached_property
    def _classes(self) -> set[str]:
        return {name for session in self.touched for name in session.classes}

    @cached_property
    def _activities(self) -> set[str]:
        return {session.post.activity for session in self.touched} | self.moved

    @cached_property
    def _groups(self) -> set[tuple[str, str | None]]:
        posts = [session.post for session in self.touched]
        if self.moved:
            moved = self.moved
            posts += [p for p in self.new.demand.posts if moved & {p.activity, p.group}]
        return {(post.activity, post.group) for post in posts}

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
