"""A timetable as it was before any event took place in it."""

from __future__ import annotations

from instances.timetable import DatedChange, Timetable


def undisturbed(timetable: Timetable) -> Timetable:
    """The timetable without its events, and without all that was changed on their account."""
    changes = {key: one for key, one in timetable.changes.items() if one.event is None}
    return timetable.model_copy(update={"events": (), "changes": changes})


def is_void(change: DatedChange) -> bool:
    """Whether a change says nothing."""
    return change == DatedChange(reason=change.reason, event=change.event)
