"""What is short, the facts that clash, and ways out, in schools small enough to see it."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from constraints.examples import Tiny, busy, september, wish
from constraints.model import SCARCE
from instances.school import Closure, Instance
from instances.words import Level, Weekday
from scheduler.explain.arranging import AllowRoom, DropPin, OpenRoom, applied
from scheduler.explain.asking import Ask, AskFor, Name, RaiseCap, Train
from scheduler.explain.easing import Easing
from scheduler.explain.explain import Explanation, explain
from scheduler.explain.standing import Answer
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.solve import solve

NO_TUESDAY = (wish("Tue 作业", Level.NO),)


def explained(tiny: Tiny, costs: dict[str, int] | None = None) -> Explanation:
    school, _ = tiny.done()
    found = explain(school, settings=Settings(1, 0), costs=costs)
    for fix in found.fixes:
        assert left_open(school, [e for change in fix.changes for e in change.easings]) == fix.left
    for one, other in permutations(ways_out(found), 2):
        themes, others = ({easing.theme for easing in way} for way in (one, other))
        # variations of one are no alternatives: at most half is the same
        assert len(themes & others) * 2 <= max(len(themes), len(others))
    return found


def left_open(school: Instance, easings: list[Easing]) -> int:
    """Dated posts that a whole solve of the changed school leaves open."""
    result = solve(applied(school, easings), settings=Settings(1, 0)).result
    assert not result.hard_findings
    assert not result.pin_issues
    return result.uncovered_sessions


def ways_out(found: Explanation) -> list[set[Easing]]:
    return [{e for change in fix.changes for e in change.easings} for fix in found.fixes]


def test_a_school_with_enough_people_can_be_staffed() -> None:
    found = explained(Tiny().classes("三1").staff("王芳").care("Tue"))
    assert found.answer is Answer.YES
    assert not found.fixes
    assert not found.blame


def test_who_has_not_agreed_is_to_be_asked_and_the_consent_is_to_blame() -> None:
    school = Tiny().classes("三1", "三2").staff("王芳").care("Tue")
    found = explained(school.staff("李明", wishes=NO_TUESDAY))
    assert found.answer is Answer.NO
    # two classes, one person, on Tuesdays 8 and 15 September: 2 open
    assert (found.standing.open_now, found.standing.at_least) == (2, 2)
    (deficit,) = found.deficits
    assert (deficit.needed, deficit.available) == (2, 1)
    ask = Ask("李明", Weekday.TUE, "作业")
    assert ways_out(found)[0] == {ask}
    assert found.fixes[0].cost == 2
    (clash,) = found.blame
    assert clash.minimal
    assert [fact.easings for fact in clash.facts] == [(ask,)]


def test_others_who_would_do_as_well_are_named_beside() -> None:
    school = Tiny().classes("三1", "三2", "三3").staff("王芳").care("Tue")
    school.staff("李明", "赵强", "周敏", wishes=NO_TUESDAY)
    found = explained(
        school.staff("孙丽", wishes=NO_TUESDAY, busy=(busy("Tue", "15:00", "17:00"),))
    )
    (change,) = found.fixes[0].changes
    # two of three are needed; 孙丽 has lessons then and is never asked
    assert change.message().text("zh") in {
        f"征求以下3人中任意2人同意周二“作业”：{people}"
        for people in ("李明、赵强、周敏", "李明、周敏、赵强", "赵强、周敏、李明")
    }
    instance, _ = school.done()
    for pair in (("李明", "赵强"), ("李明", "周敏"), ("赵强", "周敏")):
        assert left_open(instance, [Ask(name, Weekday.TUE, "作业") for name in pair]) == 0


def test_a_cap_is_raised_only_as_far_as_needed() -> None:
    found = explained(Tiny().classes("三1").staff("王芳", cap_week=1).care("Tue", "Wed"))
    assert ways_out(found) == [{RaiseCap("王芳", "cap_week", 2)}]
    assert [fact.easings[0].theme for fact in found.blame[0].facts] == [("cap", "cap_week")]


def test_costs_decide_between_ways() -> None:
    school = Tiny().classes("三1").staff("王芳", cap_week=1).care("Tue", "Wed")
    school.staff("李明", default=Level.NO)
    ask = [{Ask("李明", day, "作业")} for day in (Weekday.TUE, Weekday.WED)]
    assert ways_out(explained(school))[0] in ask
    cheap_cap = explained(school, {"consent": 5, "cap": 1})
    assert ways_out(cheap_cap)[0] == {RaiseCap("王芳", "cap_week", 2)}
    assert [fix.cost for fix in cheap_cap.fixes] == sorted(fix.cost for fix in cheap_cap.fixes)


def test_busy_times_are_never_offered() -> None:
    found = explained(
        Tiny().classes("三1").staff("王芳", busy=(busy("Tue", "15:00", "17:00"),)).care("Tue")
    )
    assert found.answer is Answer.NO
    assert not found.fixes
    assert not found.blame


def test_pins_that_contradict_each_other_are_found_and_one_given_up() -> None:
    school = Tiny().classes("三1").staff("王芳").room("操场").club("篮球", "Tue", "Thu")
    school.pin("篮球", weekday=Weekday.TUE).pin("篮球", weekday=Weekday.THU)
    found = explained(school)
    assert found.answer is Answer.NO
    assert len(found.standing.clashing) == 1
    pins = [DropPin(pin, n) for n, pin in enumerate(found.school.pins)]
    assert ways_out(found) == [{pins[0]}, {pins[1]}] or ways_out(found) == [{pins[1]}, {pins[0]}]
    assert {fact.easings[0] for fact in found.blame[0].facts} == set(pins)


def test_a_skill_that_nobody_free_has() -> None:
    school = Tiny().classes("三1").staff("王芳").room("操场")
    found = explained(school.club("篮球", "Tue", posts=({"role": "leader", "skills": ("篮球",)},)))
    assert {Train("王芳", "篮球")} in ways_out(found)
    assert found.blame[0].facts[0].easings == (Train("王芳", "篮球"),)


def test_people_named_for_an_activity() -> None:
    school = Tiny().classes("三1").staff("王芳").room("操场").club("篮球", "Tue", staff=("李明",))
    found = explained(school.staff("李明", default=Level.NO))
    assert {Name("王芳", "篮球")} in ways_out(found)
    assert {Ask("李明", Weekday.TUE, "社团")} in ways_out(found)


def test_consent_to_an_activity() -> None:
    no = ({"activity": "篮球", "level": Level.NO},)
    school = Tiny().classes("三1").staff("王芳", activity_wishes=no).room("操场")
    assert {AskFor("王芳", "篮球")} in ways_out(explained(school.club("篮球", "Tue")))


def test_a_room_closed_all_term_may_be_opened_or_replaced() -> None:
    shut = (Closure(start=dt.date(2026, 9, 1), end=dt.date(2026, 12, 31)),)
    school = Tiny().classes("三1").staff("王芳").room("操场", closures=shut).room("舞蹈室")
    found = explained(school.club("篮球", "Tue", rooms=("操场",)))
    assert {OpenRoom("操场")} in ways_out(found)
    assert any(isinstance(e, AllowRoom) for way in ways_out(found) for e in way)


def test_stopped_before_it_began_nothing_is_claimed() -> None:
    school, _ = Tiny().classes("三1").staff("王芳").care("Tue").done()
    control = Control()
    control.stop()
    assert explain(school, control, Settings(1, 0)).answer in (Answer.UNDECIDED, Answer.YES)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_change_reads_as_something_to_do(lang: str) -> None:
    found = explained(Tiny().classes("三1").staff("王芳", cap_week=1).care("Tue", "Wed"))
    text = found.fixes[0].changes[0].message().text(lang)  # type: ignore[arg-type]
    assert "王芳" in text
    assert "2" in text


def test_in_a_larger_school_a_date_with_too_few_people_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scheduler.scope.SMALL_SIZE", 0)
    classes, willing = "三1 三2 三3 三4 三5 三6 三7 三8".split(), "王 李 张 刘 陈 杨 赵".split()
    found = explained(
        Tiny()
        .classes(*classes)
        .staff(*willing)
        .staff("黄", leave=(september(8),))
        .staff("周", wishes=NO_TUESDAY)
        .care("Tue")
    )
    # eight classes and eight who agreed; on the 8th they are seven, and more than SCARCE could come
    assert len(classes) == len(willing) + 1 == SCARCE
    assert found.standing.open_now == 1
    assert ways_out(found)[0] == {Ask("周", Weekday.TUE, "作业")}
    assert left_open(found.school, [*ways_out(found)[0]]) == 0


def test_where_no_way_can_be_verified_the_best_one_is_named_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scheduler.explain.explain.tried", lambda *_, **__: None)
    school = Tiny().classes("三1", "三2").staff("王芳").care("Tue")
    found = explained(school.staff("李明", wishes=NO_TUESDAY))
    # the cheapest: one person is asked, at the usual cost of 2
    (fix,) = found.fixes
    assert (fix.verified, fix.cost, fix.left) == (False, 2, 0)
    assert ways_out(found) == [{Ask("李明", Weekday.TUE, "作业")}]
