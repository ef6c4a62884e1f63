"""From a school's events to the rows of their sheet."""

from __future__ import annotations

from collections.abc import Iterator

from instances.school import Instance
from instances.workbook.content import Row


def event_rows(instance: Instance) -> Iterator[Row]:
    for event in instance.events:
        rehearses = event.rehearsals or event.rehearsal_gap != 1
        yield event.model_dump() | {
            "posts": event.posts,
            "wished": event.wished,
            "days": event.days if event.days != 1 else None,
            "waived": event.waived or None,
            "rehearsals": event.rehearsals or None,
            "rehearsal_gap": event.rehearsal_gap if rehearses else None,
            "apart": event.apart or None,
        }
