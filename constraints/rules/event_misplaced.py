"""理由: an event in exam weeks, on a holiday or outside the dates that were agreed with the county
does not take place, whatever the calendar says.

建模: events are placed after the weekly pattern, among the dates on which they may be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import HOMEWORK, Tiny, example, september
from constraints.rule import Example, Finding, Rule
from instances.calendar import timing_on
from instances.messages import Label, Template
from instances.school import FrozenPeriod

if TYPE_CHECKING:
    from constraints.view import View
    from instances.at_events import Going

NO_SERVICE = Label("这一天没有课后服务（放假或学期之外）", "a day without service")
FROZEN = Label("这一天在考试周", "in exam weeks")
WINDOW = Label("不在可选日期之内", "outside its dates")
WEEKDAY = Label("不是可选的星期", "not one of its weekdays")
DAYS = Label("不是连续的规定天数", "not so many days running")
SEGMENTS = Label("时段或段数不符", "not its segments or length")
CLOSED = Label("场地这一天停用", "a venue is closed")
ABSENT = Label("必到人员这一天不在校", "an organizer is away")
ORDER = Label("彩排的次序或间隔不符", "rehearsals out of order or too near")
ONE = dt.timedelta(days=1)


class EventMisplaced(Rule):
    """An event on a date or at a time at which it must not be."""

    title: ClassVar[Label] = Label("大型活动日期不当", "event misplaced")
    statement: ClassVar[Template] = Template(
        "大型活动在可选的日期和时段，不在考试周和假日；场地开放，必到人员在校，彩排依次在前。",
        "Events are within their dates and segments, never in exam weeks or on holidays; venues are"
        " open, organizers are there, and rehearsals come before in order.",
    )
    finding: ClassVar[Template] = Template(
        "“{event}”排在{date}：{why}。", "“{event}” is on {date}: {why}."
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # 8 September is before the first date, 9 September: 1
        example(
            "9月9日起才可以，排在8日",
            "allowed from 9 September, and held on the 8th",
            Tiny()
            .classes("三1")
            .event("合唱", start=dt.date(2026, 9, 9), end=dt.date(2026, 9, 18))
            .held("合唱", 8),
            1,
        ),
        # in exam weeks, and in the homework segment instead of the clubs': 1 + 1 = 2
        example(
            "考试周里，时段也不对",
            "in exam weeks, and in another segment than its own",
            Tiny(frozen=(FrozenPeriod(**september(14, 18).model_dump(), clubs=True),))
            .classes("三1")
            .event("合唱", segments=("社团",))
            .held("合唱", 15, segments=(HOMEWORK,)),
            2,
        ),
        example(
            "在可选日期之内",
            "within its dates",
            Tiny().classes("三1").event("合唱", start=dt.date(2026, 9, 8)).held("合唱", 8),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        since = view.context.history.since if view.context.history else None
        for one in view.expansion.at_events.everything:
            if since is not None and one.held.dates[0] < since:
                continue  # history
            for why in _why(view, one):
                where = {"event": one.key}
                yield self.found(1, where, event=one.event.name, date=one.held.dates[0], why=why)


def _why(view: View, one: Going) -> Iterator[Label]:
    event, dates, calendar = one.event, one.held.dates, view.demand.calendar
    term = view.instance.term
    if any(date not in calendar.index for date in dates):
        yield NO_SERVICE
        return
    if any(date in period for period in term.frozen for date in dates):
        yield FROZEN
    if not one.held.rehearsal:
        fixed = event.start is not None and event.end is None and dates[0] != event.start
        early = event.start is not None and dates[0] < event.start
        if fixed or early or (event.end is not None and dates[-1] > event.end):
            yield WINDOW
        days = {calendar.days[calendar.index[date]].weekday for date in dates}
        if not days <= set(event.weekdays or days):
            yield WEEKDAY
    if len(dates) != (1 if one.held.rehearsal else event.days) or any(
        later - date != ONE for date, later in pairwise(dates)
    ):
        yield DAYS
    if not _segments_fit(view, one):
        yield SEGMENTS
    rooms = [room for room in view.instance.rooms if room.name in event.venues]
    if any(room.is_closed_on(date) for room in rooms for date in dates):
        yield CLOSED
    bits = sum(1 << calendar.index[date] for date in set(dates))
    if any(view.people[key].absent & bits for key in event.people if key in view.people):
        yield ABSENT
    if not _in_order(view, one):
        yield ORDER


def _segments_fit(view: View, one: Going) -> bool:
    """Whether it takes as many segments as it should, of those it may use, on each date."""
    event, calendar = one.event, view.demand.calendar
    if one.held.whole_day:
        return event.length is None and not one.held.rehearsal
    names, known = one.held.segments, view.instance.segment_by_name
    whole = event.length is None and not one.held.rehearsal
    if whole or len(names) != event.rehearsal_length:
        return False
    if event.segments and not set(names) <= set(event.segments):
        return False
    days = [calendar.days[calendar.index[date]] for date in one.held.dates]
    return all(
        name in known and timing_on(known[name], day.weekday, day.phase) is not None
        for name in names
        for day in days
    )


def _in_order(view: View, one: Going) -> bool:
    """Whether the rehearsal or event that comes next is late enough."""
    number = one.held.rehearsal
    chain = {
        other.held.rehearsal: other.held.dates[0]
        for other in view.expansion.at_events.everything
        if other.event is one.event
    }
    if not number:
        return set(range(one.event.rehearsals + 1)) == set(chain)
    later = chain.get(number + 1) or chain.get(0)
    return later is None or (later - one.held.dates[0]).days >= one.event.rehearsal_gap
