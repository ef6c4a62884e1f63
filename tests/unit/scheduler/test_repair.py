"""A pattern whose absences nobody can cover is changed; 王芳 is away on Tuesday 8 September."""

from __future__ import annotations

from constraints.examples import CLUBS, Tiny, september
from instances.school import ActivityWish, PostSpec
from instances.timetable import DatedChange
from instances.words import TIERS, Level, Role, Status
from scheduler.progress import Control
from scheduler.repair import Dated, made_coverable, settle_dates
from scheduler.solve import solve
from scheduler.weekly import Coverage, Pattern
from tests.unit.scheduler.terms import ONE, Term

LEADER = PostSpec(role=Role.DUTY_LEADER, skills=("干部",))
NOTHING_OPEN = (0,) * len(TIERS)
COVERED = Coverage(NOTHING_OPEN, NOTHING_OPEN)


def school(*others: str, willing_at_the_gate: bool = True) -> Tiny:
    """王芳 leads, 李明, the only other leader, is at the gate at that time."""
    wishes = () if willing_at_the_gate else (ActivityWish(activity="门岗", level=Level.NO),)
    return (
        Tiny()
        .staff("王芳", skills=("干部",), leave=(september(8),), activity_wishes=wishes)
        .staff("李明", skills=("干部",))
        .staff(*others)
        .duty("值班", "Tue", posts=(LEADER,))
        .duty("门岗", "Tue")
        .holds("王芳", "值班", "Tue")
        .holds("李明", "门岗", "Tue")
    )


def settled(term: Term, control: Control | None = None) -> Dated:
    pattern = Pattern(term.timetable, COVERED, 10_000, 0)
    return settle_dates(term.context, pattern, control or Control(), ONE)


def test_leaders_change_places_where_one_cannot_be_covered() -> None:
    term = Term(school("张伟"))
    found = settled(term)
    assert term.audited(found.timetable).open_by_tier == NOTHING_OPEN
    assert found.rank[0] == NOTHING_OPEN
    assert found.pattern.timetable.holders != term.timetable.holders
    assert term.who(found.timetable, 8, "值班")[0][1] == "李明"
    assert term.who(found.timetable, 8, "门岗")[0][1] == "张伟"


def test_somebody_who_was_not_concerned_takes_over_what_a_leader_did() -> None:
    term = Term(school("张伟", willing_at_the_gate=False))
    found = settled(term)
    # the gate is 张伟's now: 王芳 does not agree to it, and 李明 is needed as leader on the 8th
    assert found.pattern.timetable.holders["门岗@2.作业/gate1"] == "张伟"
    assert term.audited(found.timetable).open_by_tier == NOTHING_OPEN


def test_where_no_pattern_is_better_it_stays() -> None:
    term = Term(school(willing_at_the_gate=False))
    found = settled(term)
    assert found.pattern.timetable == term.timetable
    # the leader on the 8th: one open place of the third tier
    assert term.audited(found.timetable).open_by_tier == (0, 0, 1, 0, 0)


def test_rather_a_less_important_post_stays_open() -> None:
    term = Term(school())
    found = settled(term)
    # 王芳 is at the gate now, and nobody is there on the 8th: the fourth tier
    assert found.pattern.timetable.holders["门岗@2.作业/gate1"] == "王芳"
    assert term.audited(found.timetable).open_by_tier == (0, 0, 0, 1, 0)


def test_what_can_be_covered_is_not_repaired() -> None:
    term = Term(school().staff("陈静", skills=("干部",)))
    found = settled(term)
    assert found.pattern.timetable == term.timetable
    assert term.who(found.timetable, 8, "值班") == [(Status.COVER, "陈静")]


def test_somebody_comes_however_late_it_is() -> None:
    """Nothing is left of the time; the covers are those found where there is time."""
    term = Term(school().staff("陈静", skills=("干部",)))
    found = settled(term, Control(0.0))
    assert found.timetable == settled(term).timetable
    assert term.who(found.timetable, 8, "值班") == [(Status.COVER, "陈静")]


def test_no_repair_begins_after_a_stop() -> None:
    term, control = Term(school("张伟")), Control()
    control.stop()
    found = settled(term, control)
    assert found.pattern.timetable == term.timetable
    term.audited(found.timetable)


def test_the_pattern_foresees_who_will_be_needed() -> None:
    instance, _ = school("张伟", willing_at_the_gate=False).done()
    published = solve(instance, settings=ONE)
    assert published.result.status == "optimal"
    assert published.result.uncovered_sessions == 0


def test_of_two_posts_the_less_important_one_stays_open() -> None:
    instance, _ = school().done()
    published = solve(instance, settings=ONE)
    # on the 8th 李明 is alone: he leads, and nobody is at the gate (the fourth tier)
    assert published.result.tiers == (0, 0, 0, 1, 0)
    coverage = published.result.level("coverage")
    assert coverage is not None
    assert (coverage.value, coverage.bound) == (1, 1)
    open_dates = [key for key, change in published.timetable.changes.items() if change.open]
    assert open_dates == ["20260908|作业|门岗@2.作业/gate1"]
    assert published.timetable.changes[open_dates[0]] == DatedChange(open=True, reason="王芳")


def test_a_club_without_its_leader_leaves_its_room_to_care() -> None:
    """All ten children are in the club; on the 15th they are in care, which has the same room."""
    tiny = Tiny().classes("三1", size=10).room("操场").staff("王芳", leave=(september(15),))
    tiny.care(f"Tue {CLUBS}", rooms=("操场",)).club("篮球", "Tue", rooms=("操场",))
    published = solve(tiny.done()[0], settings=ONE)
    assert published.result.hard_findings == 0
    # 王芳 is in one place on the 8th; on the 15th nobody is: the club and its children's care
    assert published.timetable.placements["篮球"].room == "操场"
    assert published.result.uncovered_sessions == 2


def test_before_annealing_absences_are_made_coverable_or_the_pattern_stays() -> None:
    term = Term(school("张伟"))
    pattern = Pattern(term.timetable, COVERED, 10_000, 0)
    found, coverable = made_coverable(term.context, pattern, Control(), ONE)
    assert coverable
    assert found.timetable.holders["门岗@2.作业/gate1"] != "李明"  # he is needed on the 8th
    assert made_coverable(term.context, found, Control(), ONE) == (found, True)  # nothing is left
    assert made_coverable(term.context, pattern, Control(0.0), ONE) == (pattern, False)


def test_before_annealing_what_nobody_can_cover_is_told() -> None:
    term = Term(school(willing_at_the_gate=False))
    pattern = Pattern(term.timetable, COVERED, 10_000, 0)
    assert not made_coverable(term.context, pattern, Control(), ONE)[1]
