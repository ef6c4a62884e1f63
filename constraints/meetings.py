"""When named activities meet in the week: what the rules about their order and distance share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from instances.blocks import Block, fixed_blocks
from instances.demand import Demand, Post

if TYPE_CHECKING:
    from constraints.model import Expr, Model
    from constraints.rule import Rule

Meetings = Mapping[Block, int]
"""The weekly meetings of an activity, each with its dates."""
Choices = Mapping[int | None, Meetings]
"""What the meetings may be, by option; ``None``: they are where they are."""
Fits = Callable[[Meetings, Meetings], bool]


def choices_of(rule: Rule, demand: Demand, activity: str) -> Choices:
    """Where an activity may meet, as far as a rule's scope takes its posts in."""
    posts = [post for post in demand.posts if post.activity == activity]
    posts = [post for post in posts if rule.concerns_post(post, demand.instance)]
    if activity not in demand.options:
        blocks = fixed_blocks(demand.instance, demand.instance.activity_by_name[activity])
        fixed = _meetings(blocks, posts)
        return {None: fixed} if fixed else {}
    found: dict[int | None, Meetings] = {}
    for option in demand.options[activity]:
        mine = [post for post in posts if post.option == option.index]
        found[option.index] = _meetings(option.blocks, mine)
    return found if any(found.values()) else {}


def _meetings(blocks: tuple[Block, ...], posts: list[Post]) -> Meetings:
    """The blocks, as far as posts are held in them, with the dates of these."""
    found: dict[Block, int] = {}
    for block in blocks:
        held: set[str] = set()
        days = 0
        for post in posts:
            for part, (dates, _) in zip(post.blocks, post.units, strict=True):
                if (
                    part.weekday == block.weekday
                    and dates
                    and set(part.segments) <= set(block.segments)
                ):
                    held.update(part.segments)
                    days |= dates
        if days:
            segments = tuple(name for name in block.segments if name in held)
            found[Block(block.weekday, segments)] = days
    return found


def pairs_of(
    rule: Rule, demand: Demand, *, consecutive: bool = False
) -> Iterator[tuple[str, str, Choices, Choices]]:
    """Pairs of the activities a rule names of which the timetable moves at least one.

    All pairs, or only each with the next.
    """
    named = rule.setting.activities if rule.setting else ()
    known = [name for name in dict.fromkeys(named) if name in demand.instance.activity_by_name]
    choices = {name: choices_of(rule, demand, name) for name in known}
    for one, other in pairwise(known) if consecutive else combinations(known, 2):
        if one in demand.options or other in demand.options:
            if choices[one] and choices[other]:
                yield one, other, choices[one], choices[other]


def misfit(model: Model, fits: Fits, one: str, other: str, first: Choices, second: Choices) -> Expr:
    """At least 1 if both activities are placed, and so that they do not fit.

    An activity without meetings that a rule looks at fits any other. 建模: each gives its
    option to a pair that fits, a flow that is tight in the relaxation.
    """
    from constraints.model import total

    here = [n for n in first if n is None or (one, n) in model.placed]
    there = [n for n in second if n is None or (other, n) in model.placed]
    if here == [None]:
        bad = [n for n in there if not _fit(fits, first[None], second[n])]
        return total(model.placed[other, n] for n in bad if n is not None)
    if there == [None]:
        bad = [n for n in here if not _fit(fits, first[n], second[None])]
        return total(model.placed[one, n] for n in bad if n is not None)
    pairs = [(a, b) for a in here for b in there if _fit(fits, first[a], second[b])]
    if len(pairs) == len(here) * len(there):
        return 0
    flow = {pair: model.cp.new_bool_var("") for pair in pairs}
    for name, options, side in ((one, here, 0), (other, there, 1)):
        for n in options:
            mine = [literal for pair, literal in flow.items() if pair[side] == n]
            if n is not None and mine:
                model.cp.add(total(mine) <= model.placed[name, n])
    apart = model.cp.new_bool_var("")
    placed = total(model.placed[one, n] for n in here if n is not None)
    placed += total(model.placed[other, n] for n in there if n is not None)
    model.cp.add(apart + total(flow.values()) >= placed - 1)
    return apart


def _fit(fits: Fits, one: Meetings, other: Meetings) -> bool:
    return not one or not other or fits(one, other)
