"""Clubs that have no room on some dates, whenever in the week they meet."""

from __future__ import annotations

from collections.abc import Iterator

from instances import activity_texts as texts
from instances.blocks import options_of
from instances.calendar import ServiceDay
from instances.checks.scope import Scope
from instances.demand import is_movable
from instances.headcount import taken
from instances.problems import Flaw, Path
from instances.school import Activity
from instances.suitable_rooms import rooms_for

NEEDED = ("rooms", "capacities", "classes", "grades", "kinds", "segments", "term")


def check(scope: Scope) -> Iterator[Flaw]:
    """Where all rooms are closed on all dates, the club cannot be at all: counting says so."""
    rooms = scope.instance.room_by_name
    if not scope.sure(*NEEDED) or not any(room.closures for room in rooms.values()):
        return
    for index, activity in enumerate(scope.instance.activities):
        if is_movable(activity) and activity.kind.has_children:
            yield from _without_room(scope, activity, ("activities", index))


def _without_room(scope: Scope, activity: Activity, path: Path) -> Iterator[Flaw]:
    instance, known = scope.instance, scope.instance.room_by_name
    segments = {slot.segment for slot in activity.slots}
    if not known.keys() >= set(activity.rooms) or not segments <= instance.segment_by_name.keys():
        return
    names = rooms_for(instance, activity, sum(taken(instance, activity).values()))
    if not names or not all(known[name].closures for name in names):
        return
    running = list(scope.calendar.dates(scope.calendar.running(activity)))
    closed = [day for day in running if all(known[n].is_closed_on(day.date) for n in names)]
    fewest = _fewest(scope, activity, running, closed)
    if fewest is None:
        return
    every, shut = fewest
    if shut and len(shut) < every:
        first, last = (day.date.isoformat() for day in (shut[0], shut[-1]))
        form = texts.CLOSED_ON if first == last else texts.CLOSED_BETWEEN
        facts = {
            "name": activity.name,
            "rooms": names,
            "closed": form(first=first, last=last),
            "count": len(shut),
            "every": every,
        }
        key = "rooms" if activity.rooms else "features" if activity.features else "name"
        yield Flaw((*path, key), texts.ROOMS_CLOSED, facts)


def _fewest(
    scope: Scope, activity: Activity, running: list[ServiceDay], closed: list[ServiceDay]
) -> tuple[int, list[ServiceDay]] | None:
    """Of the times at which a club may meet, those that lose the fewest dates: all their dates,
    and which of them it loses."""
    if not closed:
        return None
    found = []
    for option in options_of(scope.instance, activity):
        weekdays = {block.weekday for block in option}
        every = sum(day.weekday in weekdays for day in running)
        found.append((every, [day for day in closed if day.weekday in weekdays]))
    return min(found, key=lambda one: (len(one[1]), -one[0]), default=None)
