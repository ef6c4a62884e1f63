"""How much work arises for others when the holder of a post is away."""

from __future__ import annotations

from collections import Counter, defaultdict

from instances.demand import Demand, Post
from instances.headcount import adults
from instances.words import Role


class WorkLeft:
    """The most load that others may take over, in hundredths of a unit.

    Somebody covers the post; or, where nobody leads a club, its children are back in care,
    which may need more adults than the club did.
    """

    def __init__(self, demand: Demand) -> None:
        self.calendar = demand.calendar
        units: dict[str, Counter[int]] = defaultdict(Counter)
        for post in demand.posts:
            if post.need is not None:
                units[post.need][post.number] += max(units for _, units in post.units)
        self._care: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        for key, by_number in units.items():
            need = demand.needs[key]
            loads = sorted(by_number.values(), reverse=True)
            for taker in need.takers:
                if taker.option is not None:
                    most = sum(loads[: adults(taker.children, need.ratio)])
                    self._care[taker.activity, taker.option].append((need.dates, most))

    def by(self, post: Post, away: int) -> int:
        """Load that may arise on the dates of ``away`` if that is when a post's holder is."""
        if post.option is None or post.role not in (Role.LEADER, Role.SUPERVISOR):
            return post.load_on(away)
        care = self._care.get((post.activity, post.option), ())
        days = [1 << self.calendar.index[day.date] for day in self.calendar.dates(away)]
        return sum(
            max(post.load_on(day), sum(load for dates, load in care if dates & day))
            for day in days
            if day & post.dates
        )
