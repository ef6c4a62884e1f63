"""理由: what the administrator fixes by hand (this club on Tuesday, this teacher with that
class) must hold; a pin may also forbid.

A pin that names a person but no weekday means every block of the activity that it matches.
建模: a pin that no timetable can keep is found in a stage of its own (``keep``), left out
and reported, so that it never makes the whole term impossible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.rule import Finding, Rule
from instances.blocks import Block
from instances.demand import Post
from instances.messages import Label, Lang, Template, localize
from instances.school import Pin

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View


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


class PinBroken(Rule):
    """Something fixed by hand that does not hold."""

    title: ClassVar[Label] = Label("固定项未满足", "pin broken")
    statement: ClassVar[Template] = Template(
        "“固定”表中的每一条都要满足。", "Every row of the pins sheet holds."
    )
    finding: ClassVar[Template] = Template(
        "固定项“{pin}”未满足。", "The pin “{pin}” does not hold."
    )

    def post(self, model: Model) -> None:
        for index, pin in enumerate(model.demand.instance.pins):
            if pin.staff is not None:
                self._person(model, index, pin)
            else:
                self._place(model, index, pin)

    def _place(self, model: Model, index: int, pin: Pin) -> None:
        keep = model.keep(index)
        for option in model.demand.options.get(pin.activity, ()):
            placed = model.placed.get((pin.activity, option.index))
            if placed is None:
                continue
            here = any(matches_block(pin, block) for block in option.blocks)
            room = model.rooms.of_option[pin.activity, option.index].get(pin.room or "")
            if pin.forbid:
                target = room if pin.room else placed
                if here and target is not None:
                    model.cp.add_implication(keep, ~target)
            elif not here:
                model.cp.add_implication(keep, ~placed)
            elif pin.room:
                wanted = room if room is not None else ~keep
                model.cp.add_bool_or(~keep, ~placed, wanted)
        if pin.activity in model.unplaced and not pin.forbid:
            model.cp.add_implication(keep, ~model.unplaced[pin.activity])
        for group, rooms in model.rooms.of_group.items():
            if pin.room and group.startswith(f"{pin.activity}@"):
                if pin.forbid and pin.room in rooms:
                    model.cp.add_implication(keep, ~rooms[pin.room])
                elif not pin.forbid:
                    model.cp.add_bool_or(~keep, rooms.get(pin.room, ~keep))

    def _person(self, model: Model, index: int, pin: Pin) -> None:
        keep = model.keep(index)
        holdings = [
            holding
            for holding in model.holdings.get(pin.staff or "", ())
            if matches_post(pin, holding.post)
        ]
        if pin.forbid:
            for holding in holdings:
                model.cp.add_implication(keep, ~holding.literal)
            return
        by_block: dict[Block | None, list[Holding]] = defaultdict(list)
        for post in model.demand.posts:
            if matches_post(pin, post) and post.need is None:
                by_block[None if post.option is not None else post.blocks[0]] += ()
        for holding in holdings:
            key = None if holding.post.option is not None else holding.post.blocks[0]
            if holding.post.need is None:
                by_block[key].append(holding)
        for here in by_block.values():
            model.cp.add_bool_or([~keep, *(holding.literal for holding in here)])
        if not by_block:
            model.cp.add(keep == 0)

    def check(self, view: View) -> Iterator[Finding]:
        for index, pin in enumerate(view.instance.pins):
            kept = self._person_kept(view, pin) if pin.staff else self._place_kept(view, pin)
            if not kept:
                yield self.found(1, {"pin": index}, pin=PinText(pin))

    def _place_kept(self, view: View, pin: Pin) -> bool:
        placement = view.timetable.placements.get(pin.activity)
        if placement is not None:
            holds = any(matches_block(pin, block) for block in placement.blocks)
            holds = holds and pin.room in (None, placement.room)
            return holds is not pin.forbid
        if pin.activity in view.demand.options:
            return pin.forbid
        rooms = {
            room
            for group, room in view.timetable.rooms.items()
            if group.startswith(f"{pin.activity}@")
        }
        return pin.room is None or (pin.room not in rooms if pin.forbid else rooms == {pin.room})

    def _person_kept(self, view: View, pin: Pin) -> bool:
        wanted: set[object] = set()
        held: set[object] = set()
        for post in view.expansion.active_posts:
            if matches_post(pin, post) and (post.need is None or pin.forbid):
                block = None if post.option is not None else post.blocks[0]
                wanted.add(block)
                if view.timetable.holders.get(post.line) == pin.staff:
                    held.add(block)
        return not held if pin.forbid else bool(wanted) and wanted == held
