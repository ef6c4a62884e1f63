"""Ways out that are tried: what fails for a reason of the trial's own is repaired, not dropped."""

from __future__ import annotations

from constraints.examples import CARE, Tiny, september
from scheduler.audit import Audit
from scheduler.explain.arranging import Merge
from scheduler.explain.trial import tried
from scheduler.progress import Control
from scheduler.search import Settings

ALONE = Settings(1, 0)


def test_whoever_was_on_in_two_classes_is_on_in_the_group_made_of_them() -> None:
    school, pattern = (
        Tiny()
        .classes("三1", "三2", size=15)
        .staff("李明", "王芳")
        .care("Tue", ratio=30)
        .holds("王芳", CARE, "Tue")
        .done()
    )
    judged = tried(school, [Merge(CARE, 2)], pattern, Control(), ALONE, thorough=False)
    assert judged is not None
    # one group of 15 + 15 = 30 children wants one adult: the one who was on before, not 李明
    assert set(judged.view.timetable.holders.values()) == {"王芳"}
    assert sum(judged.open_by_tier) == 0


def test_what_a_pattern_leaves_without_a_holder_is_given_to_somebody() -> None:
    school, pattern = (
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明")
        .care("Tue")
        .holds("王芳", CARE, "Tue")
        .done()
    )
    judged = tried(school, [], pattern, Control(), ALONE, thorough=False)
    assert judged is not None
    # two classes, two adults
    assert set(judged.view.timetable.holders.values()) == {"王芳", "李明"}


def test_a_way_that_no_repair_helps_is_not_stated() -> None:
    school, pattern = (
        Tiny().classes("三1", "三2").staff("王芳").care("Tue").holds("王芳", CARE, "Tue").done()
    )
    failures: list[Audit] = []
    assert tried(school, [], pattern, Control(), ALONE, failures=failures) is None
    # one adult for two classes, on Tuesdays 8 and 15 September
    assert [sum(judged.open_by_tier) for judged in failures] == [2]


def test_who_is_away_and_cannot_be_covered_is_not_on_at_that_time() -> None:
    school, pattern = (
        Tiny()
        .classes("三1")
        .staff("王芳", leave=(september(8),))
        .staff("李明", "赵静")
        .care("Tue")
        .duty("校门值日", "Tue", staff=("王芳", "李明"))
        .holds("王芳", "校门值日", "Tue")
        .holds("李明", CARE, "Tue")
        .done()
    )
    judged = tried(school, [], pattern, Control(), ALONE, thorough=False)
    assert judged is not None
    # on the 8th only 李明 could be at the gate, and is with the class; so he is at the gate every
    # week, and of the others it is not 王芳 who is with the class
    assert sum(judged.open_by_tier) == 0
    assert sorted(judged.view.timetable.holders.values()) == ["李明", "赵静"]
