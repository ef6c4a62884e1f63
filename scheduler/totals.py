"""Posts of a week and of the term against everybody's caps: arithmetic, no solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from constraints.caps import places_on
from instances.demand import Demand, Post
from instances.messages import Label, Message, Template
from instances.people import Person
from instances.words import Kind, Weekday
from scheduler.deficit import Deficit
from scheduler.supply import Supply, bits

Asked = tuple[frozenset[str], tuple[str, ...]]
"""What a post asks of people: skills, and the names it is reserved for."""
Capacities = dict[tuple[tuple[Weekday, int], ...], dict[int, int]]
"""By the weekdays of a week and who is there on each: how much each person could take."""

IN_A_WEEK = Template(
    "第{week}周：{posts}至少共 {needed} 个，他们按各自的上限和意愿最多只能承担 {available} 个，"
    "所以至少 {gap} 个必然空缺。",
    "Week {week}: {posts} come to {needed} at least; by their caps and consent they can take"
    " {available} at most, so at least {gap} must stay open.",
)
IN_THE_TERM = Template(
    "全学期：{posts}至少共 {needed} 次，他们按各自的上限和意愿最多只能承担 {available} 次，"
    "所以至少 {gap} 次必然空缺。",
    "Whole term: {posts} come to {needed} at least; by their caps and consent they can take"
    " {available} at most, so at least {gap} must stay open.",
)
CLUBS = Template(
    "社团：{posts}共 {needed} 个社团岗位，他们按各自的社团上限最多只能带 {available} 个，"
    "所以至少 {gap} 个必然空缺。",
    "Clubs: {posts} come to {needed} posts of clubs; by their limits of clubs they can take"
    " {available} at most, so at least {gap} must stay open.",
)
FOR_NOBODY = Template(
    "没有人具备条件的岗位（{activities}）每周共 {needed} 个，必然空缺。",
    "Posts for which nobody qualifies ({activities}) come to {needed} in a week and must stay"
    " open.",
)
FOR_ALL = Label("由全体教职工承担的岗位", "posts for the whole staff")
WITH_SKILLS = Template(
    "只有具备“{skills}”的人能担任的岗位", "posts that only people with “{skills}” can hold"
)
AMONG = Template("只有{names}能担任的岗位", "posts that only {names} can hold")


@dataclass(frozen=True)
class Shortage:
    """What is known to be missing at one time on some days, among posts that ask for ``asked``."""

    days: int
    gap: int
    asked: frozenset[Asked]


def totals(
    demand: Demand, supply: Supply, able: dict[str, int], known: Sequence[Shortage] = ()
) -> Iterator[Deficit]:
    """Where caps cannot suffice, for each kind of post: its worst week, the term, clubs.

    Parameters
    ----------
    able
        By post key, who could hold the post.
    known
        What is missing at single times anyhow: only what caps add to it is a deficit here.
    """
    count = _Totals(demand, supply, able, known)
    for asked in count.every_asked if count.weeks else ():
        yield from count.deficits(asked)


class _Totals:
    def __init__(
        self,
        demand: Demand,
        supply: Supply,
        able: dict[str, int],
        known: Sequence[Shortage],
    ) -> None:
        self.demand = demand
        self.known = known
        self.supply = supply
        self.able = able
        self.weeks = demand.calendar.of_week
        self.posts: dict[Asked, list[Post]] = defaultdict(list)
        for post in demand.posts:
            self.posts[post.skills, post.listed].append(post)
        self.qualified = {asked: supply.qualified(posts[0]) for asked, posts in self.posts.items()}

    @property
    def every_asked(self) -> list[Asked]:
        """Each set of qualified people once, under the simplest words for it."""
        simplest: dict[int, Asked] = {}
        for asked in sorted(self.posts, key=lambda a: (len(a[1]), sorted(a[0]))):
            simplest.setdefault(self.qualified[asked], asked)
        return list(simplest.values())

    def deficits(self, asked: Asked) -> Iterator[Deficit]:
        """The deficits of all posts that only those who meet ``asked`` could hold."""
        people = self.qualified[asked]
        inside = [other for other in self.posts if not self.qualified[other] & ~people]
        needed = {
            week: sum(self.places[other].get(week, 0) for other in inside) for week in self.weeks
        }
        able = self._able_by_weekday(inside)
        known: Capacities = {}
        capacity = {week: self._capacities(people, able, week, known) for week in self.weeks}
        short = {week: needed[week] - sum(capacity[week].values()) for week in self.weeks}
        anyhow = {week: self._known(inside, days) for week, days in self.weeks.items()}
        worst = max(short, key=lambda week: short[week] - anyhow[week])
        where: dict[str, object] = {"skills": sorted(asked[0]), "people": self.supply.names(people)}
        if not people and needed[worst] > anyhow[worst]:
            activities = list(dict.fromkeys(p.activity for one in inside for p in self.posts[one]))
            what = FOR_NOBODY(activities=activities, needed=needed[worst])
            yield Deficit(what, needed[worst], 0, {"activities": activities, "week": worst})
            return
        if short[worst] > anyhow[worst]:
            facts = where | {"week": worst}
            yield _deficit(IN_A_WEEK, asked, needed[worst], short[worst], facts, week=worst)
        term = 0
        for n in bits(people):
            worked = sum(some.get(n, 0) for some in capacity.values())
            cap = self.supply.people[n].staff.cap_term
            term += worked if cap is None else min(worked, cap)
        whole = sum(needed.values())
        if whole - term > sum(max(short[week], anyhow[week]) for week in self.weeks):
            yield _deficit(IN_THE_TERM, asked, whole, whole - term, where)
        yield from self._clubs(asked, inside, people, where)

    def _known(self, inside: list[Asked], days: int) -> int:
        """What is missing on some days anyhow, among posts of these kinds alone."""
        return sum(
            shortage.gap * (shortage.days & days).bit_count()
            for shortage in self.known
            if shortage.asked <= set(inside)
        )

    @cached_property
    def places(self) -> dict[Asked, dict[int, int]]:
        """Places that exist whatever is chosen, by what they ask and week."""
        by_week: dict[object, list[int]] = {}
        found: dict[Asked, dict[int, int]] = {}
        for asked, posts in self.posts.items():
            weeks = [0] * len(self.weeks)
            lines: dict[str, list[list[int]]] = defaultdict(list)
            for post in posts:
                if post.need is None:
                    shape = post.footprint
                    if shape not in by_week:
                        by_week[shape] = [places_on(post, days) for days in self.weeks.values()]
                    lines[post.line].append(by_week[shape])
            for copies in lines.values():
                least = copies[0] if len(copies) == 1 else map(min, *copies)
                weeks = [sum(both) for both in zip(weeks, least, strict=True)]
            found[asked] = dict(zip(self.weeks, weeks, strict=True))
        return found

    def _able_by_weekday(self, inside: list[Asked]) -> dict[Weekday, list[int]]:
        """For each time of a weekday, who could be in one of the posts."""
        able: dict[tuple[Weekday, str], int] = defaultdict(int)
        for asked in inside:
            for post in self.posts[asked]:
                for block in post.blocks:
                    for slot in block.slots:
                        able[slot] |= self.able[post.key]
        found: dict[Weekday, list[int]] = defaultdict(list)
        for moment in self.demand.moments:
            people = 0
            for segment in moment.segments:
                people |= able.get((moment.weekday, segment), 0)
            found[moment.weekday].append(people)
        return found

    def _capacities(
        self, people: int, able: dict[Weekday, list[int]], week: int, known: Capacities
    ) -> dict[int, int]:
        """For each person, how many places they could take in a week by caps and consent.

        Weeks with the same weekdays and people are alike, and ``known`` once.
        """
        index = self.demand.calendar.index
        days = tuple(
            (day.weekday, people & ~self.supply.absent(index[day.date]))
            for day in self.demand.calendar.dates(self.weeks[week])
        )
        if days not in known:
            found: dict[int, int] = defaultdict(int)
            for weekday, here in days:
                for n in bits(here):
                    times = sum(some >> n & 1 for some in able.get(weekday, ()))
                    cap = self.supply.people[n].staff.cap_day
                    found[n] += times if cap is None else min(times, cap)
            known[days] = {n: _capped(self.supply.people[n], some) for n, some in found.items()}
        return known[days]

    def _clubs(
        self, asked: Asked, inside: list[Asked], people: int, where: dict[str, object]
    ) -> Iterator[Deficit]:
        """Club posts against the number of clubs that each person may have."""
        posts = [p for other in inside for p in self.posts[other] if p.kind is Kind.CLUB]
        lines = {post.line for post in posts}
        could = 0
        for post in posts:
            could |= self.able[post.key]
        caps = [self.supply.people[n].staff.cap_clubs for n in bits(could & people)]
        limits = [cap for cap in caps if cap is not None]
        if limits and len(limits) == len(caps) and sum(limits) < len(lines):
            clubs = sorted({post.activity for post in posts})
            facts = where | {"activities": clubs}
            yield _deficit(CLUBS, asked, len(lines), len(lines) - sum(limits), facts)


def _deficit(
    form: Template, asked: Asked, needed: int, gap: int, where: dict[str, object], **facts: object
) -> Deficit:
    available = needed - gap
    what = form(posts=_words(asked), needed=needed, available=available, gap=gap, **facts)
    return Deficit(what, needed, available, dict(where))


def _words(asked: Asked) -> Label | Message:
    skills, names = asked
    if names:
        return AMONG(names=names)
    return WITH_SKILLS(skills=sorted(skills)) if skills else FOR_ALL


def _capped(person: Person, places: int) -> int:
    cap = person.staff.cap_week
    return places if cap is None else min(places, cap)
