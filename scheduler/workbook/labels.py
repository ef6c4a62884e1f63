"""Short descriptions that several sheets share."""

from __future__ import annotations

from instances.messages import Template
from instances.school import Activity
from instances.timetable import Session
from instances.words import Weekday
from scheduler.workbook.clocks import clock_lines
from scheduler.workbook.view import Item, View

SLOT = Template("{day} {segment} {clock}", "{day} {segment} {clock}")
SHORT = Template("{day} {segment}", "{day} {segment}")
SLOT_WHEN = Template("{slot}（{when}）", "{slot} ({when})")
GRADES = Template("{low}–{high}年级", "Grades {low}–{high}")
GRADE = Template("{low}年级", "Grade {low}")


def slot_text(view: View, item: Item) -> str:
    """When a line meets: 周二 社团活动 16:30–17:30（单周）; no clock where it changes."""
    day, segment = item.slot
    if len(item.clocks) == 1:
        clock = clock_lines(item.clocks)
        slot = SLOT(day=day, segment=segment, clock=clock).text(view.lang)
    else:
        slot = SHORT(day=day, segment=segment).text(view.lang)
    return SLOT_WHEN(slot=slot, when=item.when).text(view.lang) if item.when else slot


def clock_of(view: View, item: Item) -> str:
    """The clock times of a line, and in which weeks it meets: 16:30–17:30（单周）."""
    clock = clock_lines(item.clocks)
    return SLOT_WHEN(slot=clock, when=item.when).text(view.lang) if item.when else clock


def who_attends(view: View, activity: Activity) -> str:
    """The grades of an activity where whole grades attend, else its classes."""
    classes = view.instance.attending(activity)
    grades = sorted({school_class.grade for school_class in classes})
    whole = [c for c in view.instance.classes if c.grade in grades]
    if grades and len(whole) == len(classes) and grades[-1] - grades[0] == len(grades) - 1:
        if len(grades) == 1:
            return GRADE(low=grades[0]).text(view.lang)
        return GRADES(low=grades[0], high=grades[-1]).text(view.lang)
    return view.joined([school_class.name for school_class in classes])


def weekday_of(session: Session) -> Weekday:
    """The weekday of the calendar, whatever timetable the day follows."""
    return Weekday(session.date.isoweekday())
