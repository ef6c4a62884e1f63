"""Letters about classes and activities, and what pins explain, on tiny timetables."""

from __future__ import annotations

from constraints.context import Context
from constraints.examples import Tiny, wish
from instances.school import PostSpec
from instances.words import Level, Role, Weekday
from scheduler.events.displace import displace
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why.activity_letter import activity_letter
from scheduler.why.class_letter import class_letter
from scheduler.why.letter import Letter
from scheduler.why.situation import Situation
from scheduler.why.staff_letter import staff_letter


def situation(tiny: Tiny) -> Situation:
    return Situation(*tiny.done())


def told(here: Situation, name: str, kind: str) -> Letter:
    write = {"staff": staff_letter, "class": class_letter, "activity": activity_letter}[kind]
    return write(here, name, Control(), Settings(1, 0), names=False)


def two_classes() -> Tiny:
    """王芳 is home teacher of 三1 and with 三2, 李明 the other way round."""
    return (
        Tiny()
        .classes("三1", home_teacher="王芳")
        .classes("三2")
        .staff("王芳", "李明")
        .care("Tue")
        .holds("李明", "看护", "Tue", school_class="三1")
        .holds("王芳", "看护", "Tue", school_class="三2")
    )


def test_a_class_without_its_home_teacher() -> None:
    letter = told(situation(two_classes()), "三1", "class")
    (tried,) = letter.facts["what_if"]
    assert (tried["wish"], tried["verdict"]) == ("home_teacher", "possible")
    # the two change places: both count
    assert tried["trade"]["changed"] == {"count": 2}
    assert tried["trade"]["points"] == {"home-teacher-absent": -10}
    for lang in ("zh", "en"):
        assert "Your" not in letter.text(lang)
        assert "您的工作量" not in letter.text(lang)


def club() -> Tiny:
    return (
        Tiny()
        .classes("三1")
        .room("室")
        .staff("王芳", wishes=(wish("Tue 社团", Level.RATHER_NOT),))
        .staff("李明")
        .club("围棋", "Tue", "Thu")
        .meets("围棋", "Tue", room="室")
        .holds("王芳", "围棋")
    )


def test_a_club_that_is_pinned_to_its_time() -> None:
    pinned = situation(club().pin("围棋", weekday=Weekday.TUE))
    (other,) = told(pinned, "围棋", "activity").facts["other_times"]
    assert other["verdict"] == "blocked"
    assert "围棋 周二" in told(pinned, "围棋", "activity").text("zh")
    (free,) = told(situation(club()), "围棋", "activity").facts["other_times"]
    assert free["verdict"] == "possible"


def test_what_the_school_has_fixed_is_said_to_be_fixed() -> None:
    assert "学校固定给您" not in told(situation(club()), "王芳", "staff").text("zh")
    pinned = situation(club().pin("围棋", staff="王芳"))
    assert "学校固定给您" in told(pinned, "王芳", "staff").text("zh")


def test_what_is_fixed_for_somebody_else_is_for_the_administrator_to_change() -> None:
    prefers = wish("Tue 社团", Level.PREFERS)
    tiny = Tiny().classes("三1").room("室").staff("王芳").staff("李明", wishes=(prefers,))
    tiny = tiny.club("围棋", "Tue").meets("围棋", "Tue", room="室").holds("王芳", "围棋")
    assert "sheet Pins" not in told(situation(tiny), "李明", "staff").text("en")
    pinned = situation(tiny.pin("围棋", staff="王芳"))
    assert "rows off the sheet Pins" in told(pinned, "李明", "staff").text("en")
    assert "“固定”表里去掉" in told(pinned, "李明", "staff").text("zh")


def test_grounds_are_listed_line_by_line() -> None:
    """王芳 holds the only post that 李明 prefers; she prefers it, too, and has no other slot."""
    prefers = wish("Tue 作业", Level.PREFERS)
    tiny = Tiny().classes("三1").staff("王芳", "李明", wishes=(prefers,)).care("Tue")
    letter = told(situation(tiny.holds("王芳", "看护")), "李明", "staff").text("en")
    assert "On what grounds:\n  · wished for it, too: 1\n" in letter


def test_many_posts_have_one_line_for_each_time() -> None:
    names = [f"三{n}" for n in range(1, 8)]
    tiny = Tiny().classes(*names).staff("王芳").care("Tue", "Thu").holds("王芳", "看护", "Tue")
    letter = told(situation(tiny), "看护", "activity").text("zh")
    # 7 classes on 2 days: 14 posts, more than have a line each; one of them is held
    assert "每周14个岗位，其中13个空缺" in letter
    assert "  · 周二作业：王芳（三1）、（空缺）（三2）、" in letter
    assert len(letter.splitlines()) == 5  # greeting, blank, heading, two days


def test_an_activity_that_meets_nowhere() -> None:
    tiny = Tiny().classes("三1").room("室", capacity=5).staff("王芳")
    tiny = tiny.club("围棋", "Tue", rooms=("室",))
    letter = told(situation(tiny), "围棋", "activity")
    assert "没有排上" in letter.text("zh")
    assert [one["verdict"] for one in letter.facts["other_times"]] == ["blocked"]


def test_a_broken_timetable_is_sent_to_check() -> None:
    here = situation(club().staff("张伟", default=Level.NO).care("Tue").holds("张伟", "看护"))
    for name, kind in (("王芳", "staff"), ("围棋", "activity")):
        letter = told(here, name, kind)
        assert "check" in letter.text("en")
        assert not letter.facts.get("what_if")


def with_contest() -> Tiny:
    """On Tuesday 8 September 三1 is at a contest, of which 张伟 is referee."""
    return (
        two_classes()
        .staff("张伟")
        .event("合唱", segments=("作业",), classes=("三1",), posts=(PostSpec(role=Role.REFEREE),))
        .held("合唱", 8, segments=("作业",), staff={"referee.1.1": "张伟"})
    )


def test_a_letter_counts_the_work_at_events() -> None:
    """One unit, for the contest alone."""
    text = told(situation(with_contest()), "张伟", "staff").text("zh")
    assert "其中大型活动1.0单位（合唱）。" in text


def test_another_timetable_keeps_the_events_and_what_they_push_out() -> None:
    instance, timetable = with_contest().done()
    agreed = instance.events[0].model_copy(update={"agreed": ("张伟",)})
    instance = instance.model_copy(update={"events": (agreed,)})
    here = Situation(instance, displace(Context(instance), timetable))
    (tried,) = told(here, "三1", "class").facts["what_if"]
    assert (tried["wish"], tried["verdict"]) == ("home_teacher", "possible")
    # nothing but the exchange: no difference for what the contest pushes out
    assert tried["trade"]["points"] == {"home-teacher-absent": -10}
