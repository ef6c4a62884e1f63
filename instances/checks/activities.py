"""Can each activity take place: who attends, when, where, and with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from instances import activity_texts as texts
from instances.blocks import allowed_slots, fixed_blocks
from instances.check_texts import SEGMENT_NOT_ON
from instances.checks.scope import Scope
from instances.demand import default_posts, groups_at, is_movable
from instances.headcount import present_at
from instances.messages import Label
from instances.problems import At, Flaw, Path
from instances.school import Activity
from instances.words import Role, Weekday, grade_text

Slot = tuple[str, Weekday, str]


def check(scope: Scope) -> Iterator[Flaw]:
    for index, activity in enumerate(scope.instance.activities):
        path: Path = ("activities", index)
        yield from _references(scope, activity, path)
        yield from _who(scope, activity, path)
        yield from _when(scope, activity, path)
        if scope.sure("segments", "classes", "kinds"):
            yield from _slots(scope, activity, path)
        yield from _how_many(activity, path)
        yield from _where(scope, activity, path)
        yield from _with_whom(scope, activity, path)
    if scope.sure("segments", "classes", "term", "kinds", "grades"):
        yield from _class_twice(scope)


def _references(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    for part, names in (
        ("classes", activity.classes),
        ("rooms", activity.rooms),
        ("staff", activity.staff),
    ):
        for name in names:
            yield from scope.unknown(part, name, (*path, part))
    for name in dict.fromkeys(slot.segment for slot in activity.slots):
        yield from scope.unknown("segments", name, (*path, "slots"))


def _who(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    if not scope.sure("classes", "grades", "kinds"):
        return
    if activity.kind.has_children and not scope.instance.attending(activity):
        if all(name in scope.instance.class_by_name for name in activity.classes):
            key = "grades" if activity.grades else "name"
            yield Flaw((*path, key), texts.NOBODY_ATTENDS, {"name": activity.name})
        return
    held = {school_class.grade for school_class in scope.instance.classes}
    empty = [
        Label(grade_text(grade, "zh"), grade_text(grade, "en"))
        for grade in activity.grades
        if grade not in held
    ]
    if empty and activity.kind.has_children:
        yield Flaw((*path, "grades"), texts.GRADE_WITHOUT_CLASS, {"grades": empty})


def _when(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    term, name = scope.instance.term, activity.name
    if not scope.sure("term") or not scope.calendar.days:
        return
    start, end = activity.start or term.start, activity.end or term.end
    dates = {"name": name, "start": start, "end": end}
    key = "start" if activity.start is not None else "end"
    if end < start:
        if activity.start is not None and activity.end is not None:
            yield Flaw((*path, "end"), texts.ACTIVITY_BACKWARDS, dates)
        else:
            yield Flaw((*path, key), texts.ACTIVITY_OUTSIDE, dates)
    elif end < term.start or start > term.end:
        yield Flaw((*path, key), texts.ACTIVITY_OUTSIDE, dates)
    else:
        if start < term.start or end > term.end:
            key = "start" if start < term.start else "end"
            yield Flaw((*path, key), texts.ACTIVITY_PARTLY_OUTSIDE, {"name": name})
        last = scope.calendar.week_of(term.end)
        beyond = [week for week in activity.weeks if week > last]
        if beyond:
            yield Flaw((*path, "weeks"), texts.WEEKS_OUTSIDE, {"last": last, "weeks": beyond})
        if not scope.calendar.running(activity):
            key = "weeks" if activity.weeks else key
            yield Flaw((*path, key), texts.NEVER_RUNS, {"name": name})


def _slots(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    instance = scope.instance
    here = (*path, "slots")
    known = [slot for slot in activity.slots if slot.segment in instance.segment_by_name]
    if activity.slots and not known:
        return
    for slot in known:
        timings = instance.segment_by_name[slot.segment].timings
        if not any(slot.weekday in timing.weekdays for timing in timings):
            facts = {"name": slot.segment, "weekday": slot.weekday}
            yield Flaw(here, SEGMENT_NOT_ON, facts, value=slot.segment)
            return
    if activity.kind.has_children and not instance.attending(activity):
        return
    facts_of_name = {"name": activity.name}
    for name in dict.fromkeys(slot.segment for slot in known):
        grades = instance.segment_by_name[name].grades
        attending = {school_class.grade for school_class in instance.attending(activity)}
        if grades and attending and attending.isdisjoint(grades):
            facts = {**facts_of_name, "segment": name}
            yield Flaw(here, texts.WRONG_GRADES, facts, value=name)
    slots = allowed_slots(instance, activity)
    meetings = len(fixed_blocks(instance, activity))
    if not slots:
        yield Flaw(here, texts.NO_SLOT, facts_of_name)
    elif not meetings:
        facts_of_length = {**facts_of_name, "length": activity.length}
        yield Flaw((*path, "length"), texts.LENGTH_TOO_LONG, facts_of_length)
    elif activity.per_week is not None and activity.per_week > meetings:
        facts_of_week = {**facts_of_name, "per_week": activity.per_week, "possible": meetings}
        yield Flaw((*path, "per_week"), texts.TOO_OFTEN, facts_of_week)


def _how_many(activity: Activity, path: Path) -> Iterator[Flaw]:
    name, capacity, minimum = activity.name, activity.capacity, activity.minimum
    if capacity is not None and capacity < minimum:
        facts = {"name": name, "capacity": capacity, "minimum": minimum}
        yield Flaw((*path, "capacity"), texts.CAPACITY_BELOW_MINIMUM, facts)
    if activity.children is not None:
        children = {"name": name, "children": activity.children}
        if capacity is not None and activity.children > capacity:
            facts = {**children, "capacity": capacity}
            yield Flaw((*path, "children"), texts.CHILDREN_ABOVE_CAPACITY, facts)
        if activity.children < minimum:
            facts = {**children, "minimum": minimum}
            yield Flaw((*path, "children"), texts.CHILDREN_BELOW_MINIMUM, facts)
    if activity.rota_people is not None and activity.rota is None:
        yield Flaw((*path, "rota_people"), texts.ROTA_PEOPLE_ALONE)


def _where(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    rooms = scope.instance.room_by_name
    if not scope.sure("rooms") or not activity.kind.has_children:
        return
    allowed = [rooms[name] for name in activity.rooms if name in rooms] or list(rooms.values())
    features = set(activity.features)
    suitable = [room for room in allowed if features <= set(room.features)]
    if features and not suitable:
        facts = {"features": activity.features}
        yield Flaw((*path, "features"), texts.NO_ROOM_WITH, facts)
        return
    children, largest = activity.attendance, max((r.capacity for r in suitable), default=0)
    if children is not None and suitable and children > largest and scope.sure("capacities"):
        key = "rooms" if activity.rooms else "capacity"
        facts_of_size = {"name": activity.name, "children": children, "capacity": largest}
        yield Flaw((*path, key), texts.ROOMS_TOO_SMALL, facts_of_size)
    if (features or activity.rooms) and suitable and not is_movable(activity):
        key = "rooms" if activity.rooms else "features"
        yield from _largest_group(scope, activity, largest, (*path, key))


def _largest_group(scope: Scope, activity: Activity, capacity: int, path: Path) -> Iterator[Flaw]:
    """A group that needs a room for all of it, and fits into none."""
    if not scope.sure("classes", "grades", "segments", "kinds", "capacities"):
        return
    instance, known = scope.instance, set(scope.instance.segment_by_name)
    sizes = [
        (present_at(instance, group.classes, block), group.classes)
        for block in fixed_blocks(instance, activity)
        if known.issuperset(block.segments)
        for group in groups_at(instance, activity, block)
    ]
    children, classes = max(sizes, key=lambda size: size[0], default=(0, ()))
    if children > capacity:
        name = activity.name
        facts = {"name": name, "classes": classes, "children": children, "capacity": capacity}
        yield Flaw(path, texts.GROUP_ROOMS_TOO_SMALL, facts)


def _with_whom(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    if not scope.sure("staff", "skills"):
        return
    people = scope.instance.staff_by_key
    listed = [people[key] for key in activity.staff if key in people]
    posts = default_posts(activity)
    for post in posts:
        needed = set(post.skills)
        if not needed or post.role is Role.STANDBY:
            continue
        facts = {"skills": sorted(needed)}
        if not any(needed <= set(person.skills) for person in people.values()):
            known = {skill for person in people.values() for skill in person.skills}
            missing = next((skill for skill in post.skills if skill not in known), None)
            near = scope.near_skill(missing) if missing else []
            value = missing or None
            facts_near = {**facts, "near": near}
            yield Flaw((*path, "posts"), texts.NOBODY_HAS_SKILL, facts_near, value=value)
        elif listed and post == posts[0]:
            if not any(needed <= set(person.skills) for person in listed):
                yield Flaw((*path, "staff"), texts.NO_CANDIDATE_HAS_SKILL, facts)


def _class_twice(scope: Scope) -> Iterator[Flaw]:
    """A class that two kinds of care, or two whole-class activities, claim at the same time.

    Once for each pair. Care beside another activity is for those who are not in it.
    """
    fixed = [
        (index, activity)
        for index, activity in enumerate(scope.instance.activities)
        if activity.kind.has_children and not is_movable(activity)
    ]
    where: dict[int, set[Slot]] = defaultdict(set)
    for index, activity in fixed:
        for weekday, segment in allowed_slots(scope.instance, activity):
            grades = scope.instance.segment_by_name[segment].grades
            for school_class in scope.instance.attending(activity):
                if not grades or school_class.grade in grades:
                    where[index].add((school_class.name, weekday, segment))
    order = {school_class.name: n for n, school_class in enumerate(scope.instance.classes)}
    for (first, one), (second, other) in combinations(fixed, 2):
        if one.kind.is_remainder is not other.kind.is_remainder:
            continue
        both = where[first] & where[second]
        if both and scope.calendar.running(one) & scope.calendar.running(other):
            name, weekday, segment = min(both, key=lambda slot: (order[slot[0]], slot[1], slot[2]))
            facts = {
                "school_class": name,
                "weekday": weekday,
                "segment": segment,
                "name": other.name,
                "other": one.name,
                "where": At(("activities", first)),
            }
            yield Flaw(("activities", second, "name"), texts.CLASS_TWICE, facts)
