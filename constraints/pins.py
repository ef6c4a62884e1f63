"""Pins: how one reads in a sentence, and which posts it speaks of."""

from __future__ import annotations

from collections.abc import Hashable

from instances.blocks import Block
from instances.demand import Demand, Post
from instances.messages import Lang, localize
from instances.school import Pin


class PinText:
    """A pin as it reads in a sentence."""

    def __init__(self, pin: Pin) -> None:
        self.pin = pin

    def text(self, lang: Lang) -> str:
        pin = self.pin
        given = (pin.school_class, pin.weekday, pin.segment, pin.room, pin.staff, pin.role)
        sign = {"zh": "禁止", "en": "not"}[lang] if pin.forbid else None
        return " ".join(localize(value, lang) for value in (sign, pin.activity, *given) if value)


def matches_block(pin: Pin, block: Block) -> bool:
    """Whether a block is at the weekday and segment that a pin names."""
    return (pin.weekday is None or pin.weekday == block.weekday) and (
        pin.segment is None or pin.segment in block.segments
    )


def matches_post(pin: Pin, post: Post) -> bool:
    """Whether a post is one that a pin speaks of."""
    return (
        post.activity == pin.activity
        and (pin.role is None or pin.role is post.role)
        and (pin.school_class is None or pin.school_class in post.classes)
        and any(matches_block(pin, block) for block in post.blocks)
    )


def has_been(pin: Pin, demand: Demand) -> bool:
    """Whether all that a pin speaks of lies before what is planned: there is nothing to keep."""
    ahead = any(matches_post(pin, post) for post in demand.posts)
    return not ahead and any(matches_post(pin, post) for post in demand.over)


def kept_by(pin: Pin, post: Post) -> Hashable:
    """What one post can keep: a pin holds once for a movable activity, else at every block.

    Where no person is named, it speaks of each group.
    """
    if post.option is not None:
        return None
    return post.blocks[0] if pin.staff else (post.group, post.blocks[0])
