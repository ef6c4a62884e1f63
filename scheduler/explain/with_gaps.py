"""The timetable with gaps that stands beside an explanation, as it can be published."""

from __future__ import annotations

from collections.abc import Sequence

from constraints.context import Context
from constraints.pins import PinText
from instances.timetable import Timetable
from scheduler.audit import audit
from scheduler.describe import Proved, describe
from scheduler.explain.explain import Explanation
from scheduler.progress import Control
from scheduler.result import Passage, PinIssue, Published
from scheduler.search import Settings
from scheduler.solve import PIN_IMPOSSIBLE


def with_gaps(
    found: Explanation, passages: Sequence[Passage], control: Control, settings: Settings
) -> Published:
    """The best timetable that was found, in which what cannot be filled is open with its reason.

    All rules are checked; the soft ones were not looked at when it was made. ``passages``: the
    explanation in words.
    """
    stands, school = found.standing, found.school
    kept = tuple(pin for n, pin in enumerate(school.pins) if n not in stands.clashing)
    context = Context(school.model_copy(update={"pins": kept}))
    judged = audit(context, stands.judged.view.timetable if stands.judged else Timetable())
    issues = []
    for n in stands.clashing:
        text = PIN_IMPOSSIBLE(pin=PinText(school.pins[n]))
        issues.append(PinIssue(pin=n, zh=text.text("zh"), en=text.text("en")))
    result = describe(
        context, judged, Proved(stands.at_least, 0), control, settings, issues, school
    )
    return Published(
        instance=school,
        timetable=judged.view.timetable,
        result=result,
        explanation=tuple(passages),
    )
