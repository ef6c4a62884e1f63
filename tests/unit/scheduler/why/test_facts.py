"""What one person asked for and got: the figures of a letter, on a tiny timetable."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from constraints.examples import Tiny, wish
from instances.past_sessions import history_of
from instances.words import Level
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why.facts import staff_facts
from scheduler.why.letter import Letter
from scheduler.why.situation import Situation
from scheduler.why.staff_letter import staff_letter


def school() -> Situation:
    """王芳 has three posts of 2 units, 李明 two, 刘洋 from outside one; 陈静 has agreed to none."""
    return Situation(
        *Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Fri 社团", Level.RATHER_NOT),), cap_week=3)
        .staff("李明")
        .staff("刘洋", outside=True)
        .staff("陈静", default=Level.NO)
        .staff("赵敏", end=dt.date(2026, 9, 11), coefficient=Decimal("0.5"))
        .care("Mon", "Tue", "Wed", "Thu", "Fri", "Fri 社团")
        .holds("王芳", "看护", "Mon", "Tue", "Fri 社团")
        .holds("李明", "看护", "Wed", "Thu")
        .holds("刘洋", "看护", "Fri")
        .instead("看护", 17, staff="王芳")
        .done()
    )


def letter(situation: Situation, key: str, *, names: bool = False) -> Letter:
    return staff_letter(situation, key, Control(time_limit=0), Settings(1, 0), names=names)


def test_load_beside_that_of_others() -> None:
    facts = staff_facts(school(), "王芳")
    # six posts of 2 units. 赵敏 is there for half of the term at half the rate: 0.25 of a part,
    # 12 / 2.25 = 5.33 units for 王芳 and 李明, 1.33 for 赵敏, nothing for 陈静
    assert (facts.load.share, facts.load.weekly_post) == (533, 200)
    # three posts and the cover on Thursday the 17th, 1 unit; 李明 lost that one: 4 - 1 = 3
    assert facts.load.load == 700
    assert facts.load.below.keys == ("李明", "陈静", "赵敏")
    assert (facts.got.sessions, facts.got.covers) == (7, ((dt.date(2026, 9, 17), "作业"),))
    # 1.67 + 2.33 + 0 + 1.33 over four people
    assert facts.load.mean == 133
    assert staff_facts(school(), "李明").got.covered == 1


def test_unwelcome_work_beside_that_of_others() -> None:
    facts = staff_facts(school(), "王芳").unwelcome_work
    # one late Friday, and of the four with a share she alone has any
    assert (facts.own, facts.mean, facts.more.keys) == (1, 0.25, ())
    assert staff_facts(school(), "李明").unwelcome_work.more.keys == ("王芳",)


def test_wishes_beside_those_of_others() -> None:
    facts = staff_facts(school(), "王芳")
    # two willing slots, one that she would rather not have: 2 of 3 half-points at best
    assert facts.wishes.own == 2 / 3
    assert facts.wishes.compared == 1
    assert staff_facts(school(), "李明").wishes.own is None


def test_who_has_no_share_is_not_compared() -> None:
    text = letter(school(), "刘洋").text("en")
    assert "Outside instructors have no share" in text
    assert "Compared with" not in text


def test_who_has_agreed_to_nothing_is_told_so() -> None:
    text = letter(school(), "陈静").text("en")
    assert "you have agreed to no slot" in text
    assert "there is no post that you could hold" in text
    assert "What you got: no weekly post." in text


def test_who_leaves_reads_until_when() -> None:
    assert "在校时间：开学至9月11日" in letter(school(), "赵敏").text("zh")


def test_the_weekly_cap_is_named_where_it_is_reached() -> None:
    assert "到了您每周的上限" in letter(school(), "王芳").text("zh")
    assert "上限；" not in letter(school(), "李明").text("zh")


def test_names_only_where_they_are_asked_for() -> None:
    others = ("李明", "刘洋", "陈静", "赵敏")
    for lang in ("zh", "en"):
        assert not any(name in letter(school(), "王芳").text(lang) for name in others)
        assert "李明" in letter(school(), "王芳", names=True).text(lang)


def test_what_is_past_is_said_to_be_past() -> None:
    first = school()
    past = history_of(first.view.expansion, dt.date(2026, 9, 14))
    here = Situation(first.instance, first.timetable.model_copy(update={"history": past}))
    assert "9月14日起" in letter(here, "王芳").text("zh")
    assert staff_facts(here, "王芳").load.load == 700
