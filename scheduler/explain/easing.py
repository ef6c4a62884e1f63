"""What an administrator can really change so that more posts can be filled: one thing each.

Busy times and physics (one person in two places, the size of a room) are not among them.
Consent is never changed by us: it is something to ask for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from instances.messages import Message, Template
from instances.problems import Path
from instances.school import (
    Activity,
    Instance,
)

COSTS = {
    "consent": 2,
    "pin": 2,
    "cap": 3,
    "room": 3,
    "slot": 3,
    "named": 3,
    "open": 4,
    "skill": 6,
    "merge": 6,
    "ratio": 8,
    "drop": 10,
}
"""What one change of each kind costs, unless she says otherwise: effort and goodwill."""


@dataclass(frozen=True)
class Easing(ABC):
    """One change of the school; equal ones are the same change."""

    kind: ClassVar[str]
    words: ClassVar[Template]

    @abstractmethod
    def apply(self, school: Instance) -> Instance:
        """The school with the change made."""

    @abstractmethod
    def message(self) -> Message:
        """The change as a sentence: what to do."""

    @property
    @abstractmethod
    def theme(self) -> Hashable:
        """What it is about: two ways out are different if their themes are."""

    @property
    def person(self) -> str | None:
        """Whom it is about, if anybody: others in the same place might do as well."""
        return None

    @abstractmethod
    def paths(self, school: Instance) -> Iterator[Path]:
        """Where she would change it, the most exact place first."""


def with_activity(school: Instance, name: str, change: object) -> Instance:
    """The school with some fields of one activity changed."""
    assert callable(change)
    activities: list[Activity] = []
    for one in school.activities:
        activities.append(one.model_copy(update=change(one)) if one.name == name else one)
    return school.model_copy(update={"activities": tuple(activities)})


def paths_of_activity(school: Instance, name: str, field: str) -> Iterator[Path]:
    for n, one in enumerate(school.activities):
        if one.name == name:
            yield "activities", n, field
            yield "activities", n, "name"
