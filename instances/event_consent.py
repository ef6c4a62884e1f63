"""Who has agreed to work at an event: consent of its own, asked for each event."""

from __future__ import annotations

from instances.events import Event
from instances.school import Staff
from instances.words import Level


def wish_for(person: Staff, event: Event) -> Level | None:
    """What a person has said about an event; ``None``: nothing."""
    return next((w.level for w in person.activity_wishes if w.activity == event.name), None)


def agreed_to(person: Staff, event: Event) -> bool:
    """Whether a person may be given a post of an event.

    By name; without any name, by a wish for the event. Within teaching hours everybody may be,
    unless they have said no.
    """
    said = wish_for(person, event)
    if said is Level.NO:
        return False
    if event.waived or said is not None:
        return True
    return person.key in event.agreed
