"""Pre-flight arithmetic: where people cannot suffice, proved by counting. No solver.

For every time of every date: the posts that must be staffed whatever is chosen (care counted as
if every club that could meet then did), matched with the people who agree, qualify, are at
school and have no fixed duty. Then whole weeks and the term, against everybody's caps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from instances.blocks import Block, Moment
from instances.demand import Demand, Option, Post
from instances.derivation import derive
from instances.messages import Template
from instances.school import Instance
from instances.words import Weekday
from scheduler.club_rooms import club_room_deficits
from scheduler.deficit import Deficit
from scheduler.pin_supply import pin_deficits
from scheduler.room_supply import closed_uses, room_deficits
from scheduler.supply import Matching, Supply, bits
from scheduler.times import in_order, segments_of, when
from scheduler.totals import Shortage, totals

FEW_NAMES = 8

AT_ONCE = Template(
    "{when}：{activities}共需 {needed} 人，愿意、符合条件且没有其他事务的只有"
    " {available} 人{names}，所以至少 {gap} 个岗位必然空缺。",
    "{when}: {activities} need {needed} people, but only {available} agree, qualify and are free"
    "{names}, so at least {gap} posts must stay open.",
)
NOBODY = Template(
    "{when}：{activities}共需 {needed} 人，却没有一个符合条件的人愿意而且有空，"
    "所以 {gap} 个岗位必然空缺。",
    "{when}: {activities} need {needed} people, but nobody who qualifies agrees and is free, so"
    " {gap} posts must stay open.",
)
NAMES = Template("（{names}）", " ({names})")
NOBODY_LEADS = Template(
    "“{activity}”（{role}）：没有一个符合条件的人同意它的任何一个可选时段，所以必然空缺。",
    "{activity} ({role}): nobody who qualifies agrees to any of its slots, so it must stay open.",
)
CLOSED = Template(
    "“{activity}”：能用的场地（{rooms}）在它可以举行的日期全部关闭，所以必然无法举行。",
    "{activity}: every room it may use ({rooms}) is closed whenever it could meet, so it cannot.",
)
NO_ROOM = Template(
    "“{activity}”：没有容得下 {children} 人且具备所需设施的场地，所以必然无法举行。",
    "{activity}: no room holds {children} children and has what it needs, so it cannot meet.",
)


@dataclass(frozen=True)
class Slot:
    """Supply and demand at one time of the week, on its tightest date.

    ``needed`` posts are staffed whatever is chosen; ``most`` with every movable activity that
    may meet then, and no child gone to a club.
    """

    weekday: Weekday
    segments: tuple[str, ...]
    needed: int
    most: int
    available: int

    @property
    def spare(self) -> int:
        return self.available - self.needed

    def to_json(self) -> dict[str, Any]:
        return {
            "weekday": int(self.weekday),
            "segments": list(self.segments),
            "needed": self.needed,
            "most": self.most,
            "available": self.available,
        }


@dataclass(frozen=True)
class Preflight:
    """What counting alone says of a school."""

    slots: tuple[Slot, ...]
    deficits: tuple[Deficit, ...]


def preflight(instance: Instance) -> Preflight:
    """Supply against demand, slot by slot, week by week, and over the term."""
    return _Count(derive(instance)).run()


@dataclass(frozen=True)
class _Kind:
    """Places alike at one time of the week: who is able, where exactly, on which dates."""

    able: int
    slots: tuple[tuple[Weekday, str], ...]
    dates: int


@dataclass(frozen=True)
class _Place(_Kind):
    """One place of a kind."""

    post: Post


@dataclass(frozen=True)
class _Lack:
    """Places at a time of the week that too few people could fill; ``people``: their mask."""

    weekday: Weekday
    segments: frozenset[str]
    activities: tuple[str, ...]
    needed: int
    people: int


@dataclass
class _Where:
    """The days and classes of a lack: what is the same on several dates is said once."""

    days: int = 0
    classes: set[str] = field(default_factory=set)


class _Count:
    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.supply = Supply(demand)
        self.able = {post.key: self.supply.able(post) for post in demand.posts}
        self.short: list[Shortage] = []
        self.lacks: dict[_Lack, _Where] = defaultdict(_Where)
        self._weekdays = {p.blocks: {block.weekday for block in p.blocks} for p in demand.posts}

    def run(self) -> Preflight:
        moments = in_order(self.demand, self.demand.moments)
        slots = [slot for slot in map(self._moment, moments) if slot.most]
        lacks = [self._deficit(lack, where) for lack, where in self._at_all_times().items()]
        short = totals(self.demand, self.supply, self.able, self.short)
        pins = pin_deficits(self.demand, self.supply, self.able)
        rooms = (*room_deficits(self.demand), *club_room_deficits(self.demand))
        return Preflight(tuple(slots), (*pins, *rooms, *lacks, *self._unheld(), *short))

    @cached_property
    def _sure(self) -> tuple[Post, ...]:
        """Posts that exist whatever is chosen."""
        return tuple(p for p in self.demand.posts if p.option is None and p.need is None)

    def _moment(self, moment: Moment) -> Slot:
        """One time of the week, on its tightest date; notes the posts nobody can be found for."""
        kinds = _alike([*self._places(moment, self._sure), *self._settled(moment)])
        most = self._most(moment)
        seen: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
        for day in bits(moment.days):
            here = [(kind, some) for kind, some in kinds.items() if kind.dates >> day & 1]
            counted = ((len(some), k.able & self.supply.free(k.slots, day)) for k, some in here)
            seen[tuple(counted)].append(day)
        tightest = Slot(moment.weekday, segments_of(self.demand, moment), 0, most, 0)
        for counts, days in seen.items():
            needed, people = 0, 0
            for count, who in counts:
                needed += count
                people |= who
            slot = replace(tightest, needed=needed, available=people.bit_count())
            if not tightest.needed or slot.spare < tightest.spare:
                tightest = slot
            posts = [some for kind, some in kinds.items() if kind.dates >> days[0] & 1]
            self._note(moment, list(counts), posts, days)
        return tightest

    def _settled(self, moment: Moment) -> Iterator[_Place]:
        """Places of movable activities that cannot but meet at a time, whoever may lead them."""
        for name, options in self.demand.options.items():
            if not options or not all(_meets(option.blocks, moment) for option in options):
                continue
            lines: dict[str, list[_Place]] = defaultdict(list)
            for option in options:
                posts = self.demand.posts_of_option.get((name, option.index), ())
                for place in self._places(moment, posts):
                    lines[place.post.line].append(place)
            for copies in lines.values():
                first, *others = copies
                if len(copies) == len(options) and all(o.slots == first.slots for o in others):
                    able, dates = first.able, first.dates
                    for other in others:
                        able, dates = able | other.able, dates & other.dates
                    yield replace(first, able=able, dates=dates)

    def _places(self, moment: Moment, posts: Iterable[Post]) -> Iterator[_Place]:
        """The places of some posts at a time of the week."""
        for post in posts:
            if moment.weekday not in self._weekdays[post.blocks]:
                continue
            dates, slots = 0, []
            for block, (days, _) in zip(post.blocks, post.units, strict=True):
                if _meets([block], moment):
                    dates |= days & moment.days
                    slots += [slot for slot in block.slots if slot[1] in moment.segments]
            if dates:
                yield _Place(self.able[post.key], tuple(slots), dates, post)

    def _most(self, moment: Moment) -> int:
        """The most posts on a date, if every option that could be here were."""
        lines: dict[str, int] = defaultdict(int)
        for place in self._places(moment, self.demand.posts):
            lines[place.post.line] |= place.dates
        counts = Counter(lines.values()).items()
        days = bits(moment.days)
        return max((sum([n for dates, n in counts if dates >> d & 1]) for d in days), default=0)

    def _note(
        self, moment: Moment, kinds: list[tuple[int, int]], here: list[list[Post]], days: list[int]
    ) -> None:
        """Remember the sets of posts on some days that outnumber all who could fill them."""
        for found, people in Matching(kinds).short():
            needed = sum(kinds[k][0] for k in found)
            posts = [post for k in found for post in here[k]]
            asked = frozenset((post.skills, post.listed) for post in posts)
            gap = needed - people.bit_count()
            self.short.append(Shortage(sum(1 << day for day in days), gap, asked))
            activities = tuple(dict.fromkeys(post.activity for post in posts))
            lack = _Lack(moment.weekday, moment.segments, activities, needed, people)
            where = self.lacks[lack]
            where.days |= sum(1 << day for day in days)
            where.classes.update(name for post in posts for name in post.classes)

    def _at_all_times(self) -> dict[_Lack, _Where]:
        """The lacks, those of several times of a weekday on the same dates as one."""
        found: dict[object, tuple[_Lack, _Where]] = {}
        for lack, where in self.lacks.items():
            key = (replace(lack, segments=frozenset()), where.days)
            known, classes = found.get(key, (lack, _Where()))
            both = replace(lack, segments=known.segments | lack.segments)
            found[key] = both, _Where(where.days, classes.classes | where.classes)
        return dict(found.values())

    def _deficit(self, lack: _Lack, where: _Where) -> Deficit:
        names = self.supply.names(lack.people)
        every = 0
        for moment in self.demand.moments:
            if moment.weekday is lack.weekday and moment.segments & lack.segments:
                every |= moment.days
        moment = Moment(lack.weekday, every, lack.segments)
        dates = [self.demand.calendar.days[day].date for day in bits(where.days)]
        facts = {
            "when": when(self.demand, moment, dates),
            "activities": lack.activities,
            "needed": lack.needed,
            "gap": lack.needed - len(names),
        }
        few = NAMES(names=names) if len(names) <= FEW_NAMES else ""
        what = AT_ONCE(**facts, available=len(names), names=few) if names else NOBODY(**facts)
        told = {
            "weekday": int(lack.weekday),
            "segments": list(segments_of(self.demand, moment)),
            "dates": [date.isoformat() for date in dates],
            "activities": list(lack.activities),
            "classes": sorted(where.classes),
        }
        return Deficit(what, lack.needed, len(names), told)

    def _unheld(self) -> Iterator[Deficit]:
        """Movable activities that have no room, or a post that nobody could ever hold."""
        for name, options in self.demand.options.items():
            where: dict[str, Any] = {"activities": [name]}
            children = sum(self.demand.taken[name].values())
            known = {room for option in options for room in option.rooms}
            if options and children and not known:
                yield Deficit(NO_ROOM(activity=name, children=children), 1, 0, where, "rooms")
            elif known and all(self._shut(option) for option in options):
                rooms = sorted(known)
                what = CLOSED(activity=name, rooms=rooms)
                yield Deficit(what, 1, 0, where | {"rooms": rooms}, "rooms")
            lines: dict[str, int] = defaultdict(int)
            roles = {}
            for option in options:
                for post in self.demand.posts_of_option.get((name, option.index), ()):
                    lines[post.line] |= self.able[post.key]
                    roles[post.line] = post.role
            for line, who in lines.items():
                if not who and name not in self._said:
                    yield Deficit(NOBODY_LEADS(activity=name, role=roles[line]), 1, 0, where)

    def _shut(self, option: Option) -> bool:
        """Whether all rooms of an option are closed on all its dates."""
        return set(option.rooms) <= self._closed.get((option.activity, option.index), frozenset())

    @cached_property
    def _closed(self) -> dict[tuple[str, int], frozenset[str]]:
        return closed_uses(self.demand)

    @cached_property
    def _said(self) -> set[str]:
        """Movable activities that are counted at a time of their own already."""
        return {p.post.activity for m in self.demand.moments for p in self._settled(m)}


def _meets(blocks: Iterable[Block], moment: Moment) -> bool:
    return any(
        block.weekday is moment.weekday and not moment.segments.isdisjoint(block.segments)
        for block in blocks
    )


def _alike(places: Iterable[_Place]) -> dict[_Kind, list[Post]]:
    """The posts of each kind, put together where the same people could fill them."""
    found: dict[_Kind, list[Post]] = defaultdict(list)
    for place in places:
        found[_Kind(place.able, place.slots, place.dates)].append(place.post)
    return found
