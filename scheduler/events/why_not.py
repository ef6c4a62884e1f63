"""Why an event has no date."""

from __future__ import annotations

from instances.messages import Message, Template
from scheduler.events.items import Item, Items

NEVER = Template(
    "可选的日子里，没有一天场地开放、必到人员都能到场。",
    "On none of its dates are its venues open and all who must be there free.",
)
AGAINST = Template(
    "可选的日子都与其他大型活动冲突（{others}需要同样的班级、场地或人员，或相隔天数不够）。",
    "All its dates clash with other events ({others} need the same classes, venues or people, "
    "or would be too near).",
)
REHEARSED = Template(
    "彩排与活动之间排不开：可选的日子太少。",
    "There are too few dates for its rehearsals before it.",
)


def why_unplaced(items: Items, item: Item) -> Message:
    """Why an item could not be placed beside the others."""
    if not item.columns:
        return NEVER()
    others = [
        other.event.name
        for other in items.items
        if other.event is not item.event
        and not other.rehearsal
        and (other.uses & item.uses or other.event.apart or item.event.apart)
    ]
    if others:
        return AGAINST(others=tuple(dict.fromkeys(others)))
    return REHEARSED()
