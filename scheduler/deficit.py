"""What cannot be staffed, housed or kept, proved by counting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from instances.messages import Lang, Message


@dataclass(frozen=True)
class Deficit:
    """Posts that provably outnumber the people (or rooms) that could serve them, or pins of which
    so many cannot be kept.

    ``where`` are facts for scripts: weekday, segments, dates, activities, week, skills, pins.
    """

    what: Message
    needed: int
    available: int
    where: dict[str, Any] = field(default_factory=dict)
    of: Literal["people", "rooms", "pins"] = "people"

    def to_json(self, lang: Lang) -> dict[str, Any]:
        return {
            "what": self.what.text(lang),
            "needed": self.needed,
            "available": self.available,
            "where": self.where,
        }
