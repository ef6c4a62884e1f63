"""Who works at events: by consent and skill, with as little disturbed as can be, fairly."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.model import Expr, Literal, over, total, weighted
from instances.at_events import AtEvents, Going
from instances.demand import UNIT
from instances.event_consent import agreed_to, wish_for
from instances.event_dates import Clock, overlap
from instances.events import EventPost, HeldEvent, event_posts, kind_of_post
from instances.people import Person
from instances.timetable import Expansion, Session, Timetable
from instances.words import TIERS, Level
from scheduler.events.gaps import EventGap, event_gaps
from scheduler.events.items import is_busy
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Settings, search

EFFORT = Effort(deterministic=6, share=0.15, seconds=4)
DISTURBED = (8, 6, 4, 2, 1)
"""What one own session costs that somebody else must cover, by tier."""
WISH = {Level.PREFERS: 0, Level.WILLING: 2, Level.RATHER_NOT: 8}
Ban = tuple[str, str]
"""An event and somebody who is needed elsewhere then."""


@dataclass(frozen=True)
class Staffed:
    """The events with their people, the posts that stay open and why, and a bound of their
    number."""

    events: tuple[HeldEvent, ...]
    open_posts: int
    bound: int
    gaps: tuple[EventGap, ...] = ()


def may_work_at(context: Context, person: Person, one: Going, post: EventPost) -> bool:
    """Whether somebody may be given a post of an event on its dates, by all that is about them."""
    event, staff = one.event, person.staff
    if not agreed_to(staff, event) or not set(post.skills) <= set(staff.skills):
        return False
    if event.waived and staff.outside and wish_for(staff, event) is None:
        if staff.key not in event.agreed:
            return False  # hours of teaching are not theirs
    calendar = context.demand.calendar
    return not any(person.absent & (1 << calendar.index[date]) for date in one.held.dates)


class Staffing:
    """One model over the posts of all events.

    ``kept``: events (keys) whose people stay as far as they may; ``bans``: who is needed
    elsewhere while an event is on.
    """

    def __init__(self, context: Context, timetable: Timetable, bans: Collection[Ban]) -> None:
        self.context = context
        self.timetable = timetable
        self.bans = bans
        self.at = AtEvents(context.demand, timetable.events)
        since = context.history.since if context.history else None
        self.events = [
            one
            for one in self.at.everything
            if not one.held.rehearsal and (since is None or one.held.dates[0] >= since)
        ]
        self.clocks: dict[str, dict[dt.date, Clock]] = defaultdict(dict)
        for one in self.at.everything:
            for date in one.held.dates:
                for clock, other in self.at.on(date):
                    if other.key == one.key:
                        self.clocks[one.key][date] = clock
        self.sessions = self._by_person(Expansion(context.demand, timetable).sessions)
        self.cp = cp_model.CpModel()
        self.takes: dict[tuple[str, str, str], Literal] = {}
        for one in self.events:
            self._posts(one)
        self._once()

    def _by_person(self, sessions: Collection[Session]) -> dict[str, list[Session]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in sessions:
            if session.staff is not None and session.takes_place:
                found[session.staff].append(session)
        return found

    def _posts(self, one: Going) -> None:
        for post in event_posts(one.event):
            own = one.held.staff.get(post.key)
            able = [key for key in self.context.people if self.can(key, one, post)]
            for key in [own] if own in able and own is not None else able:
                self.takes[one.key, post.key, key] = self.cp.new_bool_var("")

    def can(self, key: str, one: Going, post: EventPost) -> bool:
        """Whether somebody may have a post, whatever else they could do at that time."""
        if key in one.event.people or (one.key, key) in self.bans:
            return False
        person = self.context.people[key]
        if not may_work_at(self.context, person, one, post):
            return False
        return one.held.whole_day or not any(
            self._busy(person, one, date) for date in one.held.dates
        )

    def _busy(self, person: Person, one: Going, date: dt.date) -> bool:
        calendar = self.context.demand.calendar
        day = calendar.days[calendar.index[date]]
        gap = self.context.instance.term.changeover_minutes
        return is_busy(person, day, self.clocks[one.key][date], gap)

    def _once(self) -> None:
        """One person for a post, and nobody at two events, or twice at one."""
        by_post: dict[object, list[Literal]] = defaultdict(list)
        by_person: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        for (event, post, key), literal in self.takes.items():
            by_post[event, post].append(literal)
            by_person[key][event].append(literal)
        for literals in by_post.values():
            self.cp.add_at_most_one(literals)
        for key, events in by_person.items():
            for event, literals in events.items():
                self.cp.add_at_most_one(literals)
                for other in self.at.everything:
                    if other.key != event and self._meet(event, other.key):
                        if key in other.event.people:
                            self.cp.add(total(literals) == 0)
                        elif event < other.key and other.key in events:
                            self.cp.add(total(literals) + total(events[other.key]) <= 1)

    def _meet(self, one: str, other: str) -> bool:
        clocks = self.clocks[other]
        return any(
            date in clocks and overlap(clock, clocks[date])
            for date, clock in self.clocks[one].items()
        )

    def solve(self, control: Control, settings: Settings) -> Staffed:
        """Fewest posts open by tier, then least disturbed, then wishes and fairness of load."""
        alone = Settings(workers=1, seed=settings.seed)
        bound, best, decided, ended = 0, None, 0, False
        for number, tier in enumerate(self._open_by_tier()):
            found = search(self.cp, tier, control, alone, EFFORT, Stage.EVENTS)
            bound += found.bound
            if found.solution is None:
                ended = True
                break
            best = found
            decided += found.proved and decided == number
            if not isinstance(tier, int):
                self.cp.add(tier <= found.value)
        for objective in (self._disturbed(), self._quality()):
            if best is not None:
                self.cp.clear_hints()  # type: ignore[no-untyped-call]
                for literal in self.takes.values():
                    self.cp.add_hint(literal, best.true(literal))
            found = search(self.cp, objective, control, alone, EFFORT, Stage.EVENTS)
            if found.solution is None:
                break
            best = found
            if not isinstance(objective, int):
                self.cp.add(objective <= found.value)
        taken = {(e, p): k for (e, p, k), lit in self.takes.items() if best and best.true(lit)}
        if ended:
            taken |= self._by_those_free(taken)
        gaps = tuple(event_gaps(self, taken, decided))
        return replace(self._staffed(taken, bound), gaps=gaps)

    def _by_those_free(self, known: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """For each other post whoever had it, or has nothing else to do then: where the search
        ended before it found anything. Nobody is taken from the service."""
        costs, events = self._costs(), {one.key: one for one in self.events}
        could: dict[tuple[str, str], list[str]] = defaultdict(list)
        for event, post, key in self.takes:
            had = events[event].held.staff.get(post) == key
            if (event, post) not in known and (had or not costs[event, key]):
                could[event, post].append(key)
        busy: dict[str, set[str]] = defaultdict(set)
        for other in self.at.everything:
            for key in other.event.people:
                busy[key].add(other.key)
        for (event, _), key in known.items():
            busy[key].add(event)
        tier = {
            (one.key, post.key): post.role.tier
            for one in self.events
            for post in event_posts(one.event)
        }
        taken: dict[tuple[str, str], str] = {}
        order = sorted(could.items(), key=lambda item: (tier[item[0]], len(item[1])))
        for (event, post), keys in order:
            free = [
                key
                for key in keys
                if not any(event == other or self._meet(event, other) for other in busy[key])
            ]
            if free:
                taken[event, post] = min(free, key=lambda key: (len(busy[key]), key))
                busy[taken[event, post]].add(event)
        return taken

    def _staffed(self, taken: Mapping[tuple[str, str], str], bound: int) -> Staffed:
        here = {one.key: one for one in self.events}
        events, missing = [], 0
        for held in self.timetable.events:
            one = here.get(held.key)
            if one is None:
                events.append(held)
                continue
            posts = [post.key for post in event_posts(one.event)]
            staff = {post: taken[held.key, post] for post in posts if (held.key, post) in taken}
            if not held.staff:
                staff = _first_ones(posts, staff)
            missing += len(posts) - len(staff)
            events.append(held.model_copy(update={"staff": staff}))
        return Staffed(tuple(events), missing, min(bound, missing))

    def _open_by_tier(self) -> list[Expr]:
        tiers: list[list[Expr]] = [[] for _ in TIERS]
        for one in self.events:
            for post in event_posts(one.event):
                literals = [
                    literal
                    for (event, name, _), literal in self.takes.items()
                    if (event, name) == (one.key, post.key)
                ]
                tiers[post.role.tier].append(1 - total(literals))
        return [total(tier) for tier in tiers]

    def _disturbed(self) -> Expr:
        """Own sessions at the time, which others must cover."""
        costs = self._costs()
        return weighted((lit, costs[e, k]) for (e, _, k), lit in self.takes.items())

    def _costs(self) -> dict[tuple[str, str], int]:
        """For each event and person what own sessions at the time cost."""
        costs: dict[tuple[str, str], int] = {}
        for event, _, key in self.takes:
            if (event, key) not in costs:
                costs[event, key] = sum(
                    DISTURBED[session.post.role.tier]
                    for session in self.sessions.get(key, ())
                    if session.date in self.clocks[event]
                    and overlap(self.clocks[event][session.date], (session.start, session.end))
                )
        return costs

    def _quality(self) -> Expr:
        """Wishes for the event, and load above the fair share, the more the further above."""
        context = self.context
        terms: list[tuple[Expr, int]] = []
        gained: dict[str, list[tuple[Expr, int]]] = defaultdict(list)
        events = {one.key: one.event for one in self.events}
        for (event, _, key), literal in self.takes.items():
            said = wish_for(context.people[key].staff, events[event])
            terms.append((literal, WISH.get(said or Level.WILLING, 0)))
            gained[key].append((literal, int(events[event].units * UNIT)))
        step = max(1, context.weekly_post // 10)
        for key, more in gained.items():
            share = context.shares.get(key)
            if share is None:
                terms += [(literal, 1) for literal, _ in more]
                continue
            load = context.people[key].worked_load
            load += sum(session.load for session in self.sessions.get(key, ()))
            most = load + sum(units for _, units in more)
            for limit in (share - context.weekly_post, share, share + context.weekly_post):
                now = total([weighted(more), load])
                terms.append((over(self.cp, now, limit, most, step), 1))
        return weighted(terms)


def _first_ones(posts: list[str], staff: Mapping[str, str]) -> dict[str, str]:
    """The same people, so that of posts that are alike the first are filled."""
    found: dict[str, str] = {}
    for kind in dict.fromkeys(map(kind_of_post, posts)):
        alike = [post for post in posts if kind_of_post(post) == kind]
        found |= dict(zip(alike, sorted(staff[p] for p in alike if p in staff), strict=False))
    return found
