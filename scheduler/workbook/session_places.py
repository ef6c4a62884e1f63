"""Another date or segment for a session: what may be written, and what follows from it."""

from __future__ import annotations

from instances.calendar import ServiceDay, timing_on
from instances.names import Names
from instances.problems import Place, Problem
from instances.text import Misread, read_text
from instances.timetable import Session, When
from instances.when import read_date
from instances.words import Weekday
from scheduler.workbook import dated_faults as faults
from scheduler.workbook.sheet import Value
from scheduler.workbook.view import View

NEAR = 3
Cell = tuple[object, Place]
"""What stands in a cell, and where that is."""


class Places:
    """The dates and segments that sessions can be moved to."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.calendar = view.calendar
        self.segments = Names(segment.name for segment in view.instance.segments)
        term = view.instance.term
        self._near = (term.start, term.end)

    def read(self, session: Session, date: Cell | None, segment: Cell | None) -> When | Problem:
        """Where a session is to take place, by its two cells; ``None`` where one is as it was."""
        day, name = session.day, session.segment
        if date is not None:
            found = self._day(*date)
            if isinstance(found, Problem):
                return found
            day = found
        if segment is not None:
            try:
                known = self.segments.find(read_text(segment[0]))
            except Misread as misread:
                return misread.fault.at(segment[1], **misread.facts)
            if known is None:
                return faults.NO_SEGMENT.at(segment[1], segments=self._of(session, day))
            name = known
        cell = segment or date
        assert cell is not None, "one of the two has changed"
        return self._fits(session, day, name, cell[1])

    def _day(self, value: object, place: Place) -> ServiceDay | Problem:
        try:
            date = read_date(value, self._near)
        except Misread as misread:
            return misread.fault.at(place, **misread.facts)
        since = self.view.timetable.since
        if since is not None and date < since:
            return faults.NOT_BACK.at(place, since=since)
        if date in self.calendar.index:
            return self.calendar.days[self.calendar.index[date]]
        days = sorted((day.date for day in self.calendar.days), key=lambda day: abs(day - date))
        return faults.NO_SERVICE.at(place, date=date, near_days=sorted(days[:NEAR]))

    def _fits(self, session: Session, day: ServiceDay, name: str, place: Place) -> When | Problem:
        """The place, if the segment takes place on the day and is for the session's classes."""
        segment = self.view.instance.segment_by_name[name]
        facts = {"segment": name, "segments": self._of(session, day)}
        if timing_on(segment, day.weekday, day.phase) is None:
            return faults.SEGMENT_OFF.at(place, date=day.date, **facts)
        if not self._serves(session, name):
            return faults.OTHER_GRADES.at(place, classes=session.classes, **facts)
        return When(date=day.date, segment=name)

    def _serves(self, session: Session, name: str) -> bool:
        segment = self.view.instance.segment_by_name[name]
        classes = [self.view.instance.class_by_name[one] for one in session.classes]
        fits = [not segment.grades or one.grade in segment.grades for one in classes]
        return not fits or (any(fits) if session.post.option is not None else all(fits))

    def _of(self, session: Session, day: ServiceDay) -> list[str]:
        """The segments of a day that a session could be in."""
        return [
            segment.name
            for segment in self.view.instance.segments
            if timing_on(segment, day.weekday, day.phase) and self._serves(session, segment.name)
        ]

    def derived(self, when: When) -> tuple[Value, Value, Value, Value]:
        """Weekday, week, start and end of a place, as the sheet would show them."""
        day = self.calendar.days[self.calendar.index[when.date]]
        segment = self.view.instance.segment_by_name[when.segment]
        timing = timing_on(segment, day.weekday, day.phase)
        assert timing is not None
        weekday = Weekday(when.date.isoweekday()).text(self.view.lang)
        return weekday, day.week, timing.start, timing.end
