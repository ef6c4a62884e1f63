"""The year of the bundled primary school: every event of its plan in one complete timetable."""

from __future__ import annotations

from constraints.context import Context
from instances.samples import primary_36
from instances.words import EventKind
from scheduler.audit import audit
from scheduler.events.plan import plan_events
from scheduler.progress import Control
from scheduler.search import Settings


def test_the_year_of_the_primary_school() -> None:
    instance, timetable = primary_36.build_with_plan()
    context = Context(instance)
    found = plan_events(context, timetable, Control(), Settings(workers=1))
    judged = audit(context, found.timetable)
    assert judged.hard == ()
    assert judged.open_by_tier == (0, 0, 0, 0, 0)
    held = {one.event for one in found.timetable.events}
    assert held == {event.name for event in instance.events}
    assert {event.kind for event in instance.events} == {
        EventKind.SPORTS_MEET,
        EventKind.OUTSIDE_GAMES,
        EventKind.ART_FESTIVAL,
        EventKind.CONTEST,
        EventKind.CLASS_CONTEST,
        EventKind.ASSEMBLY,
    }
    assert found.displaced == found.bound
    assert found.open_posts == 0
    meet = next(one for one in found.figures if one.event == "秋季运动会")
    # of the dates allowed, Thursday and Friday push out fewest; another such pair is as good
    assert [date.isoweekday() for date in meet.dates] == [4, 5]
    assert meet.as_good == 1
    assert meet.next_clubs > meet.clubs
