"""Which changes are offered: only those that could help where posts are open.

Consent and caps are offered for every post at the times of those that are open, since somebody
who comes there may free another; skills, rooms and times only for what is open itself.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from constraints.context import Context
from instances.blocks import Block, serves
from instances.demand import Demand, Post, is_movable
from instances.people import Person
from instances.school import Activity
from instances.words import Kind, Level, Role
from scheduler.explain.arranging import (
    AllowRoom,
    AllowSlot,
    Drop,
    DropPin,
    Merge,
    OpenRoom,
    RaiseRatio,
)
from scheduler.explain.asking import Ask, AskFor, Name, RaiseCap, Train
from scheduler.explain.easing import Easing
from scheduler.room_supply import closed_uses

MOST_FOR_ONE = 2
"""Changes that one person in one post may need: who lacks more is not worth asking."""
MORE_CHILDREN = 5
"""By how many children per adult a ratio is raised."""
MOST_LEARNERS = 8
"""To so many people it is offered that they learn something, or are named for it."""
CAPS = ("cap_day", "cap_week", "cap_term", "cap_clubs")


@dataclass(frozen=True)
class Trouble:
    """What stays open in the best timetable, and what else is at the same times.

    ``lines``: open lines; ``near``: these and all others at their times; ``roomless``:
    movable activities, and groups by their key, that found no place. ``everything``: nothing
    is known but that there is no timetable, so everything is near.
    """

    lines: frozenset[str]
    near: frozenset[str]
    roomless: frozenset[str] = field(default_factory=frozenset)
    everything: bool = False

    def is_near(self, post: Post) -> bool:
        return self.everything or post.line in self.near


def lacking(person: Person, post: Post) -> tuple[Easing, ...]:
    """What somebody would have to agree to, or learn, to be admitted to a post.

    It is judged by the person's own school, the post may be that of a changed one.
    """
    found: dict[Easing, None] = {}
    staff = person.staff
    for block in post.blocks:
        for weekday, segment in block.slots:
            if person.slot_level(weekday, segment) is Level.NO:
                band = person.demand.instance.segment_by_name[segment].band_name
                found[Ask(person.key, weekday, band)] = None
    for wish in staff.activity_wishes:
        if wish.activity == post.activity and wish.level is Level.NO:
            found[AskFor(person.key, post.activity)] = None
    for skill in sorted(post.skills - set(staff.skills)):
        found[Train(person.key, skill)] = None
    named = person.demand.instance.activity_by_name[post.activity].staff if post.listed else ()
    if named and person.key not in named and staff.name not in named:
        found[Name(person.key, post.activity)] = None
    return tuple(found)


def offers(context: Context, trouble: Trouble) -> list[Easing]:
    """Everything that could help, each change once; skills and names for some people only."""
    found = list(dict.fromkeys(_all(context, trouble)))
    few = _best_placed(context, found)
    return [easing for easing in found if not isinstance(easing, Train | Name) or easing in few]


def _best_placed(context: Context, offered: Iterable[Easing]) -> set[Easing]:
    """Of those who could learn or be named for something, who may hold most posts as it is.

    Anybody would do who can come, and one is enough, so that the others are not looked at.
    """
    themes: dict[Hashable, list[Train | Name]] = {}
    for easing in offered:
        if isinstance(easing, Train | Name):
            themes.setdefault(easing.theme, []).append(easing)
    free = context.possible if themes else {}
    return {
        easing
        for some in themes.values()
        for easing in sorted(some, key=lambda e: (-len(free[e.staff]), e.staff))[:MOST_LEARNERS]
    }


def _all(context: Context, trouble: Trouble) -> Iterator[Easing]:
    demand = context.demand
    seen: set[object] = set()
    concerned: set[str] = set()
    for post in demand.posts:
        if not trouble.is_near(post):
            continue
        is_open = trouble.everything or post.line in trouble.lines
        alike = (post.activity, post.role, post.blocks, post.skills, post.listed, is_open)
        if alike in seen:
            continue
        seen.add(alike)
        for key, person in context.people.items():
            needed = lacking(person, post)
            if len(needed) <= MOST_FOR_ONE and (is_open or all(map(_is_asking, needed))):
                concerned.add(key)
                yield from needed
    for key in sorted(concerned):
        yield from _caps(context, context.people[key])
    yield from (DropPin(pin, n) for n, pin in enumerate(context.instance.pins))
    near = {post.activity for post in demand.posts if trouble.is_near(post)}
    troubled = {post.activity for post in demand.posts if post.line in trouble.lines}
    yield from _closed_rooms(context)
    for activity in context.instance.activities:
        if activity.name in near:
            yield from _of_activity(activity)
        if activity.name in trouble.roomless or activity.name in troubled:
            yield from _places(demand, activity, rooms=activity.name in trouble.roomless)


def _is_asking(easing: Easing) -> bool:
    return isinstance(easing, Ask | AskFor)


def _caps(context: Context, person: Person) -> Iterator[Easing]:
    weeks = len(context.demand.calendar.weeks)
    for cap in CAPS:
        now = getattr(person.staff, cap)
        if now is not None:
            yield RaiseCap(person.key, cap, now + (weeks if cap == "cap_term" else 1))


def _of_activity(activity: Activity) -> Iterator[Easing]:
    """Fewer posts: a club less, more children or classes to one adult."""
    if activity.kind is Kind.CLUB:
        yield Drop(activity.name)
    elif activity.kind.is_remainder:
        yield RaiseRatio(activity.name, activity.ratio + MORE_CHILDREN)
        yield Merge(activity.name, activity.merge + 1)


def _closed_rooms(context: Context) -> Iterator[Easing]:
    """Rooms that are closed on every date on which some club that may use them meets."""
    for name in closed_uses(context.demand).values():
        yield from (OpenRoom(room) for room in sorted(name))


def _places(demand: Demand, activity: Activity, *, rooms: bool) -> Iterator[Easing]:
    """Other times and rooms for something that found none."""
    school = demand.instance
    if is_movable(activity) and activity.slots and activity.kind is Kind.CLUB:
        known = {(slot.weekday, slot.segment) for slot in activity.slots}
        used = {
            (slot.weekday, slot.segment)
            for other in school.activities
            if other.kind is Kind.CLUB
            for slot in other.slots
        }
        for weekday, segment in sorted(used - known):
            if serves(school.segment_by_name[segment], activity, school):
                yield AllowSlot(activity.name, weekday, segment)
    if not rooms:
        return
    options = demand.options.get(activity.name, ())
    groups = [key for key in demand.group_rooms if key.startswith(f"{activity.name}@")]
    before: Collection[str] = options[0].rooms if options else ()
    if groups:
        before = list(dict.fromkeys(r for key in groups for r in demand.group_rooms[key]))
    homes = {one.room for one in school.classes} - {one.room for one in school.attending(activity)}
    children = sum(demand.taken.get(activity.name, {}).values())
    for name, room in school.room_by_name.items():
        if name not in before and name not in homes and room.capacity >= children:
            yield AllowRoom(activity.name, name, tuple(before))


def spare_by(demand: Demand, easing: RaiseRatio | Merge) -> frozenset[str]:
    """Lines of care that surely need not be filled any more, whatever the clubs do."""
    from instances.headcount import adults, present_at

    school = demand.instance
    by_place: dict[tuple[Block, int], dict[tuple[str, ...], list[Post]]] = {}
    for post in demand.posts:
        if post.activity == easing.activity and post.role is Role.SUPERVISOR:
            grade = school.class_by_name[post.classes[0]].grade
            groups = by_place.setdefault((post.blocks[0], grade), {})
            groups.setdefault(post.classes, []).append(post)
    now = school.activity_by_name[easing.activity]
    ratio = easing.to if isinstance(easing, RaiseRatio) else now.ratio
    found: set[str] = set()
    for (block, _), groups in by_place.items():
        for together in _together(list(groups), easing.to if isinstance(easing, Merge) else 0):
            children = sum(present_at(school, classes, block) for classes in together)
            posts = [post for classes in together for post in groups[classes]]
            found |= _beyond(posts, adults(children, ratio))
    return frozenset(found)


def _together(groups: Iterable[tuple[str, ...]], merge: int) -> Iterator[list[tuple[str, ...]]]:
    """The groups as they are (0), or as many of them together as make ``merge`` classes."""
    found: list[tuple[str, ...]] = []
    for classes in groups:
        if found and (not merge or sum(map(len, found)) + len(classes) > merge):
            yield found
            found = []
        found.append(classes)
    if found:
        yield found


def _beyond(posts: Iterable[Post], wanted: int) -> set[str]:
    """The lines of all but the first so many adults, counted over the groups put together."""
    numbers = sorted({(post.number, post.classes) for post in posts})
    kept = set(numbers[:wanted])
    return {post.line for post in posts if (post.number, post.classes) not in kept}
