"""Unwelcome work: late Fridays and what people would rather not do, and each one's part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from constraints.shares import expected_total, is_regular, slots_of, water_fill
from instances.blocks import minutes
from instances.demand import Demand, Post
from instances.people import Person
from instances.words import Level, Weekday


def late_fridays(demand: Demand) -> frozenset[str]:
    """The segments that end last of all in which there are weekly posts on Fridays."""
    names = {
        segment
        for post in demand.regular
        for block in post.blocks
        for segment in block.segments
        if block.weekday is Weekday.FRI
    }
    ends = {
        name: max(
            minutes(timing.end)
            for timing in demand.instance.segment_by_name[name].timings
            if Weekday.FRI in timing.weekdays
        )
        for name in names
    }
    return frozenset(name for name, end in ends.items() if end == max(ends.values()))


def late_slots(post: Post, late: frozenset[str]) -> int:
    """How many of a post's weekly slots are late on Friday."""
    return sum(
        segment in late
        for block in post.blocks
        for segment in block.segments
        if block.weekday is Weekday.FRI
    )


def unwelcome_slots(person: Person, post: Post, late: frozenset[str]) -> int:
    """How many of a weekly post's slots are unwelcome to a person: late, or rather not wished."""
    return slots_of(post) if person.level(post) is Level.RATHER_NOT else late_slots(post, late)


def fair_unwelcome(
    demand: Demand,
    people: Mapping[str, Person],
    shares: Mapping[str, int],
    admits: Callable[[Person, Post], bool],
    posts: Iterable[Post],
) -> dict[str, Fraction]:
    """Each one's part, in weekly slots, of the late Fridays among some posts.

    In proportion to the fair shares of load, but nobody's is more than they could have; what
    people would rather not do depends on who holds it and would ideally be nobody's.
    """
    late = late_fridays(demand)
    slots = {
        post: n for post in posts if is_regular(demand, post) and (n := late_slots(post, late))
    }
    reach: dict[str, int] = {}
    reached: set[Post] = set()
    for key in shares:
        mine = [post for post in slots if admits(people[key], post)]
        reached.update(mine)
        reach[key] = _reachable(people[key], mine, late)
    rates = {key: Fraction(share) for key, share in shares.items()}
    total = expected_total(demand, reached, lambda post: slots[post])
    return water_fill(reach, rates, total)


def _reachable(person: Person, posts: Iterable[Post], late: frozenset[str]) -> int:
    """The most late slots a person could have: one per clock band, within the caps."""
    bands = {
        person.demand.instance.segment_by_name[segment].band_name
        for post in posts
        for block in post.blocks
        for segment in block.segments
        if block.weekday is Weekday.FRI and segment in late
    }
    staff = person.staff
    return min(n for n in (len(bands), staff.cap_day, staff.cap_week) if n is not None)
