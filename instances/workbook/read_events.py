"""Reading the sheet of events."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from instances.events import Event
from instances.records import PostSpec
from instances.words import Displaces, EventKind
from instances.workbook.compact import read_closures, read_posts
from instances.workbook.draft import Draft
from instances.workbook.table import Row

_NUMBERS_WITH_DEFAULT = {"days": 1, "rehearsals": 0, "rehearsal_gap": 1, "apart": 0}


def read_events(draft: Draft, rows: Iterable[Row]) -> tuple[Event, ...]:
    """The events of a school whose classes, rooms, people and activities are known."""
    events: list[Event] = []
    for row in rows:
        name, kind = row.text("name"), row.word("kind", EventKind)
        fields = _fields(draft, row)
        if not name:
            draft.unsure.add("events")
            continue
        draft.wishable.add(name)
        row.note(("events", len(events)), "name", *(key for key in Event.model_fields))
        events.append(Event(name=name, kind=kind or EventKind.OTHER, **fields))
    return tuple(events)


def _fields(draft: Draft, row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {"length": row.integer("length")}
    for key, blank in _NUMBERS_WITH_DEFAULT.items():
        number = row.integer(key)
        fields[key] = blank if number is None else number
    units = row.decimal("units", 2)
    return fields | {
        "start": row.date("start"),
        "end": row.date("end"),
        "weekdays": row.weekdays("weekdays"),
        "segments": row.references("segments", draft.segment_names),
        "wished": row.read("wished", partial(read_closures, near=draft.term)) or (),
        "reserve": row.date("reserve"),
        "grades": row.grades("grades"),
        "classes": row.references("classes", draft.classes),
        "clubs": row.references("clubs", draft.activities),
        "venues": row.references("venues", draft.rooms),
        "place": row.text("place"),
        "people": row.people("people"),
        "posts": _posts(draft, row),
        "agreed": row.people("agreed"),
        "waived": row.yes("waived", blank=False),
        "units": Decimal(1) if units is None else units,
        "displaces": row.word("displaces", Displaces) or Displaces.AUDIENCE,
    }


def _posts(draft: Draft, row: Row) -> tuple[PostSpec, ...]:
    return tuple(
        spec.model_copy(
            update={"skills": tuple(dict.fromkeys(draft.skills.find(s) or s for s in spec.skills))}
        )
        for spec in row.read("posts", read_posts) or ()
    )
