"""What the sheets say of an event: who takes part, when, where, and why on this date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from instances.at_events import Going
from instances.event_dates import service_clock
from instances.event_sessions import event_title
from instances.events import Event
from instances.messages import Bilingual, Label, Message, Template, localize
from instances.words import Weekday, grade_text
from scheduler.result import EventFigures
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.view import View

EVERYBODY = Label("全校", "whole school")
WHOLE_DAY = Label("全天", "whole day")
DAY = Template("{date}（{weekday}）", "{weekday} {date}")
DAYS = Template("{first}至{last}", "{first} to {last}")
CHOSEN = Template(
    "停{clubs}次社团、影响{people}人次；其次是{date}：停{other_clubs}次、{other_people}人次。",
    "It pushes out {clubs} club {clubs:meeting|meetings} and {people} "
    "{people:person-session|person-sessions}; the next best, {date}, "
    "{other_clubs} and {other_people}.",
)
AS_GOOD = Template(
    "停{clubs}次社团、影响{people}人次；另有{count}天同样少，按希望日期和全学期的分散程度选定。",
    "It pushes out {clubs} club {clubs:meeting|meetings} and {people} "
    "{people:person-session|person-sessions}; {count} other {count:date|dates} would push out "
    "as little, so that wishes and the spread over the term decided.",
)
THEN = Template(
    "{text}其余日子最好的是{date}：停{other_clubs}次、{other_people}人次。",
    "{text} Of the others {date} is best: {other_clubs} and {other_people}.",
)
FIXED = Template(
    "日期已定；停{clubs}次社团、影响{people}人次。",
    "The date is fixed; it pushes out {clubs} club {clubs:meeting|meetings} and {people} "
    "{people:person-session|person-sessions}.",
)
HELD = Label("已经举行。", "It has taken place.")
ALL_TOGETHER = Template(
    "{text}换到那天，全部活动合计多影响{more}人次。",
    "{text} With it there, all events together would push out {more} more.",
)


def day_text(date: dt.date) -> Message:
    """A date with its weekday."""
    return DAY(date=date, weekday=Weekday(date.isoweekday()))


def dates_text(dates: tuple[dt.date, ...]) -> Message:
    """The dates of an event."""
    if len(dates) == 1:
        return day_text(dates[0])
    return DAYS(first=day_text(dates[0]), last=day_text(dates[-1]))


def time_text(view: View, one: Going, date: dt.date) -> str:
    """When it is on a date: the clock, or all day."""
    if one.held.whole_day:
        return WHOLE_DAY.text(view.lang)
    calendar = view.calendar
    clock = None
    if date in calendar.index:
        day = calendar.days[calendar.index[date]]
        clock = service_clock(view.instance, one.held, day)
    return clock_text(clock) if clock else ""


def audience_text(view: View, event: Event) -> str:
    """Who takes part, in few words."""
    parts: list[str] = [grade_text(grade, view.lang) for grade in event.grades]
    parts += [*event.classes, *event.clubs]
    return view.joined(parts) if parts else EVERYBODY.text(view.lang)


def place_text(view: View, event: Event) -> str:
    """Where it is."""
    return view.joined([*event.venues, *([event.place] if event.place else [])])


def why_here(figures: EventFigures, since: dt.date | None = None) -> Bilingual | None:
    """Why an event is on its date and not on the next best, or that it has been."""
    if figures.rehearsal or not figures.dates:
        return None
    if figures.is_over(since):
        return HELD
    facts = {"clubs": figures.clubs, "people": figures.displaced}
    if figures.next_date is None:
        return FIXED(**facts)
    date = day_text(figures.next_date)
    other = {"other_clubs": figures.next_clubs, "other_people": figures.next_displaced}
    if figures.as_good:
        text = AS_GOOD(**facts, count=figures.as_good)
        return THEN(text=text, date=date, **other) if figures.next_more else text
    text = CHOSEN(**facts, **other, date=date)
    own = figures.next_displaced - figures.displaced
    return text if own == figures.next_more else ALL_TOGETHER(text=text, more=figures.next_more)


def goings(view: View) -> list[Going]:
    """Everything that is held, by date."""
    return sorted(view.expansion.at_events.everything, key=lambda one: (one.held.dates, one.key))


def figures_of(view: View) -> dict[str, EventFigures]:
    """What the result says of each event and rehearsal, by key."""
    return {
        one.event if not one.rehearsal else f"{one.event}#{one.rehearsal}": one
        for one in view.result.events
    }


def title_of(view: View, one: Going) -> str:
    return event_title(view.instance, one.held)


def unplaced(view: View) -> Iterator[tuple[str, Bilingual]]:
    """Events that have no date, and why."""
    for one in view.result.events:
        if not one.dates and one.reason:
            yield one.event, Label(one.reason["zh"], one.reason["en"])


def text_of(view: View, what: Bilingual | None) -> str | None:
    return None if what is None else localize(what, view.lang)
