"""How posts, and people in number, read in the lists of the commands."""

from __future__ import annotations

import dataclasses

import pytest

from constraints.examples import Tiny
from instances.blocks import Block
from instances.messages import Lang
from instances.records import DAYS
from instances.timetable import DatedChange, Timetable
from instances.words import Weekday
from scheduler.commands.posts import open_text, post_text
from scheduler.commands.rerun import offer_text
from scheduler.diff import all_sessions
from scheduler.explain.asking import Ask
from scheduler.explain.blame import Fact
from scheduler.explain.facts import fact_message
from scheduler.result import Offer
from tests.helpers.published import publish, result
from tests.unit.scheduler.terms import Term
from tests.unit.scheduler.test_diff import before


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "周一至周五 社团 “门岗”"), ("en", "Mon-Fri 社团: 门岗")]
)
def test_a_post_of_the_whole_week_says_its_weekdays(lang: Lang, said: str) -> None:
    days = ("Mon 社团", "Tue 社团", "Wed 社团", "Thu 社团", "Fri 社团")
    term = Term(Tiny().classes("三1").staff("王芳").duty("门岗", *days))
    post = next(post for post in term.context.demand.posts if post.activity == "门岗")
    week = dataclasses.replace(post, blocks=tuple(Block(day, ("社团",)) for day in DAYS))
    assert post_text(week, lang).startswith(said)


@pytest.mark.parametrize(
    ("count", "lang", "said"),
    [
        (1, "en", "Tue 作业: A has not agreed"),
        (9, "en", "Tue 作业: A, B, C, D, E, F, G, H and 1 other have not agreed"),
        (10, "en", "Tue 作业: A, B, C, D, E, F, G, H and 2 others have not agreed"),
        (1, "zh", "周二“作业”：1人没有同意（A）"),
        (10, "zh", "周二“作业”：10人没有同意（A、B、C、D、E、F、G、H和另外2人）"),
    ],
)
def test_those_who_have_not_agreed_are_named_and_counted(count: int, lang: Lang, said: str) -> None:
    asks = tuple(Ask(name, Weekday.TUE, "作业") for name in "ABCDEFGHIJ"[:count])
    school, _ = Tiny().classes("三1").staff("王芳").care("Tue").done()
    assert fact_message(Fact(asks), school).text(lang) == said


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((24, 24, 24), ["24 points for 5 posts (nothing more was found with up to 20)"]),
        ((24, 24, 30), [
            "24 points for 5 posts (nothing more was found with up to 10)",
            "30 points for 20 posts",
        ]),
        ((0, 1, 3), ["1 point for 10 posts", "3 points for 20 posts"]),
        ((0, 0, 0), []),
    ],
)  # fmt: skip
def test_further_changes_that_gain_no_more_are_not_offered_anew(
    points: tuple[int, int, int], said: list[str]
) -> None:
    offers = [Offer(allow=a, points=p) for a, p in zip((5, 10, 20), points, strict=True)]
    worth = result(offers=offers).worthwhile
    assert [offer_text(offer, most).text("en") for offer, most in worth] == said


def test_posts_that_are_open_on_single_dates_are_named_with_them() -> None:
    old = publish(before())
    tuesdays = [s for s in all_sessions(old.instance, old.timetable) if s.staff == "王芳"]
    for count, said in ((2, "9月8日、9月15日"), (6, "9月8日、9月15日、9月22日等6天")):
        changes = {session.key: DatedChange(open=True) for session in tuesdays[:count]}
        data = old.timetable.model_dump() | {"changes": changes}
        result = old.result.model_copy(update={"uncovered_sessions": count})
        update = {"timetable": Timetable.model_validate(data), "result": result}
        assert list(open_text(old.model_copy(update=update), "zh")) == [
            "有1个岗位在个别日期空缺：",
            f"  - 周二 作业 “看护”（三（1）班）看护教师：{said}",
            "  看谁能补上，例如：cover 这份课表 --staff 王芳 --date 2026-09-08",
        ]
    assert list(open_text(old, "zh")) == []
