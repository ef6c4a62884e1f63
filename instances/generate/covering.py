"""Short leaves, each with a colleague who can stand in for every post of those days."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence

from instances.demand import Post
from instances.generate.clockwork import Clockwork, Slot
from instances.generate.drafts import Person
from instances.generate.placing import NoPlan
from instances.messages import Label, Lang
from instances.school import Period
from instances.timetable import DatedChange, session_key
from instances.words import Level

_REASONS = (
    Label("病假", "sick leave"),
    Label("外出培训", "training"),
    Label("婚假", "wedding leave"),
    Label("事假", "personal leave"),
)


class Covering:
    """Grants leaves as long as a planted timetable can be kept up."""

    def __init__(
        self,
        clockwork: Clockwork,
        posts: Iterable[Post],
        holders: Mapping[str, str],
        people: Sequence[Person],
        counts: Mapping[str, Sequence[int]],
    ) -> None:
        self.clockwork = clockwork
        self.demand = clockwork.demand
        self.people = {person.key: person for person in people}
        self.counts = {key: list(counts.get(key, [0] * len(self._weeks))) for key in self.people}
        self.held: dict[str, list[Post]] = {key: [] for key in self.people}
        self.taken = dict.fromkeys(self.people, 0)
        for post in posts:
            holder = holders[post.line]
            self.held[holder].append(post)
            self.taken[holder] |= self.clockwork.of_post(post)
        self.closed = {person.key: self._closed(person) for person in people}
        self.changes: dict[str, DatedChange] = {}

    @property
    def _weeks(self) -> tuple[int, ...]:
        return self.demand.calendar.weeks

    def _closed(self, person: Person) -> int:
        """Slots without consent: everything, for who never agreed or is away for long."""
        said = {(wish.weekday, wish.band): wish.level for wish in person.wishes}
        segments = self.demand.instance.segment_by_name
        unwilling = [
            (weekday, segment)
            for weekday, segment in self.clockwork.all_slots
            if person.spare
            or said.get((weekday, segments[segment].band_name), person.default) is Level.NO
        ]
        return self.clockwork.closed(person) | self.clockwork.slots(unwilling)

    def draw(self, count: int, rng: random.Random, lang: Lang) -> None:
        """``count`` leaves of one to five days, of people who hold a post."""
        able = [p for p in self.people.values() if self.held[p.key] and not p.outside]
        for _ in range(60 * count):
            if not count:
                return
            person = rng.choice(able)
            day = rng.choice(self.demand.calendar.days)
            leave = Period(
                start=day.date,
                end=day.date + dt.timedelta(days=rng.choice((0, 0, 1, 2, 4))),
                name=rng.choice(_REASONS).text(lang),
            )
            if not person.leave and self.grant(person, leave):
                count -= 1
        if count:
            raise NoPlan("no leave can be covered")

    def grant(self, person: Person, leave: Period) -> bool:
        """Enter a leave and who stands in; ``False`` (and nothing entered) without cover."""
        dates = self.demand.calendar.between(leave.start, leave.end)
        rota = any(
            self.demand.instance.activity_by_name[post.activity].rota
            for post in self.held[person.key]
        )
        if rota or any(self._stands_in(person, dates)):
            return False
        found: list[tuple[str, str, int, int]] = []
        for post in self.held[person.key]:
            for day in self.demand.calendar.dates(post.dates & dates):
                slots = [s for b in post.blocks if b.weekday == day.weekday for s in b.slots]
                time = self.clockwork.time(slots, 1 << self.demand.calendar.index[day.date])
                week = self._weeks.index(day.week)
                cover = self._cover(post, slots, time, week, person)
                if cover is None:
                    self._undo(found)
                    return False
                self.taken[cover] |= time
                self.counts[cover][week] += len(slots)
                for _, segment in slots:
                    key = session_key(day.date, segment, post.line)
                    found.append((key, cover, time, week))
        for key, cover, _, _ in found:
            self.changes[key] = DatedChange(staff=cover, reason=leave.name)
        person.leave.append(leave)
        return True

    def _stands_in(self, person: Person, dates: int) -> Iterable[bool]:
        """Whether this person covers for a colleague on those dates."""
        days = {f"{day.date:%Y%m%d}" for day in self.demand.calendar.dates(dates)}
        for key, change in self.changes.items():
            yield change.staff == person.key and key.split("|")[0] in days

    def _undo(self, found: Iterable[tuple[str, str, int, int]]) -> None:
        for _, cover, time, week in found:
            self.taken[cover] &= ~time
            self.counts[cover][week] -= 1

    def _cover(
        self, post: Post, slots: Sequence[Slot], time: int, week: int, away: Person
    ) -> str | None:
        mask = self.clockwork.slots(slots)
        for person in sorted(self.people.values(), key=lambda p: self.counts[p.key][week]):
            if (
                person is not away
                and not person.outside
                and person.has(post.skills)
                and not self.closed[person.key] & mask
                and not self.taken[person.key] & time
                and self.counts[person.key][week] + len(slots) <= (person.cap_week or 0)
                and not person.refuses(post.activity)
                and not self._away(person, time)
            ):
                return person.key
        return None

    def _away(self, person: Person, time: int) -> bool:
        for leave in person.leave:
            dates = self.demand.calendar.between(leave.start, leave.end)
            if self.clockwork.time(self.clockwork.all_slots, dates) & time:
                return True
        return False
