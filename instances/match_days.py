"""The dates and segments in which a tournament may be played, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterator

from instances.calendar import Calendar, ServiceDay, timing_on
from instances.school import Instance, Segment
from instances.tournaments import Tournament


def segments_of(instance: Instance, tournament: Tournament) -> tuple[Segment, ...]:
    """The segments named or, where none is, all that serve the grades that play."""
    if tournament.segments:
        known = instance.segment_by_name
        return tuple(known[name] for name in tournament.segments if name in known)
    teams = instance.teams(tournament)
    grades = {
        instance.class_by_name[name].grade for name in teams if name in instance.class_by_name
    }
    return tuple(s for s in instance.segments if not s.grades or not grades.isdisjoint(s.grades))


def match_days(instance: Instance, tournament: Tournament) -> Iterator[ServiceDay]:
    """The service days of the window on which it may be played; never in exam weeks."""
    segments = segments_of(instance, tournament)
    frozen = instance.term.frozen
    for day in Calendar(instance.term).days:
        if (
            (tournament.start is None or day.date >= tournament.start)
            and (tournament.end is None or day.date <= tournament.end)
            and (not tournament.weekdays or day.weekday in tournament.weekdays)
            and not tournament.is_lost(day.date)
            and not any(day.date in period for period in frozen)
            and any(timing_on(segment, day.weekday, day.phase) for segment in segments)
        ):
            yield day
