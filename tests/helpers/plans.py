"""What must hold of any complete timetable, said without the rules or a solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from instances.derivation import derive
from instances.headcount import present
from instances.school import Instance, Staff
from instances.timetable import Session, Timetable, expand
from instances.words import Kind, Level, Parity, Role


class Plan:
    """A timetable of a school, and everything that is wrong with it."""

    def __init__(self, instance: Instance, timetable: Timetable) -> None:
        self.instance = instance
        self.timetable = timetable
        self.demand = derive(instance)
        self.sessions = expand(self.demand, timetable)

    @cached_property
    def held(self) -> dict[str, list[Session]]:
        """The sessions of each person, in order of time."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            if session.staff is not None:
                found[session.staff].append(session)
        return found

    def faults(self) -> list[str]:
        return [*self._open(), *self._children(), *self._rooms(), *self._people()]

    def _open(self) -> Iterator[str]:
        for session in self.sessions:
            if session.staff is None:
                yield f"nobody holds {session.key}"
        for name in self.demand.options.keys() - self.timetable.placements.keys():
            yield f"{name} meets nowhere"

    def _children(self) -> Iterator[str]:
        """Enough adults with every group; a class without any is in clubs altogether."""
        adults = Counter(
            (session.date, session.segment, session.post.activity, session.post.group)
            for session in self.sessions
            if session.post.role is Role.SUPERVISOR
        )
        looked_after = set()
        gone: Counter[tuple[object, str, str]] = Counter()
        for session in self.sessions:
            for name in session.post.classes:
                where = (session.date, session.segment, name)
                if session.post.kind is Kind.CLUB and session.post.role is Role.LEADER:
                    gone[where] += self.demand.taken[session.post.activity][name]
                elif session.post.kind is not Kind.CLUB:
                    looked_after.add(where)
            many = adults[session.date, session.segment, session.post.activity, session.post.group]
            ratio = self.instance.activity_by_name[session.post.activity].ratio
            if session.post.role is Role.SUPERVISOR and session.children > many * ratio:
                yield f"{many} adults for {session.children} children at {session.key}"
        for day in self.demand.calendar.days:
            for school_class in self.instance.classes:
                for segment in self.instance.segments:
                    if segment.grades and school_class.grade not in segment.grades:
                        continue
                    stay = present(school_class, day.weekday, segment.name)
                    where = (day.date, segment.name, school_class.name)
                    if where not in looked_after and gone[where] < stay:
                        yield f"{school_class.name} is alone on {day.date} in {segment.name}"

    def _people(self) -> Iterator[str]:
        for key, sessions in self.held.items():
            person = self.instance.staff_by_key[key]
            for one, other in pairwise(sessions):
                if one.date == other.date and other.start < one.end:
                    yield f"{key} is in two places: {one.key}, {other.key}"
            for session in sessions:
                yield from self._one(person, session)
            yield from self._caps(person, sessions)

    def _one(self, person: Staff, session: Session) -> Iterator[str]:
        band = self.instance.segment_by_name[session.segment].band_name
        said = {(wish.weekday, wish.band): wish.level for wish in person.wishes}
        activities = {wish.activity: wish.level for wish in person.activity_wishes}
        level = said.get((session.day.weekday, band), person.default)
        if level in (None, Level.NO) or activities.get(session.post.activity) is Level.NO:
            yield f"{person.key} has not agreed to {session.key}"
        if not session.post.skills <= set(person.skills):
            yield f"{person.key} is not qualified for {session.key}"
        away = any(session.date in period for period in person.leave)
        early = person.start is not None and session.date < person.start
        late = person.end is not None and session.date > person.end
        if away or early or late:
            yield f"{person.key} is away on {session.key}"
        for duty in person.busy:
            odd = Parity.ODD if session.day.week % 2 else Parity.EVEN
            if (
                duty.weekday == session.day.weekday
                and duty.parity in (Parity.ALL, odd)
                and duty.start < session.end
                and session.start < duty.end
            ):
                yield f"{person.key} is busy at {session.key}"

    def _caps(self, person: Staff, sessions: list[Session]) -> Iterator[str]:
        for counts, cap in (
            (Counter(s.date for s in sessions), person.cap_day),
            (Counter(s.day.week for s in sessions), person.cap_week),
        ):
            if cap is not None and max(counts.values()) > cap:
                yield f"{person.key} is over the cap of {cap}"
        clubs = {
            post.activity
            for post in self.demand.posts
            if post.kind is Kind.CLUB and self.timetable.holders.get(post.line) == person.key
        }
        if person.cap_clubs is not None and len(clubs) > person.cap_clubs:
            yield f"{person.key} leads {sorted(clubs)}"

    def _rooms(self) -> Iterator[str]:
        """Rooms known, not too small, and with no more groups than they hold."""
        used: dict[tuple[str, object], set[tuple[Session, str]]] = defaultdict(set)
        for session in self.sessions:
            if not session.post.kind.has_children:
                continue
            if session.room is None:
                yield f"no room for {session.key}"
                continue
            room = self.instance.room_by_name[session.room]
            group = f"{session.post.activity}@{session.post.group}"
            if session.post.kind is Kind.CLUB and session.children > room.capacity:
                yield f"{room.name} is too small for {session.key}"
            there = used[room.name, session.date]
            there.add((session, group))
            now = {one for s, one in there if s.start < session.end and session.start < s.end}
            if len(now) > room.groups:
                yield f"{room.name} holds {sorted(now)} on {session.date}"

    def slack(self) -> float:
        """Posts that the school's own people would take in a week, per post of a full week."""
        days = Counter(day.week for day in self.demand.calendar.days)
        own = {person.key: person for person in self.instance.staff if not person.outside}
        posts = Counter(
            session.day.week
            for session in self.sessions
            if session.staff in own and days[session.day.week] <= 5
        )
        caps = [own[key].cap_week or 0 for key in self.held if key in own]
        return sum(caps) / max(posts.values())
