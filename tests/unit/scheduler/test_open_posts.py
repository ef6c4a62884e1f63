"""Why a post is open: every reason, with its numbers."""

from __future__ import annotations

from typing import Any

import pytest

from constraints.examples import Tiny, busy, september, wish
from instances.messages import Template
from instances.school import PostSpec
from instances.words import Level, Role
from scheduler.audit import audit
from scheduler.open_posts import (
    NO_ROOM,
    NOBODY_AGREED,
    NOBODY_FREE,
    NOBODY_QUALIFIED,
    NOBODY_THERE,
    NOT_PLACED,
    Reason,
    open_reasons,
)
from tests.unit.scheduler.terms import Term

FIRST_AID = (PostSpec(role=Role.SUPERVISOR, skills=("急救", "看护证")),)


def reasons(tiny: Tiny) -> dict[str, Reason]:
    term = Term(tiny)
    return open_reasons(term.context, audit(term.context, term.timetable))


def said(template: Template, **facts: object) -> Reason:
    message = template(**facts)
    return {"zh": message.text("zh"), "en": message.text("en")}


def test_nobody_has_all_the_skills() -> None:
    # 王芳 has one of the two, 李明 the other
    tiny = Tiny().classes("三1").staff("王芳", skills=("急救",)).staff("李明", skills=("看护证",))
    [found] = reasons(tiny.care("Tue", posts=FIRST_AID)).values()
    assert found == said(NOBODY_QUALIFIED, skills=["急救", "看护证"], listed=())


def test_none_of_the_people_named_is_here() -> None:
    tiny = Tiny().classes("三1").room("操场").staff("王芳").club("篮球", "Tue", staff=("外聘教练",))
    tiny.meets("篮球", "Tue", room="操场")
    [found] = reasons(tiny).values()
    assert found == said(NOBODY_QUALIFIED, skills=[], listed=("外聘教练",))


def test_those_who_qualify_have_not_agreed() -> None:
    refusing = {"skills": ("急救", "看护证"), "wishes": (wish("Tue 作业", Level.NO),)}
    tiny = Tiny().classes("三1").staff("王芳", "李明", **refusing).staff("张伟")
    [found] = reasons(tiny.care("Tue", posts=FIRST_AID)).values()
    assert found == said(NOBODY_AGREED, count=2)  # 张伟 agrees, and does not qualify


@pytest.mark.parametrize(
    "facts",
    [
        {"busy": (busy("Tue", "15:00", "16:00"),)},
        {"leave": (september(1, 30),)},
        {"cap_term": 1},  # the post has two dates
    ],
    ids=["busy", "away", "cap"],
)
def test_those_who_agreed_have_other_duties_are_away_or_at_their_caps(facts: Any) -> None:
    tiny = Tiny().classes("三1").staff("王芳", **facts).care("Tue")
    tiny.staff("李明", wishes=(wish("Tue 作业", Level.NO),))
    [found] = reasons(tiny).values()
    assert found == said(NOBODY_THERE, count=1, names=["王芳"])


def test_those_who_agreed_are_elsewhere() -> None:
    tiny = (
        Tiny()
        .classes("三1", "三2", "三3")
        .staff("王芳", "李明")
        .staff("张伟", wishes=(wish("Tue 作业", Level.NO),))
        .care("Tue")
        .holds("王芳", "看护", school_class="三1")
        .holds("李明", "看护", school_class="三2")
    )
    assert reasons(tiny) == {
        "看护@三3@2.作业/supervisor1": said(NOBODY_FREE, count=2, names=["李明", "王芳"])
    }


def test_no_more_than_six_names_are_given() -> None:
    names = [f"教师{n}" for n in range(9)]
    tiny = Tiny().classes("三1").staff(*names).care("Tue")
    [found] = reasons(tiny).values()
    assert found == said(NOBODY_FREE, count=9, names=names[:6])


@pytest.mark.parametrize("features", [(), ("球场",)], ids=["too small", "without features"])
def test_no_room_holds_the_children(features: tuple[str, ...]) -> None:
    tiny = Tiny().classes("三1").room("三1", 9).room("操场", 9).staff("王芳")
    [found] = reasons(tiny.club("篮球", "Tue", features=features)).values()
    assert found == said(NO_ROOM, children=10)


def test_rooms_or_leaders_are_taken_in_every_slot() -> None:
    tiny = Tiny().classes("三1").room("操场").staff("王芳", "李明").club("篮球", "Tue")
    found = reasons(tiny)
    assert found == {"篮球/leader1": said(NOT_PLACED, count=2, names=["李明", "王芳"])}


def test_a_club_that_meets_without_leader_is_open_like_any_post() -> None:
    tiny = Tiny().classes("三1").room("操场").staff("王芳").club("篮球", "Tue")
    tiny.meets("篮球", "Tue", room="操场")
    assert reasons(tiny) == {"篮球/leader1": said(NOBODY_FREE, count=1, names=["王芳"])}


def test_what_is_held_needs_no_reason() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护")
    assert reasons(tiny) == {}


def test_a_date_left_open_is_no_open_post_of_the_pattern() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护")
    assert reasons(tiny.instead("看护", 8, open=True)) == {}
