"""Whether a change of single dates is an improvement: by the audit alone, no solver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from constraints.context import Context
from instances.timetable import Timetable
from instances.words import Status
from scheduler.audit import broken


class Trial:
    """A timetable looked at on some dates: what it breaks there, and what is open."""

    def __init__(self, context: Context, dates: Iterable[dt.date]) -> None:
        self.context = context
        index = context.demand.calendar.index
        self.days = sum(1 << index[date] for date in set(dates))

    def breaches(self, timetable: Timetable) -> int:
        return sum(finding.amount for finding in broken(self.context, timetable, self.days))

    def open_posts(self, timetable: Timetable) -> list[int]:
        """Open posts by tier."""
        tiers = [0] * 5
        for session in self.context.view(timetable, self.days).sessions:
            if session.status is Status.OPEN:
                tiers[session.post.role.tier] += 1
        return tiers
