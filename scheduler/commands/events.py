"""What commands say of events: each with its dates, and why it is on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from instances.messages import Label, Lang, Template
from scheduler.result import EventFigures, Published
from scheduler.workbook.event_words import dates_text, why_here

HEAD = Label("大型活动：", "Events:")
PLACED = Template("  {event}：{dates}。{why}", "  {event}: {dates}. {why}")
REHEARSAL = Template("  {event}彩排{number}：{dates}", "  {event}, rehearsal {number}: {dates}")
WITHOUT = Template("! {event}：没有排上。{reason}", "! {event}: not placed. {reason}")


def event_lines(published: Published, lang: Lang) -> Iterator[str]:
    """A line for each event and rehearsal, by date."""
    events = published.result.events
    if not events:
        return
    yield HEAD.text(lang)
    for one in sorted(events, key=lambda one: (one.dates, one.event)):
        yield _line(one, published.timetable.since, lang)


def _line(one: EventFigures, since: dt.date | None, lang: Lang) -> str:
    if not one.dates:
        return WITHOUT(event=one.event, reason=one.reason.get(lang, "")).text(lang)
    dates = dates_text(one.dates)
    why = why_here(one, since)
    if why is None:
        facts = {"event": one.event, "number": one.rehearsal, "dates": dates}
        return REHEARSAL(**facts).text(lang)
    return PLACED(event=one.event, dates=dates, why=why).text(lang)
