"""Random timetables of a school: orderly ones that keep the musts, and wild ones that do not."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from constraints.context import Context
from instances.blocks import minutes
from instances.demand import Option, Post
from instances.merging import can_join, meeting_of
from instances.timetable import DatedChange, Expansion, Place, Placement, Session, Timetable, expand
from instances.words import Kind


def orderly(rng: random.Random, context: Context) -> Timetable:
    """A timetable in which everybody holds only what all musts about people let them hold.

    Sessions of absent holders are covered by somebody else, or open.
    """
    timetable = _filled(rng, context, _placements(rng, context))
    return with_covers(rng, context, timetable)


def wild(rng: random.Random, context: Context) -> Timetable:
    """An orderly timetable in which a few posts have been given to anybody."""
    timetable = _filled(rng, context, _placements(rng, context))
    holders = dict(timetable.holders)
    lines = [session.post.line for session in expand(context.demand, timetable)]
    for line in rng.sample(lines, min(len(lines), rng.randint(0, 3))):
        holders[line] = rng.choice(list(context.people))
    return pruned(context, timetable.model_copy(update={"holders": holders}))


def in_other_rooms(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """The same timetable with some meetings in other rooms, suitable or not."""

    def other(activity: str, room: str | None) -> str | None:
        rooms = _imaginable(context, activity)
        return rng.choice(rooms) if rooms and rng.random() < 0.3 else room

    return _moved(context, timetable, other)


def without_rooms(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """The same timetable with some meetings in no room yet."""
    return _moved(context, timetable, lambda _, room: None if rng.random() < 0.1 else room)


def with_merged_groups(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """The same timetable with some groups in care merged, each on one date."""
    meetings: dict[object, list[Session]] = defaultdict(list)
    for session in expand(context.demand, timetable):
        meetings[meeting_of(session)].append(session)
    groups = list(meetings.values())
    changes = dict(timetable.changes)
    for one in rng.sample(groups, min(len(groups), 6)):
        hosts = [other for other in groups if can_join(one[0], other[0])]
        if hosts and not any(session.key in changes for session in one):
            host = rng.choice(hosts)[0].key
            changes |= {session.key: DatedChange(into=host) for session in one}
    return timetable.model_copy(update={"changes": changes})


def _moved(
    context: Context, timetable: Timetable, room_of: Callable[[str, str | None], str | None]
) -> Timetable:
    """The timetable with the rooms of all groups that ever meet chosen anew."""
    sessions = expand(context.demand, timetable)
    placements, rooms = dict(timetable.placements), dict(timetable.rooms)
    for activity in sorted({session.post.activity for session in sessions} & set(placements)):
        room = room_of(activity, placements[activity].room)
        placements[activity] = placements[activity].model_copy(update={"room": room})
    for group in sorted({session.post.group or "" for session in sessions} & set(rooms)):
        other = room_of(group.split("@")[0], rooms.pop(group))
        if other is not None:
            rooms[group] = other
    return timetable.model_copy(update={"placements": placements, "rooms": rooms})


def _imaginable(context: Context, activity: str) -> list[str]:
    """Rooms of any size. An activity that names neither rooms nor features is not offered the
    home rooms of other classes or rooms with features, though no check would mind."""
    instance = context.instance
    named = instance.activity_by_name[activity]
    homes = {school_class.room for school_class in instance.classes}
    mine = {school_class.room for school_class in instance.attending(named)}
    return [
        name
        for name, room in instance.room_by_name.items()
        if named.rooms or named.features or name in mine or not (room.features or name in homes)
    ]


def placed(option: Option, room: str | None) -> Placement:
    """An option of a movable activity as a timetable writes it."""
    places = tuple(Place(weekday=b.weekday, segments=b.segments) for b in option.blocks)
    return Placement(places=places, room=room)


def pruned(context: Context, timetable: Timetable) -> Timetable:
    """Without holders of posts that have no session: nobody needs them in this pattern."""
    live = {session.post.line for session in expand(context.demand, timetable)}
    holders = {line: staff for line, staff in timetable.holders.items() if line in live}
    if len(holders) == len(timetable.holders):
        return timetable
    return pruned(context, timetable.model_copy(update={"holders": holders}))


def _placements(rng: random.Random, context: Context) -> Timetable:
    """Where movable activities meet, mostly, and rooms for those who have a choice."""
    demand = context.demand
    placements = {}
    for activity, options in demand.options.items():
        usable = [option for option in options if option.rooms]
        if usable and rng.random() < 0.9:
            option = rng.choice(usable)
            placements[activity] = placed(option, rng.choice(option.rooms))
    rooms = {group: rng.choice(names) for group, names in demand.group_rooms.items() if names}
    return Timetable(placements=placements, rooms=rooms)


def _filled(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """Clubs first: who leads them decides how many children stay in care."""
    diary = _Diary(context)
    holders: dict[str, str] = {}
    clubs = [p for p in Expansion(context.demand, timetable).active_posts if p.option is not None]
    for care in (False, True):
        posts = clubs
        if care:
            sessions = expand(
                context.demand, timetable.model_copy(update={"holders": dict(holders)})
            )
            posts = list(dict.fromkeys(s.post for s in sessions if s.post.option is None))
        rng.shuffle(posts)
        for post in posts:
            people = list(context.admitted(post))
            rng.shuffle(people)
            free = next((key for key in people if diary.can_take(key, post)), None)
            if free is not None and rng.random() < 0.9:
                holders[post.line] = free
                diary.take(free, post)
    return timetable.model_copy(update={"holders": holders})


@dataclass
class _Week:
    """What one person has taken on: clock intervals by day, and counts for the caps."""

    times: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    weeks: Counter[int] = field(default_factory=Counter)
    clubs: set[str] = field(default_factory=set)


class _Diary:
    """Who is where, kept by date and clock, without the model's ideas of moments and cliques."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.taken: dict[str, _Week] = defaultdict(_Week)

    def can_take(self, key: str, post: Post) -> bool:
        staff, mine = self.context.people[key].staff, self.taken[key]
        times = self._times(post)
        gap = self.context.instance.term.changeover_minutes
        for day, intervals in times.items():
            for start, end in intervals:
                if any(start < e + gap and s < end + gap for s, e in mine.times[day]):
                    return False
            if staff.cap_day is not None and len(intervals) + len(mine.times[day]) > staff.cap_day:
                return False
        weeks = mine.weeks + self._weeks(times)
        if staff.cap_week is not None and max(weeks.values(), default=0) > staff.cap_week:
            return False
        if staff.cap_term is not None and weeks.total() > staff.cap_term:
            return False
        clubs = mine.clubs | ({post.activity} if post.kind is Kind.CLUB else set())
        return staff.cap_clubs is None or len(clubs) <= staff.cap_clubs

    def take(self, key: str, post: Post) -> None:
        mine, times = self.taken[key], self._times(post)
        for day, intervals in times.items():
            mine.times[day] += intervals
        mine.weeks += self._weeks(times)
        if post.kind is Kind.CLUB:
            mine.clubs.add(post.activity)

    def _times(self, post: Post) -> dict[int, list[tuple[int, int]]]:
        demand = self.context.demand
        line = {post.line: "anybody"}
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        option = {} if post.option is None else self._option(post)
        for session in Expansion(demand, Timetable(placements=option, holders=line))._of_post(
            post, post.dates, 0
        ):
            day = demand.calendar.index[session.date]
            found[day].append((minutes(session.start), minutes(session.end)))
        return found

    def _option(self, post: Post) -> dict[str, Placement]:
        assert post.option is not None
        option = self.context.demand.options[post.activity][post.option]
        return {post.activity: placed(option, None)}

    def _weeks(self, times: dict[int, list[tuple[int, int]]]) -> Counter[int]:
        days = self.context.demand.calendar.days
        weeks: Counter[int] = Counter()
        for day, intervals in times.items():
            weeks[days[day].week] += len(intervals)
        return weeks


