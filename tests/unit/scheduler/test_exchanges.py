"""Somebody is made free for an absence: 王芳 leads, and is away on Tuesday 8 September.

李明, the only other leader, is at the gate at that time.
"""

from __future__ import annotations

from typing import Any

import pytest

from constraints.examples import september
from instances.school import ActivityWish
from instances.timetable import Timetable
from instances.words import Level
from scheduler import repair
from scheduler.exchanges import exchanged
from scheduler.progress import Control
from scheduler.repair import settle_dates, settle_once
from scheduler.weekly import Pattern
from tests.unit.scheduler.terms import ONE, Term
from tests.unit.scheduler.test_repair import COVERED, LEADER, NOTHING_OPEN, school

GATE, LEADS = "门岗@2.作业/gate1", "值班@2.作业/duty_leader1"


def after(term: Term) -> Timetable:
    """The pattern after exchanges, from what could be covered before."""
    dated = settle_once(term.context, term.timetable, Control(), ONE)
    return exchanged(term.context, term.audited(dated))


def test_who_could_come_hands_on_what_they_do_then() -> None:
    term = Term(school("张伟"))
    assert after(term).holders == {**term.timetable.holders, GATE: "张伟"}


def test_the_least_burdened_takes_over() -> None:
    """张伟 is at the gate on Thursdays already, 陈静 has nothing."""
    tiny = school("张伟", "陈静").duty("后门", "Thu").holds("张伟", "后门", "Thu")
    assert after(Term(tiny)).holders[GATE] == "陈静"


def test_rather_somebody_who_does_not_mind() -> None:
    minds = ActivityWish(activity="门岗", level=Level.RATHER_NOT)
    tiny = school().staff("张伟", activity_wishes=(minds,)).staff("陈静")
    assert after(Term(tiny)).holders[GATE] == "陈静"


def test_nobody_takes_over_who_is_away_on_some_date_themselves() -> None:
    tiny = school(willing_at_the_gate=False).staff("张伟", leave=(september(15),))
    term = Term(tiny)
    assert after(term).holders == term.timetable.holders


def test_nobody_takes_over_beyond_their_cap() -> None:
    """张伟 may come once a week and is at the back door on Thursdays."""
    tiny = school(willing_at_the_gate=False).staff("张伟", cap_week=1)
    term = Term(tiny.duty("后门", "Thu").holds("张伟", "后门", "Thu"))
    assert after(term).holders == term.timetable.holders


def test_who_covers_already_is_not_made_free_of_that() -> None:
    """Two leaders are away on the 8th. 李明 comes to one; nobody is left for the other."""
    tiny = school("张伟").staff("赵敏", skills=("干部",), leave=(september(8),))
    tiny = tiny.duty("巡查", "Tue", posts=(LEADER,)).holds("赵敏", "巡查", "Tue")
    found = after(Term(tiny)).holders
    assert found == {**Term(tiny).timetable.holders, GATE: "张伟"}


@pytest.mark.parametrize("forbid", [False, True])
def test_pins_are_kept(*, forbid: bool) -> None:
    """李明 is pinned to the gate; or the only one who is free then is kept from it by a pin."""
    tiny = school("张伟", willing_at_the_gate=False)
    term = Term(tiny.pin("门岗", staff="张伟" if forbid else "李明", forbid=forbid))
    assert after(term).holders == term.timetable.holders


def test_what_is_covered_stays_as_it_is() -> None:
    term = Term(school().staff("陈静", skills=("干部",)))
    assert after(term).holders == term.timetable.holders


def test_exceptions_are_left_to_whoever_settles_the_dates() -> None:
    assert after(Term(school("张伟"))).changes == {}


def test_a_large_school_is_repaired_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_model(*_: Any, **__: Any) -> None:
        raise AssertionError("a model was made")

    monkeypatch.setattr(repair, "MOST", 2)
    monkeypatch.setattr(repair, "restricted", no_model)
    term = Term(school("张伟"))
    found = settle_dates(term.context, Pattern(term.timetable, COVERED, 10_000, 0), Control(), ONE)
    assert found.rank[0] == NOTHING_OPEN
    assert term.audited(found.timetable).open_by_tier == NOTHING_OPEN
    assert found.pattern.timetable.holders[GATE] == "张伟"


def test_a_must_that_the_school_has_made_is_kept() -> None:
    """张伟 is at the back door on Mondays, and nobody may come on two days running."""
    tiny = (
        school("张伟", willing_at_the_gate=False).duty("后门", "Mon").holds("张伟", "后门", "Mon")
    )
    assert after(Term(tiny)).holders[GATE] == "张伟"
    term = Term(tiny.setting("too-many-days-running", must=True, parameters={"days": 1}))
    assert after(term).holders == term.timetable.holders
