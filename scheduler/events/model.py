"""Dates for events as a model: which exclude one another, what they push out, what is wished.

One literal for each item and time (a column). Two items that need the same class, club, room
or person exclude one another at every moment of every date; what several events push out
together counts once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from ortools.sat.python import cp_model

from constraints.model import Expr, Literal, over, total, weighted
from constraints.rules.club_robbed import ClubRobbed
from instances.checks.events import is_wished
from scheduler.events.items import Column, Item, Items

UNWISHED, CROWDED, EARLY = 20, 1, 1
"""What a date that was not wished for, a second event within a fortnight, and a week between a
rehearsal and its event cost; what a club loses beyond its part costs what its rule says."""
Use = tuple[tuple[str, ...], dt.date]
User = tuple[str, int, Column]


class PlacingModel:
    """The columns as literals, with everything that excludes one another.

    ``barred``: items that may not begin on a date.
    """

    def __init__(self, items: Items, barred: Mapping[str, dt.date] | None = None) -> None:
        self.items = items
        self.cp = cp_model.CpModel()
        self.at: dict[tuple[str, int], Literal] = {}
        self.placed: dict[str, Literal] = {}
        barred = barred or {}
        for item in items.items:
            self.placed[item.key] = self.cp.new_bool_var("")
            literals = []
            for n, column in enumerate(item.columns):
                literal = self.cp.new_bool_var("")
                self.at[item.key, n] = literal
                literals.append(literal)
                if barred.get(item.key) == column.occasion.first:
                    self.cp.add(literal == 0)
            self.cp.add(total(literals) == self.placed[item.key])
        self._clashes()
        self._reserves()
        self._apart()
        self._rehearsals()

    @property
    def not_placed(self) -> Expr:
        """Events left out count most; an event is not held without its rehearsals."""
        return total(1 - literal for literal in self.placed.values())

    def _used(self) -> dict[Use, list[User]]:
        """Who would need what on which date; whole classes also as those of single children."""
        used: dict[Use, list[User]] = defaultdict(list)
        parts: dict[Use, list[User]] = defaultdict(list)
        for item in self.items.items:
            for n, column in enumerate(item.columns):
                for date, _ in column.clocks:
                    for kind, name in item.uses:
                        used[(kind, name), date].append((item.key, n, column))
                    for name in item.parts - item.classes:
                        parts[("class", name, item.key), date].append((item.key, n, column))
        for (part, date), users in parts.items():
            parts[part, date] = [*users, *used.get((part[:2], date), ())]
        return used | parts

    def _clashes(self) -> None:
        done: set[frozenset[tuple[str, int]]] = set()
        for (_, date), users in self._used().items():
            if len({key for key, _, _ in users}) < 2:
                continue
            clocks = [(dict(c.clocks)[date], (key, n)) for key, n, c in users]
            for moment in {clock[0] for clock, _ in clocks}:
                here = frozenset(who for clock, who in clocks if clock[0] <= moment < clock[1])
                if len({key for key, _ in here}) > 1 and here not in done:
                    done.add(here)
                    self.cp.add_at_most_one(self.at[who] for who in here)

    def _reserves(self) -> None:
        """A reserve date is kept free of whatever needs the same classes, rooms or people."""
        for item in self.items.items:
            reserve = item.event.reserve
            if reserve is None or item.rehearsal:
                continue
            for other in self.items.items:
                if other.event is item.event or not other.needs_what(item):
                    continue
                for n, column in enumerate(other.columns):
                    if any(date == reserve for date, _ in column.clocks):
                        self.cp.add_at_most_one(self.placed[item.key], self.at[other.key, n])

    def _apart(self) -> None:
        """Days between an event and any other."""
        events = [item for item in self.items.items if not item.rehearsal]
        dates = [day.date for day in self.items.calendar.days]
        for item in events:
            days = item.event.apart
            if not days:
                continue
            near: dict[dt.date, list[Literal]] = defaultdict(list)
            margin = dt.timedelta(days=days - 1)
            for n, column in enumerate(item.columns):
                first, last = column.occasion.first - margin, column.occasion.last + margin
                for date in dates:
                    if first <= date <= last:
                        near[date].append(self.at[item.key, n])
            for other in events:
                if other is not item:
                    self._exclude(near, other)

    def _exclude(self, near: Mapping[dt.date, list[Literal]], other: Item) -> None:
        on: dict[dt.date, list[Literal]] = defaultdict(list)
        for n, column in enumerate(other.columns):
            for date, _ in column.clocks:
                on[date].append(self.at[other.key, n])
        for date, literals in on.items():
            if near.get(date):
                self.cp.add(total(literals) + total(near[date]) <= 1)

    def _rehearsals(self) -> None:
        """In order, with the days between them that are asked for; none without its event."""
        by_event: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.items:
            by_event[item.event.name].append(item)
        for chain in by_event.values():
            gap = chain[0].event.rehearsal_gap
            for one, other in pairwise(chain):
                self.cp.add_implication(self.placed[other.key], self.placed[one.key])
                self.cp.add_implication(self.placed[one.key], self.placed[chain[-1].key])
                later = weighted(self._begins(other)) - weighted(self._begins(one))
                self.cp.add(later >= gap).only_enforce_if(self.placed[other.key])
            if len(chain) > 1:
                early = weighted(self._begins(chain[-1])) - weighted(self._begins(chain[0]))
                most = chain[0].earliest
                self.cp.add(early <= most).only_enforce_if(self.placed[chain[-1].key])

    def _begins(self, item: Item) -> list[tuple[Expr, int]]:
        start = self.items.instance.term.start
        return [
            (self.at[item.key, n], (column.occasion.first - start).days)
            for n, column in enumerate(item.columns)
        ]

    def displacement(self) -> Expr:
        """People × sessions; what several items push out together counts once."""
        by_meeting: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for item in self.items.items:
            for n, column in enumerate(item.columns):
                for meeting, people in column.pushed.items():
                    by_meeting[meeting].append((item.key, n, people))
        alone: dict[tuple[str, int], int] = defaultdict(int)
        shared: dict[frozenset[tuple[str, int]], int] = defaultdict(int)
        terms: list[tuple[Expr, int]] = []
        for number, users in by_meeting.items():
            everyone = self.items.meetings[number].people
            if len({key for key, _, _ in users}) == 1:
                for key, n, people in users:
                    alone[key, n] += people
            elif all(people >= everyone for _, _, people in users):
                shared[frozenset((key, n) for key, n, _ in users)] += everyone
            else:
                terms.append((self._mixed(users, everyone), 1))
        terms += [(self.at[who], people) for who, people in alone.items()]
        terms += [(self._any_of(some), people) for some, people in shared.items()]
        return weighted(terms)

    def _any_of(self, some: Iterable[tuple[str, int]]) -> Literal:
        """Whether any of some columns is chosen; of one item there is at most one."""
        out = self.cp.new_bool_var("")
        by_item: dict[str, list[Literal]] = defaultdict(list)
        for key, n in some:
            by_item[key].append(self.at[key, n])
        for literals in by_item.values():
            self.cp.add(total(literals) <= out)
        return out

    def _mixed(self, users: list[tuple[str, int, int]], everyone: int) -> Expr:
        """People of a meeting that one item would push out, and others take a part of."""
        lost = self.cp.new_int_var(0, everyone, "")
        whole = self._any_of((key, n) for key, n, people in users if people >= everyone)
        parts = [(self.at[key, n], people) for key, n, people in users if people < everyone]
        most = sum(people for _, people in parts)
        self.cp.add(lost >= weighted(parts) - most * whole)
        self.cp.add(lost >= everyone * whole)
        return lost

    def wishes(self) -> Expr:
        """Dates not wished for, clubs robbed, and events crowded together."""
        terms: list[tuple[Expr, int]] = []
        for item in self.items.items:
            if item.event.wished and not item.rehearsal:
                terms += [
                    (self.at[item.key, n], UNWISHED)
                    for n, column in enumerate(item.columns)
                    if not is_wished(item.event, column.occasion.first)
                ]
        return weighted([*terms, *self._robbed(), *self._crowded(), *self._early()])

    def _early(self) -> list[tuple[Expr, int]]:
        """Weeks from each rehearsal to its event, a week being the least that counts."""
        events = {item.event.name: item for item in self.items.items if not item.rehearsal}
        found: list[tuple[Expr, int]] = []
        for item in self.items.items:
            if item.rehearsal and item.columns:
                days = weighted(self._begins(events[item.event.name]))
                days -= weighted(self._begins(item))
                most = (self.items.instance.term.end - self.items.instance.term.start).days
                found.append((over(self.cp, days, 7, most, 7), EARLY))
        return found

    def _robbed(self) -> list[tuple[Expr, int]]:
        meetings: dict[str, int] = defaultdict(int)
        name_of: dict[int, str] = {}
        for meeting in self.items.meetings:
            if meeting.is_club:
                name = meeting.session.post.activity
                name_of[meeting.number] = name
                meetings[name] += 1
        lost: dict[str, list[tuple[Expr, int]]] = defaultdict(list)
        for item in self.items.items:
            for n, column in enumerate(item.columns):
                count: dict[str, int] = defaultdict(int)
                for number in column.clubs:
                    count[name_of[number]] += 1
                for name, many in count.items():
                    lost[name].append((self.at[item.key, n], many))
        found: list[tuple[Expr, int]] = []
        rules = [rule for rule in self.items.context.rules if isinstance(rule, ClubRobbed)]
        for name, terms in lost.items():
            most = sum(many for _, many in terms)
            for rule in rules:
                if rule.weight and rule.concerns_club(name, self.items.context.demand):
                    part = rule.part_of(meetings[name])
                    found.append((over(self.cp, weighted(terms), part, most, 1), rule.weight))
        return found

    def _crowded(self) -> list[tuple[Expr, int]]:
        """Events beyond the first within two weeks running."""
        of_week: dict[int, list[Literal]] = defaultdict(list)
        events = 0
        for item in self.items.items:
            events += not item.rehearsal
            for n, column in enumerate(item.columns):
                if not item.rehearsal:
                    of_week[column.occasion.days[0].week].append(self.at[item.key, n])
        found: list[tuple[Expr, int]] = []
        for week in sorted(of_week):
            both = total([*of_week[week], *of_week.get(week + 1, ())])
            found.append((over(self.cp, both, 1, events, 1), CROWDED))
        return found
