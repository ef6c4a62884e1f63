"""Wishes as what-ifs: to hold something, to be spared it, fewer hands, another place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from constraints.model import Literal, Model
from constraints.rules.class_changes_hands import care_posts
from constraints.view import View
from instances.demand import Option, Post
from scheduler.why.counterfactual import WhatIf
from scheduler.why.situation import Aim, Situation


def to_hold(situation: Situation, key: str, aim: Aim) -> WhatIf:
    """At least one weekly post of an aim for a person."""
    wanted = {
        post.key
        for post in situation.context.possible[key]
        if situation.is_weekly(post) and aim.takes_in(post, situation.instance)
    }
    return _holding(situation, key, wanted)


def to_be_spared(situation: Situation, key: str, aim: Aim) -> WhatIf:
    """No weekly post of an aim for a person."""
    unwanted = {
        post.key
        for post in situation.context.possible[key]
        if situation.is_weekly(post) and aim.takes_in(post, situation.instance)
    }

    def post(model: Model) -> bool:
        for holding in model.holdings[key]:
            if all(one.key in unwanted for one in holding.pool.posts):
                model.cp.add(holding.literal == 0)
        return True

    def met(view: View) -> bool:
        return not any(one.key in unwanted for one in view.pattern.get(key, ()))

    held = [one for one in situation.weeks.get(key, ()) if one.key in unwanted]
    able = [other for one in held for other in situation.context.admitted(one)]
    return WhatIf(key, (key, *_least_worked(situation, able)), post, met)


def home_teacher_there(situation: Situation, home: str, name: str) -> WhatIf:
    """One weekly care post of a class for its home teacher, who counts among those who change."""
    wanted = {
        post.key
        for post in situation.context.possible[home]
        if name in post.classes and care_posts(situation.demand, post)
    }
    return replace(_holding(situation, home, wanted), asker=None)


def fewer_hands(situation: Situation, name: str, most: int) -> WhatIf:
    """At most so many supervisors for a class over the week."""

    def counts(post: Post) -> bool:
        return name in post.classes and care_posts(situation.demand, post)

    def post(model: Model) -> bool:
        hands: list[Literal] = []
        for holdings in model.holdings.values():
            here = [holding.literal for holding in holdings if counts(holding.post)]
            if here:
                hands.append(model.either(here))
        model.cp.add(sum(hands) <= most)
        return True

    def met(view: View) -> bool:
        return sum(any(map(counts, posts)) for posts in view.pattern.values()) <= most

    now = [key for key, posts in situation.weeks.items() if any(map(counts, posts))]
    return WhatIf(None, (*now, *_sharing_times(situation, now)), post, met, provable=False)


def to_meet_at(situation: Situation, option: Option) -> WhatIf:
    """Another place in the week for a movable activity."""
    place = (option.activity, option.index)

    def post(model: Model) -> bool:
        if place not in model.placed:
            return False
        model.cp.add(model.placed[place] == 1)
        return True

    def met(view: View) -> bool:
        return view.expansion.option_of.get(option.activity) == option.index

    lines = {p.line for p in situation.demand.posts if p.activity == option.activity}
    led_by = [key for line, key in situation.timetable.holders.items() if line in lines]
    there = [
        key
        for key, posts in situation.weeks.items()
        if any(not set(option.blocks).isdisjoint(p.blocks) for p in posts)
    ]
    return WhatIf(None, (*led_by, *_least_worked(situation, there)), post, met)


def _holding(situation: Situation, key: str, wanted: set[str]) -> WhatIf:
    def post(model: Model) -> bool:
        literals = [
            holding.literal
            for holding in model.holdings[key]
            if any(one.key in wanted for one in holding.pool.posts)
        ]
        if literals:
            model.cp.add_bool_or(literals)
        return bool(literals)

    def met(view: View) -> bool:
        return any(one.key in wanted for one in view.pattern.get(key, ()))

    held_by = [
        holder
        for holder, posts in situation.weeks.items()
        if any(one.key in wanted for one in posts)
    ]
    return WhatIf(key, (key, *_least_worked(situation, held_by)), post, met)


def _least_worked(situation: Situation, keys: Iterable[str]) -> list[str]:
    """Those with the least load for their share first: they can most easily take over."""
    return sorted(dict.fromkeys(keys), key=lambda key: (situation.beyond(key) or 0, key))


def _sharing_times(situation: Situation, keys: list[str]) -> list[str]:
    """Others who have posts at the times of these people: with whom they could change."""
    times = {b for key in keys for p in situation.weeks.get(key, ()) for b in p.blocks}
    return _least_worked(
        situation,
        (
            key
            for key, posts in situation.weeks.items()
            if any(not times.isdisjoint(post.blocks) for post in posts)
        ),
    )
