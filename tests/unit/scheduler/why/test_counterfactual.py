"""What would have to give: found by solving, audited, and said to be impossible only if proved."""

from __future__ import annotations

import datetime as dt

from constraints.examples import Tiny, wish
from instances.past_sessions import history_of
from instances.words import Level, Weekday
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why.counterfactual import Answer, Verdict, WhatIf, answers, can_ask
from scheduler.why.situation import Aim, Situation, Slot
from scheduler.why.wanted import (
    fewer_hands,
    home_teacher_there,
    to_be_spared,
    to_hold,
    to_meet_at,
)

TUE = Aim(Slot(Weekday.TUE, "作业"))
DEAR = wish("Tue 作业", Level.PREFERS)


def situation(tiny: Tiny) -> Situation:
    return Situation(*tiny.done())


def ask(here: Situation, wanted: WhatIf) -> Answer:
    (found,) = answers(here, [wanted], Control(), Settings(1, 0))
    return found


def swapped(**other: object) -> Situation:
    """Both prefer Tuesday; 李明 has it, and 王芳 has Thursday."""
    return situation(
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(DEAR,), cap_week=1)
        .staff("李明", cap_week=1, **other)
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Thu")
        .holds("李明", "看护", "Tue")
    )


def test_what_costs_one_as_much_as_it_gives_the_other() -> None:
    here = swapped(wishes=(DEAR,))
    found = ask(here, to_hold(here, "王芳", TUE))
    assert found.verdict is Verdict.POSSIBLE
    assert found.trade is not None
    # the two change places: one wish is met instead of the other
    assert (found.trade.total, found.trade.open_then) == (0, 0)
    assert found.trade.fewer_wishes.keys == found.trade.changed.keys == ("李明",)
    assert [p.blocks[0].weekday for p in found.trade.gained] == [Weekday.TUE]
    assert [p.blocks[0].weekday for p in found.trade.given_up] == [Weekday.THU]


def test_what_would_have_been_better_is_not_hidden() -> None:
    here = swapped()
    found = ask(here, to_hold(here, "王芳", TUE))
    assert found.trade is not None
    # 李明 does not mind: a missed half-point of 王芳, 12 / 2 = 6 times weight 10, is won back
    assert found.trade.points == {"unmet-wish": -60}
    assert not found.trade.fewer_wishes.keys


def test_what_leaves_posts_open_is_proved() -> None:
    alone = situation(
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Tue 作业", Level.RATHER_NOT),))
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Tue", "Thu")
    )
    found = ask(alone, to_be_spared(alone, "王芳", TUE))
    # nobody else is there: the Tuesdays of both weeks would be open
    assert found == Answer(Verdict.IMPOSSIBLE, open_at_least=2)


def test_what_no_timetable_can_have() -> None:
    here = situation(
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(DEAR,))
        .staff("李明")
        .care("Tue", "Thu")
        .pin("看护", weekday=Weekday.TUE, staff="李明")
        .holds("王芳", "看护", "Thu")
        .holds("李明", "看护", "Tue")
    )
    assert ask(here, to_hold(here, "王芳", TUE)) == Answer(Verdict.IMPOSSIBLE)


def test_what_is_past_stays_as_it_was() -> None:
    first = swapped(wishes=(DEAR,))
    past = history_of(first.view.expansion, dt.date(2026, 9, 14))
    here = Situation(first.instance, first.timetable.model_copy(update={"history": past}))
    found = ask(here, to_hold(here, "王芳", TUE))
    assert found.trade is not None
    # one unit on the Thursday of the first week, one on the Tuesday or Thursday of the second
    assert (found.trade.load_now, found.trade.load_then) == (200, 200)


def test_a_larger_search_is_not_begun_when_the_time_is_up() -> None:
    here = swapped()
    for control in (Control(time_limit=0), Control()):
        control.stop()
        (found,) = answers(here, [to_hold(here, "王芳", TUE)], control, Settings(1, 0))
        assert found == Answer(Verdict.NOT_TRIED)


def test_a_broken_timetable_is_not_compared() -> None:
    broken = situation(
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Tue 作业", Level.NO),))
        .care("Tue")
        .holds("王芳", "看护", "Tue")
    )
    assert not can_ask(broken)
    assert can_ask(swapped())


def test_fewer_hands_and_the_home_teacher() -> None:
    here = situation(
        Tiny()
        .classes("三1", home_teacher="李明")
        .classes("三2")
        .staff("王芳", "李明")
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
        .holds("王芳", "看护", "Thu", school_class="三1")
        .holds("李明", "看护", "Thu", school_class="三2")
    )
    home = ask(here, home_teacher_there(here, "李明", "三1"))
    assert home.trade is not None
    assert home.trade.points == {"home-teacher-absent": -10}
    mixed = situation(
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明")
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
        .holds("李明", "看护", "Thu", school_class="三1")
        .holds("王芳", "看护", "Thu", school_class="三2")
    )
    fewer = ask(mixed, fewer_hands(mixed, "三1", 1))
    assert fewer.trade is not None
    # on one of the two days both change places
    assert fewer.trade.changed.keys == ("王芳", "李明")
    assert not fewer.trade.points
    assert ask(mixed, fewer_hands(mixed, "三1", 0)).verdict is Verdict.UNDECIDED


def test_another_time_for_a_club() -> None:
    here = situation(
        Tiny()
        .classes("三1")
        .room("室")
        .staff("王芳", wishes=(wish("Thu 社团", Level.RATHER_NOT),))
        .club("围棋", "Tue", "Thu")
        .meets("围棋", "Tue", room="室")
        .holds("王芳", "围棋")
    )
    option = next(o for o in here.demand.options["围棋"] if o.blocks[0].weekday is Weekday.THU)
    found = ask(here, to_meet_at(here, option))
    assert found.trade is not None
    assert found.trade.moved == ("围棋",)
    # Tuesday willing, 1 half-point of the best 1; Thursday 0: 1 missed × 12 / 1 × weight 10
    assert found.trade.points["unmet-wish"] == 120


def test_the_same_question_has_the_same_answer() -> None:
    here = swapped(wishes=(DEAR,))
    wanted = to_hold(here, "王芳", TUE)
    assert ask(here, wanted) == ask(here, wanted)
