"""Clock times as they stand in a timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from instances.calendar import Calendar, timing_on
from instances.messages import Lang, Template, join
from instances.school import Segment
from instances.words import Weekday
from instances.workbook.cell_text import grades_text, weekdays_text

Clock = tuple[dt.time, dt.time]
ONLY = Template("{clock}（{when}）", "{clock} ({when})")
BELOW = Template("{clock}\n（{when}）", "{clock}\n({when})")
"""Where a phase and weekdays would not fit beside the time."""

GRADES = Template("{grades}", "gr. {grades}")
SEGMENT_TIMES = Template("{segment}：{clocks}", "{segment}: {clocks}")
CLOCKS = 3
"""As many lines of clock times stand in the head of a row or column, beneath its name."""


def clock_text(clock: Clock) -> str:
    """An interval: 15:30–16:30."""
    return f"{clock[0]:%H:%M}–{clock[1]:%H:%M}"


def clock_lines(clocks: Iterable[Clock]) -> str:
    """Intervals, one under the other."""
    return "\n".join(clock_text(clock) for clock in clocks)


def segment_clocks(
    calendar: Calendar,
    segment: Segment,
    lang: Lang,
    *,
    one_line: bool = False,
    weekdays: Collection[Weekday] = tuple(Weekday),
) -> str:
    """The clock times of a segment, with the weekdays or phases they hold for if they differ.

    Phases and weekdays together stand on a line of their own, unless all is to be on
    ``one_line``. Days that are past are left out, and all but those of ``weekdays``.
    """
    planned = (day for n, day in enumerate(calendar.days) if calendar.every >> n & 1)
    pairs = dict.fromkeys((day.weekday, day.phase) for day in planned if day.weekday in weekdays)
    found: dict[Clock, list[tuple[Weekday, str | None]]] = {}
    for weekday, phase in pairs:
        timing = timing_on(segment, weekday, phase)
        if timing is not None:
            found.setdefault((timing.start, timing.end), []).append((weekday, phase))
    if len(found) < 2:
        return clock_lines(found)
    days = {weekday for places in found.values() for weekday, _ in places}
    phases = {phase for places in found.values() for _, phase in places}
    lines = []
    for clock, places in found.items():
        here, then = {weekday for weekday, _ in places}, {phase for _, phase in places}
        parts = [phase for phase in then if phase] if then != phases else []
        parts += [weekdays_text(sorted(here), lang)] if here != days else []
        text = clock_text(clock)
        form = ONLY if len(parts) < 2 or one_line else BELOW
        lines.append(form(clock=text, when=join(parts, lang)).text(lang) if parts else text)
    return join(lines, lang) if one_line else "\n".join(lines)


def column_clocks(
    calendar: Calendar, weekday: Weekday, segments: Mapping[Segment, Iterable[int]], lang: Lang
) -> str:
    """The clock times of segments on a weekday, with the grades and phases they hold for.

    ``segments`` says which grades are in each. Where all have one time, it stands alone; days
    that are past are left out.
    """
    planned = [day for n, day in enumerate(calendar.days) if calendar.every >> n & 1]
    phases = dict.fromkeys(day.phase for day in planned if day.weekday == weekday)
    grades: dict[Clock, set[int]] = {}
    then: dict[Clock, dict[str | None, None]] = {}
    for segment, of_grades in segments.items():
        for phase in phases:
            timing = timing_on(segment, weekday, phase)
            if timing is not None:
                clock = (timing.start, timing.end)
                grades.setdefault(clock, set()).update(of_grades)
                then.setdefault(clock, {})[phase] = None
    everybody = set().union(*grades.values())
    lines = []
    for clock in sorted(grades):
        parts: list[str] = []
        if grades[clock] != everybody:
            parts.append(GRADES(grades=grades_text(sorted(grades[clock]), lang)).text(lang))
        if then[clock].keys() != phases.keys():
            parts += [phase for phase in then[clock] if phase]
        text = clock_text(clock)
        lines.append(BELOW(clock=text, when=join(parts, lang)).text(lang) if parts else text)
    return "\n".join(lines)
