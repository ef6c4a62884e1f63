"""Calendar files after a rerun: what was before stays, under the same identities."""

from __future__ import annotations

from pathlib import PurePath

import icalendar

from constraints.examples import Tiny
from scheduler.calendars.folder import calendars
from scheduler.workbook.view import View
from tests.helpers.calendars import expanded
from tests.helpers.published import publish, rerun

CLASS = PurePath("classes/三1.ics")


def care(staff: str) -> Tiny:
    """Care of one class on two Tuesdays, held by one person."""
    school = Tiny().classes("三1").staff("王芳", "李明").care("Tue")
    return school.holds(staff, "看护", "Tue", school_class="三1")


def facts(text: bytes, name: str) -> set[str]:
    return {str(event[name]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_a_rerun_keeps_identities_and_counts_on() -> None:
    old = publish(care("王芳"))
    first, second = sorted({session.date for session in View(old, "zh").whole_term})
    before, after = calendars(old, "zh"), calendars(rerun(old, care("李明"), second), "zh")
    for name, date in (("王芳", first), ("李明", second)):
        shown = expanded(after[PurePath("staff") / f"{name}.ics"])
        assert [start.date() for _, start, _, _ in shown.elements()] == [date]
    assert facts(before[CLASS], "UID") == facts(after[CLASS], "UID")
    assert facts(before[CLASS], "SEQUENCE") == {"0"}
    assert facts(after[CLASS], "SEQUENCE") == {"1"}
