"""理由: no class sings in the hall while it runs on the playground, nobody organizes two contests
at once, and a week with three of them is one too many.

建模: events are placed after the weekly pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.event_dates import overlap
from instances.messages import Label, Message, Template

if TYPE_CHECKING:
    from constraints.view import View
    from instances.at_events import Going

SHARED = Template("同时需要{what}", "both need {what} at one time")
NEAR = Template("只相隔{gap}天，应至少{least}天", "{gap} days apart instead of {least}")
RESERVE = Template("占用了备用日期{date}", "on the reserve date {date}")


class EventsClash(Rule):
    """Two events that need the same classes, rooms or people, or are too near."""

    title: ClassVar[Label] = Label("大型活动冲突", "events clash")
    statement: ClassVar[Template] = Template(
        "同时进行的大型活动不用同样的班级、社团、场地和人员，相隔天数足够，备用日期不被占用。",
        "Events at one time share no class, club, room or person; they are as many days apart as"
        " asked, and reserve dates are kept free.",
    )
    finding: ClassVar[Template] = Template(
        "“{one}”与“{other}”（{date}）冲突：{why}。", "“{one}” and “{other}” ({date}) clash: {why}."
    )
    apart: ClassVar[Unit | None] = "times"
    examples: ClassVar[tuple[Example, ...]] = (
        # one pair of events with class 三1 in both: 1
        example(
            "9月8日同一时段三1班既有合唱又有书法",
            "singing and calligraphy for class 三1 in one segment of 8 September",
            Tiny()
            .classes("三1")
            .event("合唱", classes=("三1",))
            .event("书法", grades=(3,))
            .held("合唱", 8)
            .held("书法", 8),
            1,
        ),
        # 9 - 8 = 1 day apart, 2 are asked for: 1
        example(
            "应相隔2天，实际相邻",
            "two days apart are asked for, and they are on days running",
            Tiny()
            .classes("三1", "三2")
            .event("合唱", classes=("三1",), apart=2)
            .event("书法", classes=("三2",))
            .held("合唱", 8)
            .held("书法", 9),
            1,
        ),
        example(
            "同一天不同班级、不同场地",
            "on one day, but other classes and other rooms",
            Tiny()
            .classes("三1", "三2")
            .event("合唱", classes=("三1",))
            .event("书法", classes=("三2",))
            .held("合唱", 8)
            .held("书法", 8),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        for one, other in combinations(view.expansion.at_events.everything, 2):
            if one.event is other.event:
                continue
            for why in _why(view, one, other):
                where = {"events": [one.key, other.key]}
                date = other.held.dates[0]
                names = {"one": one.event.name, "other": other.event.name}
                yield self.found(1, where, **names, date=date, why=why)


def _why(view: View, one: Going, other: Going) -> Iterator[Message]:
    shared = _shared(view, one, other)
    if shared and _meet(view, one, other):
        yield SHARED(what=shared)
    for first, second in ((one, other), (other, one)):
        reserve = first.event.reserve
        if shared and not first.held.rehearsal and reserve in second.held.dates:
            yield RESERVE(date=reserve)
    if one.held.rehearsal or other.held.rehearsal:
        return
    early, late = sorted((one, other), key=lambda going: going.held.dates[0])
    least = max(one.event.apart, other.event.apart)
    gap = (late.held.dates[0] - early.held.dates[-1]).days
    if gap < least:
        yield NEAR(gap=max(0, gap), least=least)


def _shared(view: View, one: Going, other: Going) -> tuple[str, ...]:
    """Classes, clubs, rooms and people that both need, in a settled order."""
    both = [
        _classes(view, one) & _classes(view, other),
        set(one.event.clubs) & set(other.event.clubs),
        one.rooms & other.rooms,
        one.people & other.people,
        _teams(view, one, other) | _teams(view, other, one),
    ]
    return tuple(name for some in both for name in sorted(some))


def _teams(view: View, one: Going, other: Going) -> set[str]:
    """Clubs of one event with children of classes that are at the other as a whole."""
    there = _classes(view, other)
    taken = view.demand.taken
    return {
        club
        for club in one.event.clubs
        if any(children and name in there for name, children in taken.get(club, {}).items())
    }


def _classes(view: View, one: Going) -> set[str]:
    """Those who take part, whatever else the event displaces."""
    event = one.event
    if one.held.rehearsal or (event.clubs and not (event.grades or event.classes)):
        return set()
    some = event.grades or event.classes
    return {
        c.name
        for c in view.instance.classes
        if not some or c.grade in event.grades or c.name in event.classes
    }


def _meet(view: View, one: Going, other: Going) -> bool:
    at = view.expansion.at_events
    for date in set(one.held.dates) & set(other.held.dates):
        clocks = {going.key: clock for clock, going in at.on(date)}
        if overlap(clocks[one.key], clocks[other.key]):
            return True
    return False
