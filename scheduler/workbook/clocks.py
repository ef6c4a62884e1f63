"""Clock times as they stand in a timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable


def clock_lines(clocks: Iterable[tuple[dt.time, dt.time]]) -> str:
    """Intervals, one under the other: 15:30–16:30."""
    return "\n".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in clocks)
