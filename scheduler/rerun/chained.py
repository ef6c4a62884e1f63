"""What is still open on single dates, filled by covers in two links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from constraints.context import Context
from instances.timetable import Expansion, Timetable
from instances.words import Status
from scheduler.cover.facts import Absence
from scheduler.cover.options import OptionKind, applied, options
from scheduler.progress import Control

KINDS = OptionKind.COVER, OptionKind.CHAIN


def chained(
    context: Context,
    timetable: Timetable,
    fixed: Collection[str],
    locked: Collection[str],
    control: Control,
) -> Timetable:
    """The timetable with somebody in each open session whose holder does not come, where there is
    a way that the audit lets pass.

    ``fixed``: sessions, by key, that are as they were asked for, with somebody or with nobody;
    ``locked``: lines of which every session is.
    """
    sessions = Expansion(context.demand, timetable).sessions
    kept = {*fixed, *(one.key for one in sessions if one.post.line in locked)}
    missing: dict[tuple[str, dt.date], None] = {}
    for session in sessions:
        if session.status is Status.OPEN and session.planned and session.key not in kept:
            missing[session.planned, session.date] = None
    for staff, date in missing:
        if control.over:
            break
        absence = Absence(context, timetable, staff, date, date)
        for gap in absence.gaps:
            if gap.sessions[0].staff is None and gap.sessions[0].key not in kept:
                found = (o for o in options(absence, gap, staff) if o.kind in KINDS)
                way = next((o for o in found if not o.changes.keys() & kept), None)
                if way is not None:
                    timetable = applied(timetable, [way])
                    absence = Absence(context, timetable, staff, date, date)
    return timetable
