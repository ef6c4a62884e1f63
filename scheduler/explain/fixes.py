"""Ways out as they are stated: changes put together where they are alike, each with its places."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from instances.messages import Lang, Message, Template
from instances.problems import Path, Place
from instances.school import Instance
from scheduler.explain.asking import CAP_WORDS, Ask, RaiseCap
from scheduler.explain.easing import Easing

ASK_SEVERAL = Template(
    "征求以下{count}人同意{weekday}“{band}”：{people}",
    "ask these {count} people to agree to {weekday} {band}: {people}",
)
ASK_ANY = Template(
    "征求以下{all}人中任意{count}人同意{weekday}“{band}”：{people}",
    "ask any {count} of these {all} people to agree to {weekday} {band}: {people}",
)
CAPS = Template(
    "征求以下{count}人同意提高{cap}：{people}",
    "ask these {count} people to agree to a higher {cap}: {people}",
)
TO = Template("{staff}（到 {to}）", "{staff} (to {to})")


@dataclass(frozen=True)
class Change:
    """One line of a way out: some like easings; ``others`` would do as well as those named."""

    easings: tuple[Easing, ...]
    others: tuple[str, ...] = ()

    def message(self) -> Message:
        first, count = self.easings[0], len(self.easings)
        people = [easing.person for easing in self.easings]
        if isinstance(first, Ask) and (count > 1 or self.others):
            facts = {"weekday": first.weekday, "band": first.band, "count": count}
            if self.others:
                every = [*people, *self.others]
                return ASK_ANY(**facts, all=len(every), people=every)
            return ASK_SEVERAL(**facts, people=people)
        if isinstance(first, RaiseCap) and count > 1:
            raised = [
                TO(staff=easing.staff, to=easing.to)
                for easing in self.easings
                if isinstance(easing, RaiseCap)
            ]
            return CAPS(count=count, cap=CAP_WORDS[first.cap], people=raised)
        return first.message()

    def to_json(self, lang: Lang, school: Instance, places: Mapping[Path, Place]) -> dict[str, Any]:
        where = list(located(self.easings, school, places))
        return {
            "kind": self.easings[0].kind,
            "what": self.message().text(lang),
            "people": [easing.person for easing in self.easings if easing.person],
            "instead": list(self.others),
            "where": [{"sheet": place.sheet, "cell": place.cell} for place in where],
        }


@dataclass(frozen=True)
class Fix:
    """A way out that was applied and solved; ``left``: dated places open even then.

    One that is not ``verified`` is what a search foresaw: it may not suffice.
    """

    changes: tuple[Change, ...]
    cost: int
    left: int
    verified: bool = True

    def to_json(self, lang: Lang, school: Instance, places: Mapping[Path, Place]) -> dict[str, Any]:
        return {
            "changes": [change.to_json(lang, school, places) for change in self.changes],
            "cost": self.cost,
            "verified": self.verified,
            "left_open": self.left,
        }


def put_together(easings: Sequence[Easing]) -> list[list[Easing]]:
    """Like changes of several people together, all others each by itself."""
    groups: dict[Hashable, list[Easing]] = {}
    for easing in easings:
        alike = isinstance(easing, Ask | RaiseCap)
        groups.setdefault((type(easing), easing.theme) if alike else easing, []).append(easing)
    return list(groups.values())


def located(
    easings: Sequence[Easing], school: Instance, places: Mapping[Path, Place]
) -> Iterator[Place]:
    """The cells in which changes would be made, each once."""
    seen: set[Place] = set()
    for easing in easings:
        place = next((places[path] for path in easing.paths(school) if path in places), None)
        if place is not None and place not in seen:
            seen.add(place)
            yield place
