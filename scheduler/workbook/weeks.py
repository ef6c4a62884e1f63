"""Saying in which weeks something takes place, in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from instances.calendar import Calendar
from instances.messages import Label, Lang, Template, join
from instances.words import Parity

NO_CLUBS = Label("停社周", "weeks without clubs")
CLUBS = Label("停社周除外", "not in weeks without clubs")
FROM = Template("第{week}周起", "from week {week}")
UNTIL = Template("至第{week}周", "until week {week}")
WEEKS = Template("第{weeks}周", "weeks {weeks}")
WEEK = Template("第{weeks}周", "week {weeks}")


class WeekNames:
    """Names for sets of dates within a weekly slot."""

    def __init__(self, calendar: Calendar, lang: Lang) -> None:
        self.calendar = calendar
        self.lang = lang
        self._known: dict[tuple[int, int, bool], str] = {}

    @cached_property
    def with_clubs(self) -> int:
        return self.calendar.where(lambda day: day.clubs)

    def of(self, days: int, slot: int, *, club: bool = False) -> str:
        """In which of the dates of ``slot``; empty for all of them (clubs: all that may be)."""
        key = (days, slot, club)
        if key not in self._known:
            self._known[key] = self._name(days, slot, club)
        return self._known[key]

    def _name(self, days: int, slot: int, club: bool) -> str:
        usual = slot & self.with_clubs
        if days in (slot, usual if club else slot):
            return ""
        if days == usual:
            return CLUBS.text(self.lang)
        if not days & usual:
            return NO_CLUBS.text(self.lang)
        for parity in (Parity.ODD, Parity.EVEN):
            mask = self.calendar.of_parity(parity)
            if days in (slot & mask, usual & mask):
                return parity.text(self.lang)
        for phase in self.calendar.term.phases:
            mask = self.calendar.between(phase.start, phase.end)
            if days in (slot & mask, usual & mask):
                return phase.name
        return self._numbers(days, slot, usual)

    def _numbers(self, days: int, slot: int, usual: int) -> str:
        weeks = [day.week for day in self.calendar.dates(days)]
        first, last = weeks[0], weeks[-1]
        for whole in (slot, usual):
            later = sum(
                1 << n
                for n, day in enumerate(self.calendar.days)
                if whole >> n & 1 and day.week >= first
            )
            if days == later:
                return FROM(week=first).text(self.lang)
        span = self.calendar.where(lambda day: first <= day.week <= last)
        for parity in (Parity.ODD, Parity.EVEN):
            mask = self.calendar.of_parity(parity) & span
            if days in (slot & mask, usual & mask) and len(weeks) > 3:
                return parity.text(self.lang)
        form = WEEK if first == last else WEEKS
        return form(weeks=self.spelled(weeks)).text(self.lang)

    def spelled(self, weeks: Iterable[int]) -> str:
        """Week numbers with runs drawn together: 1–3、5."""
        runs: list[list[int]] = []
        for week in sorted(set(weeks)):
            if runs and week == runs[-1][1] + 1:
                runs[-1][1] = week
            else:
                runs.append([week, week])
        parts = (str(a) if a == b else f"{a}–{b}" for a, b in runs)
        return join(parts, self.lang)
