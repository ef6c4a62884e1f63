"""A timetable as it stands, looked at by one who asks why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constraints.clash import days_at
from constraints.context import Context
from constraints.shares import is_regular
from instances.demand import Post
from instances.messages import Lang
from instances.school import Instance
from instances.timetable import Timetable
from instances.words import Weekday
from scheduler.audit import Audit, audit
from scheduler.figures import wish_shares
from scheduler.result import Published


@dataclass(frozen=True, order=True)
class Slot:
    """A weekday and clock band: a cell of the wishes grid."""

    weekday: Weekday
    band: str

    def text(self, lang: Lang) -> str:
        return self.weekday.text(lang) + ("" if lang == "zh" else " ") + self.band


@dataclass(frozen=True)
class Aim:
    """What somebody may wish to hold, or not to hold: a slot of the week, or an activity."""

    what: Slot | str

    def takes_in(self, post: Post, instance: Instance) -> bool:
        if isinstance(self.what, str):
            return post.activity == self.what
        return self.what in slots_of(post, instance)

    def text(self, lang: Lang) -> str:
        if isinstance(self.what, str):
            return f"“{self.what}”"
        return self.what.text(lang)

    def to_json(self) -> dict[str, Any]:
        if isinstance(self.what, str):
            return {"activity": self.what}
        return {"weekday": int(self.what.weekday), "band": self.what.band}


@dataclass(frozen=True)
class Colleagues:
    """People who are counted in a letter, and named only where that is asked for."""

    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def to_json(self, *, names: bool) -> dict[str, Any]:
        return {"count": len(self.keys), **({"names": list(self.keys)} if names else {})}


def slots_of(post: Post, instance: Instance) -> set[Slot]:
    """The cells of the wishes grid that a post lies in."""
    return {
        Slot(weekday, instance.segment_by_name[segment].band_name)
        for block in post.blocks
        for weekday, segment in block.slots
    }


class Situation:
    """An audited timetable with its school, and which lines were typed in by hand."""

    def __init__(
        self, instance: Instance, timetable: Timetable, by_hand: Collection[str] = ()
    ) -> None:
        self.instance = instance
        self.context = Context(instance, history=timetable.history)
        self.demand = self.context.demand
        self.timetable = timetable
        self.by_hand = frozenset(by_hand)
        self.judged: Audit = audit(self.context, timetable)
        self.view = self.judged.view

    @classmethod
    def of(
        cls, published: Published, timetable: Timetable, by_hand: Collection[str] = ()
    ) -> Situation:
        """A published term, as it may have been edited, without the pins that nothing can keep."""
        left_out = {issue.pin for issue in published.result.pin_issues}
        pins = tuple(p for n, p in enumerate(published.instance.pins) if n not in left_out)
        instance = published.instance.model_copy(update={"pins": pins})
        return cls(instance, timetable, by_hand)

    @cached_property
    def weeks(self) -> dict[str, tuple[Post, ...]]:
        """The weekly posts that each person holds; turns of a rota are not weekly."""
        return {
            key: tuple(sorted(filter(self.is_weekly, posts), key=_in_week))
            for key, posts in self.view.pattern.items()
        }

    @cached_property
    def turns(self) -> dict[str, tuple[Post, ...]]:
        """What each person holds in the pattern on few dates."""
        return {
            key: tuple(post for post in posts if not self.is_weekly(post))
            for key, posts in self.view.pattern.items()
        }

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The weekly posts that this timetable has, held or open."""
        held = [post for posts in self.weeks.values() for post in posts]
        free = [post for post in self.judged.open_lines if self.is_weekly(post)]
        placed = self.view.expansion.option_of
        free = [p for p in free if p.option is None or placed.get(p.activity) == p.option]
        return tuple(sorted((*held, *free), key=_in_week))

    @cached_property
    def wish_shares(self) -> dict[str, float]:
        return wish_shares(self.context, self.view)

    def is_weekly(self, post: Post) -> bool:
        return is_regular(self.demand, post)

    def holder(self, post: Post) -> str | None:
        return self.timetable.holders.get(post.line)

    def beyond(self, key: str) -> int | None:
        """Load beyond the fair share, in hundredths of a unit; ``None`` without a share."""
        share = self.context.shares.get(key)
        return None if share is None else self.view.loads[key] - share

    def others(self, key: str) -> Iterator[str]:
        return (other for other in self.context.people if other != key)

    def clash(self, one: Post, other: Post) -> bool:
        """Whether nobody could hold both."""
        return any(days_at(one, moment) & days_at(other, moment) for moment in self.demand.moments)

    def amounts(self, rule: str, judged: Audit | None = None) -> Mapping[str, int]:
        """What a soft rule finds about each person."""
        found: dict[str, int] = {}
        for finding, _ in (judged or self.judged).soft:
            if finding.rule == rule and "staff" in finding.where:
                key = str(finding.where["staff"])
                found[key] = found.get(key, 0) + finding.amount
        return found


def _in_week(post: Post) -> tuple[int, str, str, int]:
    first = post.blocks[0]
    return int(first.weekday), first.segments[0], post.line, post.number
