"""What each person has taken on, by moment and date, for whoever fills posts one at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from constraints.caps import places_on
from constraints.clash import days_at
from constraints.context import Context
from instances.demand import Post
from instances.words import Kind


@dataclass
class _Taken:
    at: dict[int, list[tuple[int, Post]]] = field(default_factory=lambda: defaultdict(list))
    posts: list[Post] = field(default_factory=list)
    load: int = 0
    weeks: Counter[int] = field(default_factory=Counter)
    fullest: int = 0


class Diary:
    """Who holds what, and who could still take a post without a clash and within their caps."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.taken: dict[str, _Taken] = {key: _Taken() for key in context.people}
        self._times: dict[object, tuple[tuple[int, int], ...]] = {}
        self._weeks: dict[object, tuple[tuple[int, int], ...]] = {}

    def clashing(self, key: str, post: Post) -> list[Post]:
        """What a person holds at the times of a post."""
        at = self.taken[key].at
        found: dict[int, Post] = {}
        for moment, days in self._times_of(post):
            for mask, other in at.get(moment, ()):
                if mask & days:
                    found[id(other)] = other
        return list(found.values())

    def is_free(self, key: str, post: Post) -> bool:
        """Whether a person could hold a post besides what they hold."""
        at = self.taken[key].at
        for moment, days in self._times_of(post):
            for mask, _ in at.get(moment, ()):
                if mask & days:
                    return False
        return self.within_caps(key, post)

    def within_caps(self, key: str, post: Post, without: Post | None = None) -> bool:
        """Whether a post fits a person's caps, with one of theirs given up."""
        person = self.context.people[key]
        staff, mine = person.staff, self.taken[key]
        others = [other for other in mine.posts if other is not without]
        if staff.cap_term is not None:
            total = sum(other.size for other in others)
            if person.worked + total + post.size > staff.cap_term:
                return False
        if staff.cap_clubs is not None and post.kind is Kind.CLUB:
            clubs = {o.activity for o in others if o.kind is Kind.CLUB} | {post.activity}
            if len(clubs) > staff.cap_clubs:
                return False
        if staff.cap_week is not None and not self._week_has_room(key, post, without):
            return False
        return staff.cap_day is None or self._day_has_room(staff.cap_day, post, others)

    def _week_has_room(self, key: str, post: Post, without: Post | None) -> bool:
        """Whether no week has more places than the cap; all at once where the fullest has room."""
        person, mine = self.context.people[key], self.taken[key]
        cap = person.staff.cap_week or 0
        weeks = self._weeks_of(post)
        if not person.worked and mine.fullest + max((n for _, n in weeks), default=0) <= cap:
            return True
        less = dict(self._weeks_of(without)) if without else {}
        return all(
            places + person.worked_in(week) + mine.weeks[week] - less.get(week, 0) <= cap
            for week, places in weeks
        )

    def take(self, key: str, post: Post) -> None:
        mine = self.taken[key]
        mine.posts.append(post)
        mine.load += post.load
        self._count(mine, post, 1)
        for moment, days in self._times_of(post):
            mine.at[moment].append((days, post))

    def give_up(self, key: str, post: Post) -> None:
        mine = self.taken[key]
        mine.posts.remove(post)
        mine.load -= post.load
        self._count(mine, post, -1)
        for moment, _ in self._times_of(post):
            mine.at[moment] = [
                (days, other) for days, other in mine.at[moment] if other is not post
            ]

    def _count(self, mine: _Taken, post: Post, sign: int) -> None:
        for week, places in self._weeks_of(post):
            mine.weeks[week] += sign * places
        mine.fullest = max(mine.weeks.values(), default=0)

    def _day_has_room(self, cap: int, post: Post, others: list[Post]) -> bool:
        """Whether no date of a post has more places than the cap (posts repeat by weekday)."""
        near = [other for other in others if other.dates & post.dates]
        if not near:
            return True
        rest = post.dates
        while rest:
            bit = rest & -rest
            same = post.dates
            for other in near:
                same &= other.dates if other.dates & bit else ~other.dates
            if sum(places_on(other, bit) for other in (post, *near)) > cap:
                return False
            rest &= ~same
        return True

    def _weeks_of(self, post: Post) -> tuple[tuple[int, int], ...]:
        """The weeks in which a post takes any places, and how many."""
        if post.footprint not in self._weeks:
            weeks = self.context.demand.calendar.of_week.items()
            pairs = ((week, places_on(post, days)) for week, days in weeks)
            self._weeks[post.footprint] = tuple((week, n) for week, n in pairs if n)
        return self._weeks[post.footprint]

    def _times_of(self, post: Post) -> tuple[tuple[int, int], ...]:
        key = (post.blocks, post.dates)
        if key not in self._times:
            moments = enumerate(self.context.demand.moments)
            pairs = ((number, days_at(post, moment)) for number, moment in moments)
            self._times[key] = tuple((number, days) for number, days in pairs if days)
        return self._times[key]
