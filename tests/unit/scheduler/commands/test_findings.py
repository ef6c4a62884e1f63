"""Findings as people read them: what recurs on many dates is one line."""

from __future__ import annotations

from constraints.context import Context
from constraints.examples import Tiny
from scheduler.audit import audit
from scheduler.commands.findings import by_rule
from tests.unit.scheduler.test_diff import TERM


def test_what_recurs_every_week_is_one_line() -> None:
    # Mondays from 7 September to 23 November: twelve
    tiny = Tiny(**TERM).classes("三1", "三2").staff("王芳").care("Mon")
    tiny = tiny.holds("王芳", "看护", "Mon", school_class="三1")
    instance, timetable = tiny.holds("王芳", "看护", "Mon", school_class="三2").done()
    found = audit(Context(instance), timetable).hard
    assert len(found) == 12
    assert list(by_rule(found, "zh")) == [
        "同时两处 (teacher-overlap): 12",
        "  - 王芳在9月7日、9月14日、9月21日等12天 15:30同时被安排到“看护（三1）”和“看护（三2）”。",
    ]
    assert list(by_rule(found, "en"))[1] == (
        "  - 王芳 is in both “看护 (三1)” and “看护 (三2)” on 7 Sep, 14 Sep, 21 Sep …, 12 dates"
        " in all at 15:30."
    )


def test_weeks_are_told_as_ranges() -> None:
    tiny = Tiny(**TERM).classes("三1").staff("王芳", cap_week=1).care("Mon", "Tue")
    tiny = tiny.holds("王芳", "看护", "Mon", school_class="三1")
    instance, timetable = tiny.holds("王芳", "看护", "Tue", school_class="三1").done()
    found = [one for one in audit(Context(instance), timetable).hard if "week" in one.rule]
    assert [finding.where["staff"] for finding in found] == ["王芳"] * 12
    assert list(by_rule(found, "zh"))[1:] == ["  - 王芳在第1–12周有2个岗位，每周上限为1个。"]
