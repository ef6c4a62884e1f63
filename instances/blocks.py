"""Where activities may sit in the week: blocks, options of movable activities, clashes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from instances.calendar import Calendar, timing_on
from instances.messages import Lang, join
from instances.school import Activity, Instance, Segment
from instances.words import Kind, Weekday


@dataclass(frozen=True, slots=True)
class Block:
    """The place of one meeting in the week: a weekday and its consecutive segments."""

    weekday: Weekday
    segments: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{int(self.weekday)}.{'+'.join(self.segments)}"

    @property
    def slots(self) -> Iterator[tuple[Weekday, str]]:
        for segment in self.segments:
            yield self.weekday, segment

    def text(self, lang: Lang) -> str:
        return f"{self.weekday.text(lang)} {join(self.segments, lang)}"


@dataclass(frozen=True, slots=True)
class Moment:
    """Segments in force at one time of a weekday: nobody can be in two of them.

    ``days`` are the dates (bit mask over the calendar) on which that is so.
    """

    weekday: Weekday
    days: int
    segments: frozenset[str]


def serves(segment: Segment, activity: Activity, instance: Instance) -> bool:
    """Whether a segment is for some of the children of an activity (duties: always)."""
    if not segment.grades or not activity.kind.has_children:
        return True
    return any(
        school_class.grade in segment.grades for school_class in instance.attending(activity)
    )


def allowed_slots(instance: Instance, activity: Activity) -> tuple[tuple[Weekday, str], ...]:
    """The slots an activity may use, by weekday and clock.

    Blank means every segment that serves all of its grades, or some of them if none does.
    """
    if activity.slots:
        chosen = {(slot.weekday, slot.segment) for slot in activity.slots}
    else:
        grades = {school_class.grade for school_class in instance.attending(activity)}
        whole = [s for s in instance.segments if not s.grades or grades <= set(s.grades)]
        some = whole or [s for s in instance.segments if serves(s, activity, instance)]
        if activity.kind in (Kind.CARE, Kind.NOON, Kind.LATE, Kind.EXERCISE):
            some = [s for s in instance.segments if serves(s, activity, instance)]
        chosen = {(day, segment.name) for segment in some for day in _weekdays(segment)}
    known = {
        (day, segment.name): start
        for segment in instance.segments
        for day in _weekdays(segment)
        if (start := _clock(segment, day)) is not None
    }
    return tuple(sorted(chosen & set(known), key=lambda slot: (slot[0], known[slot], slot[1])))


def blocks_of(instance: Instance, activity: Activity) -> tuple[Block, ...]:
    """Every place where one meeting of an activity could sit."""
    slots = allowed_slots(instance, activity)
    found = []
    for weekday, group in itertools.groupby(slots, key=lambda slot: slot[0]):
        names = [name for _, name in group]
        for first in range(len(names)):
            run = _run(instance, weekday, names[first:], activity.length)
            if run is not None:
                found.append(Block(weekday, run))
    return tuple(found)


def fixed_blocks(instance: Instance, activity: Activity) -> tuple[Block, ...]:
    """The meetings of an activity that meets at all its slots: runs that do not overlap."""
    if activity.length == 1:
        return blocks_of(instance, activity)
    kept: list[Block] = []
    used: set[tuple[Weekday, str]] = set()
    for block in blocks_of(instance, activity):
        if used.isdisjoint(block.slots):
            kept.append(block)
            used.update(block.slots)
    return tuple(kept)


def options_of(instance: Instance, activity: Activity) -> tuple[tuple[Block, ...], ...]:
    """Every set of places for the weekly meetings of a movable activity.

    Meetings are on different days wherever the allowed slots have enough days.
    """
    if activity.per_week is None:
        blocks = fixed_blocks(instance, activity)
        return (blocks,) if blocks else ()
    blocks = blocks_of(instance, activity)
    days = len({block.weekday for block in blocks})
    chosen = []
    for combination in itertools.combinations(blocks, activity.per_week):
        weekdays = {block.weekday for block in combination}
        slots = [slot for block in combination for slot in block.slots]
        if len(set(slots)) < len(slots):
            continue
        if len(weekdays) == min(activity.per_week, days):
            chosen.append(combination)
    return tuple(chosen)


def moments(
    instance: Instance, calendar: Calendar, changeover: int | None = None
) -> tuple[Moment, ...]:
    """The maximal sets of segments that share a time, with the dates on which they do.

    Times are half-open intervals; each is lengthened by the changeover minutes (default: the
    term's, for people; children who are in one segment are still in the one before).
    """
    gap = instance.term.changeover_minutes if changeover is None else changeover
    found: dict[tuple[Weekday, frozenset[str]], int] = {}
    phases = {day.phase for day in calendar.days}
    for weekday in Weekday:
        for phase in phases:
            days = calendar.of_weekday[weekday] & calendar.where(
                lambda day, phase=phase: day.phase == phase  # type: ignore[misc]
            )
            if days:
                for segments in _overlapping(instance, weekday, phase, gap):
                    found[weekday, segments] = found.get((weekday, segments), 0) | days
    return tuple(Moment(weekday, days, segments) for (weekday, segments), days in found.items())


def _overlapping(
    instance: Instance, weekday: Weekday, phase: str | None, gap: int
) -> list[frozenset[str]]:
    clocks = {}
    for segment in instance.segments:
        timing = timing_on(segment, weekday, phase)
        if timing is not None:
            end = minutes(timing.end) + gap
            clocks[segment.name] = (minutes(timing.start), end)
    sets = {
        frozenset(name for name, (start, end) in clocks.items() if start <= at < end)
        for at, _ in clocks.values()
    }
    return [one for one in sets if not any(one < other for other in sets)]


def minutes(clock: dt.time) -> int:
    """Minutes after midnight."""
    return clock.hour * 60 + clock.minute


def _run(
    instance: Instance, weekday: Weekday, names: Iterable[str], length: int
) -> tuple[str, ...] | None:
    run: list[str] = []
    free_from = -1
    for name in names:
        timing = next(t for t in instance.segment_by_name[name].timings if weekday in t.weekdays)
        if minutes(timing.start) >= free_from:
            run.append(name)
            free_from = minutes(timing.end)
            if len(run) == length:
                return tuple(run)
    return None


def _weekdays(segment: Segment) -> set[Weekday]:
    return {day for timing in segment.timings for day in timing.weekdays}


def _clock(segment: Segment, weekday: Weekday) -> dt.time | None:
    return min(
        (timing.start for timing in segment.timings if weekday in timing.weekdays), default=None
    )
