"""Who comes instead: the term is Monday 7 to Friday 18 September, Tuesdays are the 8th and 15th."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from constraints.examples import Tiny, busy, september, wish
from instances.school import MakeUpDay, PostSpec
from instances.timetable import Timetable
from instances.words import Level, Parity, Role, Rota, Status, Weekday
from scheduler.covers import cover_absences, find_gaps
from scheduler.progress import Control
from tests.unit.scheduler.terms import ONE, Term

PLANNED, COVER, OPEN, CANCELLED = Status.PLANNED, Status.COVER, Status.OPEN, Status.CANCELLED


def away(*days: int) -> dict[str, Any]:
    return {"leave": tuple(september(day) for day in days)}


def covered(term: Term) -> Timetable:
    return cover_absences(term.context, term.timetable, Control(), ONE).timetable


def alone() -> Tiny:
    """Care on Tuesdays, held by 王芳, who is away on the 8th."""
    return Tiny().classes("三1").staff("王芳", **away(8)).care("Tue").holds("王芳", "看护", "Tue")


def test_cover_has_agreed_is_qualified_and_free() -> None:
    post = PostSpec(role=Role.SUPERVISOR, skills=("看护证",))
    term = Term(
        Tiny()
        .classes("三1")
        .staff("王芳", skills=("看护证",), **away(8))
        .staff("李明", skills=("看护证",), wishes=(wish("Tue 作业", Level.NO),))
        .staff("张伟")  # without the skill
        .staff("刘洋", skills=("看护证",))  # at the gate at that time
        .staff("赵敏", skills=("看护证",), **away(8))
        .staff("孙丽", skills=("看护证",), busy=(busy("Tue", "16:00", "17:00"),))
        .staff("陈静", skills=("看护证",), wishes=(wish("Tue 作业", Level.RATHER_NOT),))
        .care("Tue", posts=(post,))
        .duty("门岗", "Tue")
        .holds("王芳", "看护", "Tue")
        .holds("刘洋", "门岗", "Tue")
    )
    timetable = covered(term)
    term.audited(timetable)
    assert term.who(timetable, 8, "看护") == [(COVER, "陈静")]
    assert term.who(timetable, 15, "看护") == [(PLANNED, "王芳")]
    assert [s.planned for s in term.on(timetable, 8, "看护")] == ["王芳"]


def test_where_nobody_is_free_the_session_is_open_and_names_its_holder() -> None:
    term = Term(alone())
    found = cover_absences(term.context, term.timetable, Control(), ONE)
    [session] = term.on(found.timetable, 8, "看护")
    assert (session.status, session.staff, session.planned) == (OPEN, None, "王芳")
    # one date, one segment: 1 open place of the first tier, and nobody else exists
    assert term.audited(found.timetable).open_by_tier == (1, 0, 0, 0, 0)
    assert found.open_bound == 1


@pytest.mark.parametrize(
    ("cap", "enough"),
    [
        ({"cap_day": 1}, {"cap_day": 2}),  # on the 8th: the gate, and the cover
        ({"cap_week": 2}, {"cap_week": 3}),  # in the first week: Tuesday, Thursday, and the cover
        ({"cap_term": 4}, {"cap_term": 5}),  # Tuesday and Thursday twice: 4, and the cover
    ],
    ids=["day", "week", "term"],
)
def test_caps_hold_with_covers(cap: dict[str, int], enough: dict[str, int]) -> None:
    for caps, status in ((cap, OPEN), (enough, COVER)):
        term = Term(
            alone()
            .staff("李明", **caps)
            .duty("门岗", "Tue 社团", "Thu")
            .holds("李明", "门岗", "Tue 社团", "Thu")
        )
        timetable = covered(term)
        term.audited(timetable)
        assert [s.status for s in term.on(timetable, 8, "看护")] == [status]


def test_caps_hold_over_several_covers() -> None:
    term = Term(
        Tiny()
        .classes("三1")
        .staff("王芳", **away(8, 9, 10, 15))
        .staff("李明", cap_week=2)
        .care("Tue", "Wed", "Thu")
        .holds("王芳", "看护", "Tue", "Wed", "Thu")
    )
    found = cover_absences(term.context, term.timetable, Control(), ONE)
    statuses = [term.on(found.timetable, day, "看护")[0].status for day in (8, 9, 10, 15)]
    # three absences in the first week, two of which 李明 may take: 1 open; one in the second
    assert statuses[:3].count(COVER) == 2
    assert statuses[3] is COVER
    assert found.open_bound == 1
    assert term.audited(found.timetable).open_by_tier[0] == 1


def test_a_post_of_two_segments_is_covered_as_a_whole() -> None:
    def school(cap: int) -> Term:
        return Term(
            Tiny()
            .staff("王芳", **away(8))
            .staff("李明", cap_day=cap)
            .duty("巡查", "Tue 作业", "Tue 社团", length=2)
            .holds("王芳", "巡查")
        )

    for cap, who in ((1, (OPEN, None)), (2, (COVER, "李明"))):  # two segments are two posts
        term = school(cap)
        timetable = covered(term)
        term.audited(timetable)
        assert term.who(timetable, 8, "巡查") == [who, who]


def test_nobody_covers_two_posts_at_once_and_the_class_goes_first() -> None:
    term = Term(
        Tiny()
        .classes("三1")
        .staff("王芳", "张伟", **away(8))
        .staff("李明")
        .duty("门岗", "Tue")
        .care("Tue")
        .holds("王芳", "看护", "Tue")
        .holds("张伟", "门岗", "Tue")
    )
    found = cover_absences(term.context, term.timetable, Control(), ONE)
    assert term.who(found.timetable, 8, "看护") == [(COVER, "李明")]
    assert term.who(found.timetable, 8, "门岗") == [(OPEN, None)]
    # tiers: classes 0, gate and patrol 1
    assert term.audited(found.timetable).open_by_tier == (0, 0, 0, 1, 0)
    assert found.open_bound == 1


def test_one_cover_comes_for_both_dates_of_an_absence() -> None:
    term = Term(
        Tiny(end=dt.date(2026, 9, 25))
        .classes("三1")
        .staff("王芳", **away(8, 15))
        .staff("李明", "张伟")
        .care("Tue")
        .duty("门岗", "Thu")
        .holds("王芳", "看护", "Tue")
        .holds("王芳", "门岗", "Thu")
    )
    timetable = covered(term)
    # two posts of 1 unit on three dates each among three people: a share of 2 units each, so
    # that the two covers are within anybody's share and fairness has nothing to say
    assert set(term.context.shares.values()) == {200}
    [first], [second] = term.who(timetable, 8, "看护"), term.who(timetable, 15, "看护")
    assert first == second
    assert first[0] is COVER
    assert term.who(timetable, 22, "看护") == [(PLANNED, "王芳")]


@pytest.mark.parametrize(("busier", "comes"), [("李明", "张伟"), ("张伟", "李明")])
def test_the_less_loaded_comes(busier: str, comes: str) -> None:
    term = Term(
        alone()
        .staff("李明", "张伟")
        .duty("门岗", "Wed", "Thu", "Fri")
        .holds(busier, "门岗", "Wed", "Thu", "Fri")
    )
    timetable = covered(term)
    # 4 posts on 2 dates: 8 units, 8 / 3 = 2.67 each; one has 6 before the cover, the other 0
    assert term.who(timetable, 8, "看护") == [(COVER, comes)]


def test_between_equals_the_one_who_likes_the_slot_comes() -> None:
    term = Term(
        alone()
        .staff("李明", wishes=(wish("Tue 作业", Level.RATHER_NOT),))
        .staff("张伟")
        .duty("门岗", "Thu")
        .holds("王芳", "门岗", "Thu")
    )
    assert term.who(covered(term), 8, "看护") == [(COVER, "张伟")]


def test_consent_on_a_make_up_day_follows_the_named_weekday() -> None:
    make_up = MakeUpDay(date=dt.date(2026, 9, 12), follows=Weekday.TUE)
    saturday = wish("Sat 作业", Level.PREFERS)
    term = Term(
        Tiny(make_up_days=(make_up,))
        .classes("三1")
        .staff("王芳", leave=(september(11, 13),))
        .staff("李明", wishes=(saturday, wish("Tue 作业", Level.NO)))
        .staff("张伟", wishes=(wish("Sat 作业", Level.NO),))
        .care("Tue")
        .holds("王芳", "看护", "Tue")
    )
    timetable = covered(term)
    term.audited(timetable)
    # Saturday the 12th is a Tuesday: 李明 has not agreed to Tuesdays, 张伟 has
    assert term.who(timetable, 12, "看护") == [(COVER, "张伟")]
    assert [term.who(timetable, day, "看护") for day in (8, 15)] == [[(PLANNED, "王芳")]] * 2


def test_who_is_busy_in_odd_weeks_may_come_in_an_even_week() -> None:
    odd = busy("Tue", "15:00", "17:00", parity=Parity.ODD)
    for day, status in ((8, OPEN), (15, COVER)):  # weeks 1 and 2
        term = Term(
            Tiny()
            .classes("三1")
            .staff("王芳", **away(day))
            .staff("李明", busy=(odd,))
            .care("Tue")
            .holds("王芳", "看护", "Tue")
        )
        timetable = covered(term)
        term.audited(timetable)
        assert [s.status for s in term.on(timetable, day, "看护")] == [status]


def test_who_may_not_take_a_post_all_term_may_come_once() -> None:
    # the post has two dates, more than the one that 李明 allows in the term
    term = Term(alone().staff("李明", cap_term=1))
    timetable = covered(term)
    term.audited(timetable)
    assert term.who(timetable, 8, "看护") == [(COVER, "李明")]


def test_who_agrees_to_one_of_two_meetings_may_cover_that_one() -> None:
    for day, status in ((8, COVER), (10, OPEN)):  # Tuesday and Thursday
        term = Term(
            Tiny()
            .classes("三1")
            .room("操场")
            .staff("王芳", **away(day))
            .staff("李明", wishes=(wish("Thu 社团", Level.NO),))
            .club("篮球", "Tue", "Thu", per_week=2)
            .meets("篮球", "Tue", "Thu", room="操场")
            .holds("王芳", "篮球")
        )
        timetable = covered(term)
        term.audited(timetable)
        assert [s.status for s in term.on(timetable, day, "篮球")] == [status]


def test_only_the_turns_of_a_rota_that_fall_into_an_absence_are_covered() -> None:
    term = Term(
        Tiny()
        .staff("王芳", **away(8, 15))
        .staff("李明", "张伟")
        .duty("门岗", "Tue", rota=Rota.WEEK, rota_people=2)
        .holds("王芳", "门岗")
        .holds("李明", "门岗")
    )
    timetable = covered(term)
    # 王芳 has the turn of the first week (the 8th) only
    assert term.who(timetable, 8, "门岗")[0][0] is COVER
    assert term.who(timetable, 15, "门岗") == [(PLANNED, "李明")]


def club_and_care(*helpers: str) -> Term:
    """30 children: 10 in basketball, so one adult for the other 20; for all 30, two."""
    return Term(
        Tiny()
        .classes("三1")
        .room("操场")
        .staff("王芳", skills=("篮球",), **away(8))
        .staff("李明", *helpers)
        .club("篮球", "Tue", posts=(PostSpec(role=Role.LEADER, skills=("篮球",)),))
        .care("Tue 社团", ratio=20)
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
        .holds("李明", "看护", "Tue 社团")
    )


def test_children_of_a_club_without_leader_return_to_care_with_another_adult() -> None:
    term = club_and_care("张伟")
    timetable = covered(term)
    term.audited(timetable)
    assert term.who(timetable, 8, "篮球") == [(OPEN, None)]
    assert term.who(timetable, 8, "看护") == [(PLANNED, "李明"), (COVER, "张伟")]
    assert [s.children for s in term.on(timetable, 8, "看护")] == [30, 30]
    assert term.who(timetable, 15, "篮球") == [(PLANNED, "王芳")]
    assert term.who(timetable, 15, "看护") == [(PLANNED, "李明")]
    assert [s.children for s in term.on(timetable, 15, "看护")] == [20]


def test_open_places_of_returned_children_are_counted_with_the_club() -> None:
    term = club_and_care()
    found = cover_absences(term.context, term.timetable, Control(), ONE)
    assert term.who(found.timetable, 8, "看护") == [(PLANNED, "李明"), (OPEN, None)]
    # the second adult in care (tier of classes) and the club's leader
    assert term.audited(found.timetable).open_by_tier == (1, 1, 0, 0, 0)
    assert found.open_bound == 2


def test_nothing_to_cover_changes_nothing() -> None:
    leave_on_wednesday = Term(
        Tiny().classes("三1").staff("王芳", **away(9)).care("Tue").holds("王芳", "看护", "Tue")
    )
    found = cover_absences(leave_on_wednesday.context, leave_on_wednesday.timetable, Control(), ONE)
    assert found.timetable == leave_on_wednesday.timetable
    assert found.open_bound == 0


def test_posts_that_the_pattern_leaves_open_are_not_gaps_of_a_date() -> None:
    term = Term(Tiny().classes("三1").staff("王芳").care("Tue", "Wed").holds("王芳", "看护", "Tue"))
    assert find_gaps(term.context, term.timetable) == []


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"staff": "李明"}, []),
        ({"open": True}, []),
        ({"cancelled": True}, []),
        ({"room": "操场"}, ["王芳"]),
    ],
    ids=["cover known", "left open", "cancelled", "only moved"],
)
def test_what_is_settled_for_a_date_is_no_gap(change: dict[str, Any], left: list[str]) -> None:
    term = Term(alone().staff("李明").room("操场").instead("看护", 8, **change))
    assert [gap.holder for gap in find_gaps(term.context, term.timetable)] == left


def test_covered_sessions_keep_their_other_room() -> None:
    term = Term(alone().staff("李明").room("操场").instead("看护", 8, room="操场"))
    [session] = term.on(covered(term), 8, "看护")
    assert (session.status, session.staff, session.room) == (COVER, "李明", "操场")
