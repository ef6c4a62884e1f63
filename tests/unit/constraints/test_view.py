"""What a check sees of a timetable."""

from __future__ import annotations

from constraints.context import Context
from constraints.examples import CARE, Tiny, september
from constraints.view import View


def view(tiny: Tiny) -> View:
    instance, timetable = tiny.done()
    return Context(instance).view(timetable)


def crowded(leader: str | None) -> Tiny:
    """30 children, 10 of them in a club: the second adult (ratio 25) is needed without it."""
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳", "李明", "张伟")
        .room("操场")
        .care("Tue 社团", ratio=25)
        .club("篮球", "Tue")
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "看护", "Tue 社团")
        .holds("李明", "看护", "Tue 社团")
    )
    return tiny.holds(leader, "篮球") if leader else tiny


def test_second_adult_is_not_in_the_pattern_while_the_club_runs() -> None:
    assert set(view(crowded("张伟")).pattern) == {"王芳", "张伟"}  # 30 - 10 = 20 <= 25


def test_second_adult_is_in_the_pattern_when_nobody_leads_the_club() -> None:
    assert set(view(crowded(None)).pattern) == {"王芳", "李明"}  # 30 > 25


def test_load_counts_covers_and_real_dates() -> None:
    tiny = (
        Tiny(holidays=(september(17),))
        .classes("三1")
        .staff("王芳", "李明")
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Tue", "Thu")
        .instead("看护", 8, staff="李明")
    )
    # 王芳: Tuesdays 8 and 15, Thursday 10 (17 is a holiday), without the 8th: 2 units
    assert view(tiny).loads == {"王芳": 200, "李明": 100}


def test_cancelled_sessions_are_not_worked() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护", "Tue")
    assert view(tiny.instead("看护", 8, cancelled=True)).loads == {"王芳": 100}


def test_unplaced_activity_has_its_posts() -> None:
    seen = view(Tiny().classes("三1").room("操场").club("篮球", "Tue", "Wed"))
    assert seen.unplaced == ("篮球",)
    assert [post.line for post in seen.unplaced_posts("篮球")] == ["篮球/leader1"]


def test_the_sessions_of_a_timetable_are_worked_out_once_and_not_mistaken_for_another() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", CARE, "Tue")
    instance, timetable = tiny.done()
    context = Context(instance)
    assert context.expansion(timetable) is context.view(timetable).expansion
    empty = timetable.model_copy(update={"holders": {}})
    assert [s.staff for s in context.expansion(empty).sessions] == [None, None]
    assert [s.staff for s in context.expansion(timetable).sessions] == ["王芳", "王芳"]