def with_covers(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """Each session of an absent holder goes to somebody who is there and free, or stays open.

    So does care that is needed only because a club stays open on a date.
    """
    foreseen = {session.post.line for session in expand(context.demand, timetable)}
    for _ in range(2):
        sessions = expand(context.demand, timetable)
        changes = dict(timetable.changes)
        for session in sessions:
            bit = 1 << context.demand.calendar.index[session.date]
            away = session.staff is not None and context.people[session.staff].absent & bit
            extra = session.staff is None and session.post.line not in foreseen
            if away or extra:
                cover = _cover(rng, context, timetable, session)
                changes[session.key] = DatedChange(staff=cover, open=cover is None)
                timetable = timetable.model_copy(update={"changes": dict(changes)})
    return timetable


def _cover(
    rng: random.Random, context: Context, timetable: Timetable, session: Session
) -> str | None:
    bit = 1 << context.demand.calendar.index[session.date]
    sessions = expand(context.demand, timetable)
    people = [
        key
        for key in context.admitted(session.post)
        if not context.people[key].absent & bit and not _meets(context, sessions, session, key)
    ]
    return rng.choice(people) if people and rng.random() < 0.7 else None


def _meets(context: Context, sessions: tuple[Session, ...], one: Session, key: str) -> bool:
    gap = context.instance.term.changeover_minutes
    return any(
        other.staff == key
        and other.date == one.date
        and minutes(other.start) < minutes(one.end) + gap
        and minutes(one.start) < minutes(other.end) + gap
        for other in sessions
    )
