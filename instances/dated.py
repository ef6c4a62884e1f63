"""What an exception makes of a session: who, whether, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instances.words import Status

if TYPE_CHECKING:
    from instances.timetable import DatedChange


def applied(
    change: DatedChange | None, planned: str | None, room: str | None
) -> tuple[str | None, Status, str | None]:
    """Who comes, what becomes of the session, and where it is."""
    if change is None:
        return planned, Status.OPEN if planned is None else Status.PLANNED, room
    if change.cancelled:
        return planned, Status.CANCELLED, room
    staff = None if change.open else (change.staff or planned)
    here = change.room or room
    if staff is None:
        return None, Status.OPEN, here
    if staff != planned:
        return staff, Status.COVER, here
    return staff, Status.MOVED if here != room else Status.PLANNED, here
