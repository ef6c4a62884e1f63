"""Events: what came, what went, and what is different."""

from __future__ import annotations

from collections.abc import Iterator

from instances.compare.difference import Difference, Sort, field_difference
from instances.messages import Template
from instances.problems import Path
from instances.school import Event, Instance

NEW_EVENT = Template("新增大型活动“{name}”", "new event: “{name}”")
NO_EVENT = Template("大型活动“{name}”取消", "event “{name}” is cancelled")


def events(old: Instance, new: Instance) -> Iterator[Difference]:
    """Events that came or went, and their columns."""
    before = {event.name: event for event in old.events}
    after = {event.name for event in new.events}
    for name in before:
        if name not in after:
            yield Difference(Sort.GONE, name, NO_EVENT(name=name))
    for index, event in enumerate(new.events):
        path: Path = ("events", index)
        if event.name not in before:
            yield Difference(Sort.NEW, event.name, NEW_EVENT(name=event.name), path)
            continue
        for field in Event.model_fields:
            was = before[event.name]
            yield from field_difference(Sort.EVENTS, "events", event.name, field, was, event, path)
