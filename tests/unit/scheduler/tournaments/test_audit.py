"""Each rule of the audit, by one appointment that breaks it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from instances.messages import Template
from instances.school import Staff
from instances.words import Form, Level
from scheduler.tournaments import audit
from scheduler.tournaments.audit import Audit
from scheduler.tournaments.grounds import Grounds, Taken
from scheduler.tournaments.make import make
from scheduler.tournaments.plan import Appointment
from tests.helpers.tourneys import FIRST, cup, school, task

WHAT = task(
    school(
        4,
        cup(rest_days=1, courts=1),
        staff=(
            *(
                Staff(name=f"班主任{n}", skills=("体育",), default=Level.WILLING)
                for n in (1, 2, 3, 4)
            ),
            Staff(name="闲人", default=Level.PREFERS),
            Staff(name="不愿", skills=("体育",), default=Level.NO),
        ),
    )
)
GOOD = make(WHAT).appointments
FINALS = task(school(4, cup(form=Form.KNOCKOUT)))
FINALS_GOOD = make(FINALS).appointments


def templates(appointments: list[Appointment], what: Any = WHAT) -> set[Template]:
    found = Audit(what.grounds, what.draws, appointments).breaches()
    return {breach.message.template for breach in found}


def home_of(here: Appointment) -> str:
    fixture = next(f for f in WHAT.draws[0].fixtures if f.key == here.key)
    return fixture.known[0].replace("五", "班主任")


def test_good() -> None:
    assert not templates(list(GOOD))
    assert not templates(list(FINALS_GOOD), FINALS)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"date": FIRST}, audit.BAD_TIME),  # a Monday
        ({"date": FIRST + dt.timedelta(days=50)}, audit.BAD_TIME),
        ({"start": dt.time(16, 0), "end": dt.time(16, 30)}, audit.BAD_TIME),
        ({"end": dt.time(17, 30), "start": dt.time(16, 30)}, audit.BAD_TIME),
        ({"segment": "第一段"}, audit.BAD_TIME),
        ({"room": "操场"}, audit.BAD_ROOM),
        ({"date": GOOD[2].date, "start": GOOD[2].start, "end": GOOD[2].end}, audit.SAME_COURT),
        (
            {"date": GOOD[2].date, "start": GOOD[2].start, "end": GOOD[2].end, "court": 2},
            audit.TOO_MANY_COURTS,
        ),
        ({"date": GOOD[2].date}, audit.TOO_OFTEN),
        ({"date": GOOD[2].date - dt.timedelta(days=1)}, audit.NO_REST),
        ({"referees": (home_of(GOOD[0]),)}, audit.PARTIAL),
        ({"referees": ("闲人",)}, audit.UNABLE),
        ({"referees": ("不愿",)}, audit.UNABLE),
        ({"referees": ("谁",)}, audit.UNABLE),
        ({"referees": GOOD[0].referees * 2}, audit.TOO_MANY_REFEREES),
        ({"key": "x"}, audit.STRANGE),
        ({"key": GOOD[1].key}, audit.TWICE),
    ],
    ids=lambda value: "" if isinstance(value, Template) else "-".join(value),
)
def test_breach(change: dict[str, Any], broken: Template) -> None:
    appointments = [GOOD[0].model_copy(update=change), *GOOD[1:]]
    assert broken in templates(appointments)


def test_over_capacity() -> None:
    here = GOOD[0]
    crowd = [
        GOOD[n].model_copy(
            update={"court": n + 1, "date": here.date, "start": here.start, "end": here.end}
        )
        for n in range(3)
    ]
    assert audit.FULL in templates([*crowd, *GOOD[3:]])


def test_two_matches_at_once_for_one_referee() -> None:
    first = GOOD[0]
    other = GOOD[1].model_copy(
        update={"start": first.start, "end": first.end, "court": 2, "referees": first.referees}
    )
    assert audit.TWO_MATCHES in templates([first, other, *GOOD[2:]])


def test_final_before_a_semi_final() -> None:
    early = FINALS_GOOD[-1].model_copy(update={"date": FINALS_GOOD[0].date})
    assert audit.TOO_EARLY in templates([*FINALS_GOOD[:-1], early], FINALS)
    assert audit.TOO_EARLY in templates([FINALS_GOOD[-1]], FINALS)


def test_a_pair_that_does_not_meet() -> None:
    (draw,) = WHAT.draws
    missing = replace(draw, fixtures=draw.fixtures[1:])
    found = Audit(WHAT.grounds, [missing], GOOD[:0]).breaches()
    assert [breach.message.template for breach in found] == [audit.WRONG_MEETINGS]


def test_elsewhere() -> None:
    (leave,) = (p for p in WHAT.grounds.instance.staff if p.key == GOOD[0].referees[0])
    away = leave.model_copy(update={"end": FIRST})
    staff = tuple(away if p is leave else p for p in WHAT.grounds.instance.staff)
    what = task(WHAT.grounds.instance.model_copy(update={"staff": staff}))
    assert audit.ELSEWHERE in templates(list(GOOD), what)


def test_a_class_at_an_event_does_not_play() -> None:
    """The first match is on a day on which its first side is at an event until 17:00."""
    here = GOOD[0]
    team = next(f for f in WHAT.draws[0].fixtures if f.key == here.key).known[0]
    taken = Taken(classes={(team, here.date): ((15 * 60, 17 * 60),)})
    what = replace(WHAT, grounds=Grounds(WHAT.grounds.instance, taken))
    assert audit.AT_EVENT in templates([here], what)
    again = make(replace(what, before={})).appointments
    assert not templates(list(again), what)
