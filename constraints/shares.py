"""The fair share of each person, fixed before anything is solved.

share = min(reachable load, λ × coefficient × part of the term present), with λ such that the
shares add up to what must be worked (or to all that can be reached, if that is less). What
was worked too much in earlier terms (``balance``) is taken off afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction

from instances.demand import UNIT, Demand, Post
from instances.headcount import adults
from instances.people import Person


def fair_shares(
    demand: Demand, people: Mapping[str, Person], possible: Mapping[str, Collection[Post]]
) -> dict[str, int]:
    """Fair load of everybody who has a share, in hundredths of a unit over the term.

    ``possible``: the posts that each person could hold. Outside instructors have no share;
    posts that only they could hold are not shared out.
    """
    insiders = {key: person for key, person in people.items() if not person.staff.outside}
    shared = {post for key in insiders for post in possible[key]}
    total = expected_total(demand, shared, lambda post: post.load)
    first: dict[object, Post] = {}
    like = {post: first.setdefault((post.blocks, post.units), post) for post in demand.posts}
    limits = {
        key: reachable(person, dict.fromkeys(map(like.__getitem__, possible[key])))
        for key, person in insiders.items()
    }
    rates = {key: _rate(person) for key, person in insiders.items()}
    shares = water_fill(limits, rates, total)
    return {
        key: max(0, int(share) - int(insiders[key].staff.balance * UNIT))
        for key, share in shares.items()
    }


def weekly_post(demand: Demand) -> int:
    """The load of a typical weekly post: the unit in which unfairness is measured.

    The median over all regular posts of one block, in hundredths of a unit over the term.
    """
    loads = sorted(post.load for post in demand.posts if is_regular(demand, post) and post.load)
    return loads[len(loads) // 2] if loads else UNIT


def is_regular(demand: Demand, post: Post) -> bool:
    """Whether a post is part of somebody's week: on a third of its weekdays' dates or more."""
    return post in demand.regular


def slots_of(post: Post) -> int:
    """How many weekly slots a post takes."""
    return post.slots


def reachable(person: Person, posts: Iterable[Post]) -> int:
    """The most that a person could work, by consent and caps.

    The best post in each weekday and clock band, and of these no more than the caps allow.
    """
    bands = person.demand.instance.segment_by_name
    best: dict[tuple[int, str], int] = {}
    for blocks, loads_of in {(post.blocks, post.units) for post in posts}:  # classes are alike
        for block, (mask, units) in zip(blocks, loads_of, strict=True):
            load = (mask & ~person.absent).bit_count() * units // len(block.segments)
            for segment in block.segments:
                slot = (int(block.weekday), bands[segment].band_name)
                best[slot] = max(best.get(slot, 0), load)
    days: dict[int, list[int]] = {}
    for (weekday, _), load in best.items():
        days.setdefault(weekday, []).append(load)
    kept: list[int] = []
    for loads in days.values():
        kept.extend(sorted(loads, reverse=True)[: person.staff.cap_day])
    kept = sorted(kept, reverse=True)[: person.staff.cap_week]
    if person.staff.cap_term is not None:
        return min(sum(kept), person.staff.cap_term * UNIT)
    return sum(kept)


def _rate(person: Person) -> Fraction:
    calendar = person.demand.calendar
    here = calendar.between(person.staff.start, person.staff.end).bit_count()
    return Fraction(person.staff.coefficient) * Fraction(here, max(1, len(calendar.days)))


def expected_total(
    demand: Demand, shared: Collection[Post], value: Callable[[Post], int]
) -> Fraction:
    """What some posts amount to: a movable one counts the mean of its slots."""
    total = Fraction(0)
    for post in demand.posts:
        if post not in shared:
            continue
        if post.option is not None:
            total += Fraction(value(post), len(demand.options[post.activity]))
        elif post.need is None or _expected(demand, post) >= post.number:
            total += value(post)
    return total


def _expected(demand: Demand, post: Post) -> int:
    """Adults a need asks for when every club sits in the mean of its slots."""
    assert post.need is not None
    need = demand.needs[post.need]
    gone = sum(
        Fraction(taker.children, len(demand.options[taker.activity])) for taker in need.takers
    )
    return adults(int(need.base - gone), need.ratio)


def water_fill(
    limits: Mapping[str, int], rates: Mapping[str, Fraction], total: Fraction
) -> dict[str, Fraction]:
    """Shares proportional to the rates, none above its limit, that add up to ``total``."""
    shares = {key: Fraction(limit) for key, limit in limits.items()}
    open_keys = [key for key in limits if rates[key] > 0]
    for key in limits:
        if rates[key] == 0:
            shares[key] = Fraction(0)
    left, remaining = total, sum(rates[k] for k in open_keys)
    for key in sorted(open_keys, key=lambda key: limits[key] / rates[key]):
        level = left / remaining if left > 0 else Fraction(0)
        if level * rates[key] < limits[key]:
            for other in open_keys:
                shares[other] = level * rates[other]
            break
        left, remaining = left - limits[key], remaining - rates[key]
        open_keys = [k for k in open_keys if k != key]
    return shares
