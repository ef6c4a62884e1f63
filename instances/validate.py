"""Does a school fit together? Everything that does not, wherever it was read from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from instances.checks import (
    activities,
    closed_rooms,
    dates,
    events,
    events_together,
    people,
    service,
    settings,
    tournaments,
)
from instances.checks.scope import Scope
from instances.problems import Flaw
from instances.rulebook import Rulebook
from instances.school import Instance


def validate(
    instance: Instance, rulebook: Rulebook | None = None, unsure: Collection[str] = ()
) -> Iterator[Flaw]:
    """Every flaw of an instance.

    Parameters
    ----------
    rulebook
        Without it the names and parameters of rules are not checked.
    unsure
        Parts that could not be read (sheet keys, or ``grades``, ``kinds``, ``phases``,
        ``capacities``); what depends on them is not complained about.
    """
    scope = Scope(instance, rulebook, frozenset(unsure))
    yield from dates.check(scope)
    if not all(segment.timings for segment in instance.segments):
        scope = Scope(instance, rulebook, scope.unsure | {"segments"})
    yield from people.check(scope)
    yield from activities.check(scope)
    yield from closed_rooms.check(scope)
    yield from events.check(scope)
    yield from events_together.check(scope)
    yield from tournaments.check(scope)
    yield from settings.check(scope)
    yield from service.check(scope)
