"""Exceptions of the published timetable that stay, and what they do to the days of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from constraints.caps import places_on
from constraints.clash import days_at
from constraints.model import Model
from instances.blocks import Moment
from instances.demand import Post
from scheduler.changes import base_line
from scheduler.rerun.reference import Key, Matched, Row


class Exceptions:
    """Posts, by base line and date, that an exception keeps with the person published.

    ``days``: for each person, the dates (bit mask) on which an exception names them.
    """

    def __init__(self, model: Model, matched: Matched, kept: Collection[Key]) -> None:
        self.model = model
        self.kept = kept
        self._rows = [
            row
            for rows in (matched.rows.values() if kept else ())
            for row in rows
            if row.was.staff and self.is_kept(row)
        ]
        self._full: dict[str, int] = {}

    def is_kept(self, row: Row) -> bool:
        """Whether a post is kept on a date."""
        return (base_line(row.post.line), row.date) in self.kept

    @cached_property
    def days(self) -> dict[str, int]:
        found = {key: sum(places) for key, places in self._places.items()}
        return defaultdict(int, found)

    def of_post(self, post: Post) -> int:
        """The dates (bit mask) on which a post is kept, so that its holder need not come."""
        return self._of_line.get(base_line(post.line), 0)

    def sure_days(self, key: str, post: Post) -> int:
        """The dates (bit mask) on which somebody who holds a post is there for it, absences
        aside: no exception of this post or of theirs can make it otherwise."""
        return post.dates & ~(self.of_post(post) | self.days[key] | self.full_days(key))

    def full_days(self, key: str) -> int:
        """The dates (bit mask) on which exceptions that are kept may fill one of somebody's caps,
        so that they cannot, though the pattern has room for them."""
        if key not in self._full:
            person, calendar = self.model.context.people[key], self.model.demand.calendar
            caps, beside = person.staff, self._places.get(key, {})
            spans = [(bit, caps.cap_day, 0) for bit in beside]
            for week, days in calendar.of_week.items():
                spans.append((days, caps.cap_week, person.worked_in(week)))
            spans.append((calendar.every, caps.cap_term, person.worked))
            self._full[key] = 0
            for days, cap, worked in spans:
                more = sum(places for bit, places in beside.items() if bit & days)
                if not more or cap is None:
                    continue
                held = sum(places_on(one.post, days) for one in self.model.holdings.get(key, ()))
                if worked + held + more > cap:
                    self._full[key] |= days
        return self._full[key]

    def is_expected(self, key: str, row: Row) -> bool:
        """Whether an exception has somebody elsewhere on a date at that time."""
        moments = self._moments.get((key, row.bit), ())
        return any(days_at(row.post, moment) & row.bit for moment in moments)

    @cached_property
    def _of_line(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for row in self._rows:
            found[base_line(row.post.line)] |= row.bit
        return found

    @cached_property
    def _places(self) -> dict[str, dict[int, int]]:
        """How many places exceptions give to people, by date (bit mask)."""
        found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for row in self._rows:
            found[row.was.staff or ""][row.bit] += places_on(row.post, row.bit)
        return found

    @cached_property
    def _moments(self) -> dict[tuple[str, int], list[Moment]]:
        """The moments at which exceptions name somebody, by date."""
        found: dict[tuple[str, int], list[Moment]] = defaultdict(list)
        for row in self._rows:
            here = [one for one in self.model.demand.moments if days_at(row.post, one) & row.bit]
            found[row.was.staff or "", row.bit] += here
        return found
