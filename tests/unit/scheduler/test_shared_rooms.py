"""Rooms of a date shared out at once, against every way to do so."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from constraints.rules.room_closed import RoomClosed
from constraints.rules.room_overlap import RoomOverlap
from constraints.view import View
from instances.school import Closure
from instances.timetable import DatedChange, Session, Timetable
from scheduler.rooms_by_date import move_out_of_closed_rooms
from tests.unit.scheduler.terms import Term

DAY = dt.date(2026, 9, 8)
CLOSED = (Closure(start=DAY, end=DAY),)
CLASSES = "三1", "三2", "三3"


def school(seed: int) -> Term:
    """Three classes with rooms of their own, one more room and a court, of which two or three are
    closed on the 8th; two clubs, which have all or some of their children."""
    rng = random.Random(seed)
    closed = rng.sample((*CLASSES, "阅览室", "操场"), rng.choice((2, 3)))
    tiny = Tiny().staff(*"甲乙丙丁戊")
    for name in CLASSES:
        size = rng.choice((5, 10, 20))
        tiny = tiny.classes(name, size=size)
        tiny = tiny.room(name, 20, closures=CLOSED if name in closed else ())
    for name, groups in (("阅览室", 1), ("操场", 2)):
        shut = CLOSED if name in closed else ()
        tiny = tiny.room(name, rng.choice((15, 30)), groups=groups, closures=shut)
    for club, home in zip(("书法", "篮球"), rng.sample(("三1", "阅览室", "操场"), 2), strict=True):
        rooms = {home, rng.choice(("三1", "阅览室", "操场"))}
        who = tuple(rng.sample(CLASSES, rng.choice((1, 2))))
        tiny = tiny.club(club, "Tue", rooms=tuple(sorted(rooms)), classes=who)
        tiny = tiny.meets(club, "Tue", room=home).holds("甲乙"[club == "篮球"], club)
    return Term(tiny.care("Tue 社团", ratio=rng.choice((10, 50))))


def broken(context: Context, timetable: Timetable) -> int:
    """In how many ways rooms are misused on the 8th."""
    bit = 1 << context.demand.calendar.index[DAY]
    view = View(context, timetable, bit)
    return sum(1 for rule in (RoomClosed(), RoomOverlap()) for _ in rule.check(view))


def every_way(term: Term) -> Iterator[Timetable]:
    """Every choice of rooms for clubs, or none, and for groups in care."""
    demand, rooms = term.context.demand, [room.name for room in term.instance.rooms]
    clubs = {name: (None, *options[0].rooms) for name, options in demand.options.items() if options}
    for chosen in product(*clubs.values()):
        by_club = dict(zip(clubs, chosen, strict=True))
        timetable = _with(term, term.timetable, by_club, {})
        care = term.on(timetable, DAY.day, "看护")
        groups = sorted({s.post.group or "" for s in care})
        for some in product(rooms, repeat=len(groups)):
            by_group = dict(zip(groups, some, strict=True))
            yield _with(term, timetable, {}, by_group)


def _with(
    term: Term,
    timetable: Timetable,
    clubs: Mapping[str, str | None],
    groups: Mapping[str, str],
) -> Timetable:
    changes = dict(timetable.changes)
    sessions = term.context.expansion(timetable).sessions
    for session in (one for one in sessions if one.date == DAY):
        known = changes.get(session.key, DatedChange())
        if session.post.activity in clubs:
            room = clubs[session.post.activity]
            update: dict[str, object] = {"room": room, "cancelled": room is None}
        elif (group := session.post.group or "") in groups and _fits(term, session, groups[group]):
            update = {"room": groups[group]}
        else:
            continue
        changes[session.key] = known.model_copy(update=update)
    return timetable.model_copy(update={"changes": changes})


def _fits(term: Term, session: Session, room: str) -> bool:
    """Whether those whom an adult looks after have place; else the group stays in its room."""
    ratio = term.instance.activity_by_name[session.post.activity].ratio
    return term.instance.room_by_name[room].capacity >= min(session.children, ratio)


@pytest.mark.parametrize("seed", range(12))
def test_a_must_is_broken_only_where_no_way_would_do(seed: int) -> None:
    term = school(seed)
    found = broken(term.context, move_out_of_closed_rooms(term.context, term.timetable))
    possible = any(not broken(term.context, way) for way in every_way(term))
    assert (found == 0) == possible


def test_rooms_are_too_few_in_some_of_these_schools_and_not_in_others() -> None:
    """No empty promise."""
    found = [
        broken(one.context, move_out_of_closed_rooms(one.context, one.timetable))
        for one in map(school, range(12))
    ]
    assert 0 < sum(1 for one in found if one) < 12
