"""The words of deficits that caps make: whose posts are counted."""

from __future__ import annotations

from constraints.examples import Tiny
from instances.school import PostSpec
from instances.words import Role
from scheduler.preflight import preflight


def said(tiny: Tiny) -> list[str]:
    return [deficit.what.text("zh") for deficit in preflight(tiny.done()[0]).deficits]


def test_posts_for_which_nobody_qualifies_are_not_said_to_be_for_a_skill() -> None:
    tiny = Tiny().classes("三1").staff("王芳").room("操场")
    for name, skill in (("足球", "足球"), ("篮球", "篮球")):
        posts = (PostSpec(role=Role.LEADER, skills=(skill,)),)
        tiny.club(name, "Tue", "Thu", posts=posts)
    # two clubs, one post each, once a week: 2
    assert "没有人具备条件的岗位（足球、篮球）每周共 2 个，必然空缺。" in said(tiny)


def test_posts_that_only_some_can_hold() -> None:
    tiny = Tiny().classes("三1").staff("王芳", cap_week=1, skills=("足球",)).room("操场")
    posts = (PostSpec(role=Role.LEADER, skills=("足球",)),)
    tiny.club("甲", "Tue", posts=posts).club("乙", "Thu", posts=posts)
    # two clubs a week for one person with one post a week: 2 > 1
    assert any(
        "只有具备“足球”的人能担任的岗位至少共 2 个，他们按各自的上限和意愿最多只能承担 1 个" in text
        for text in said(tiny)
    )
