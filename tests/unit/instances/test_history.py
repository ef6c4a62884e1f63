"""A timetable that holds from a date on, and the rows of what lies before."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from instances.derivation import derive
from instances.past_sessions import history_of, sessions_of
from instances.school import Instance
from instances.timetable import Expansion, Timetable, expand
from scheduler.audit import audit
from tests.helpers.random_schools import MONDAY, random_school
from tests.helpers.random_timetables import orderly

SINCE = MONDAY + dt.timedelta(days=8)


def some(seed: int) -> tuple[Instance, Timetable]:
    school = random_school(seed)
    return school, orderly(random.Random(seed), Context(school))


@pytest.mark.parametrize("seed", range(12))
def test_what_is_planned_from_a_date_on_is_the_same_as_in_the_whole_term(seed: int) -> None:
    school, timetable = some(seed)
    whole = expand(derive(school), timetable)
    part = expand(derive(school, SINCE), timetable)
    later = [session for session in whole if session.date >= SINCE]
    assert [(s.key, s.staff, s.room, s.status, s.children, s.load) for s in part] == [
        (s.key, s.staff, s.room, s.status, s.children, s.load) for s in later
    ]


@pytest.mark.parametrize("seed", range(12))
def test_rows_of_the_past_read_back_as_they_were(seed: int) -> None:
    school, timetable = some(seed)
    expansion = Expansion(derive(school), timetable)
    history = history_of(expansion, SINCE)
    before = [session for session in expansion.sessions if session.date < SINCE]
    again = sessions_of(type(history).model_validate_json(history.model_dump_json()))
    shown = [
        [(s.key, s.date, s.start, s.end, s.room, s.staff, s.planned, s.status, s.children, s.load)]
        for s in before
    ]
    assert shown == [
        [(s.key, s.date, s.start, s.end, s.room, s.staff, s.planned, s.status, s.children, s.load)]
        for s in again
    ]


@pytest.mark.parametrize("seed", range(12))
def test_loads_and_shares_are_those_of_the_whole_term(seed: int) -> None:
    school, timetable = some(seed)
    whole = Context(school)
    history = history_of(Expansion(whole.demand, timetable), SINCE)
    part = Context(school, history=history)
    again = timetable.model_copy(update={"history": history})
    assert part.view(again).loads == whole.view(timetable).loads
    assert part.shares == whole.shares
    uneven = [
        [(f.amount, f.where) for f, _ in audit(context, one).soft if f.rule == "uneven-load"]
        for context, one in ((whole, timetable), (part, again))
    ]
    assert uneven[0] == uneven[1]


def test_caps_count_what_was_worked_before() -> None:
    # two Tuesdays, 8 and 15 September; a cap of one over the term is broken on the second,
    # though only that one is still planned: 1 + 1 - 1 = 1
    school, timetable = (
        Tiny().classes("三1").staff("王芳", cap_term=1).care("Tue").holds("王芳", "看护", "Tue")
    ).done()
    history = history_of(Expansion(derive(school), timetable), dt.date(2026, 9, 14))
    judged = audit(
        Context(school, history=history), timetable.model_copy(update={"history": history})
    )
    assert [(f.rule, f.amount) for f in judged.hard] == [("cap-term-exceeded", 1)]
