"""理由: what the administrator fixes by hand (this club on Tuesday, this teacher with that
class) must hold; a pin may also forbid.

A pin that names a person but no weekday means every block of the activity that it matches;
posts that exist only while clubs leave children behind may fulfil it, but need not.
建模: a pin that no timetable can keep is found in a stage of its own (``keep``), left out
and reported, so that it never makes the whole term impossible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.pins import PinText, has_been, kept_by, matches_post
from constraints.rule import Example, Finding, Rule
from instances.demand import Post
from instances.messages import Label, Template
from instances.school import Pin
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View

__all__ = ["PinBroken", "PinText", "matches_post"]


class PinBroken(Rule):
    """Something fixed by hand that does not hold."""

    title: ClassVar[Label] = Label("固定项未满足", "pin broken")
    statement: ClassVar[Template] = Template(
        "“固定”表中的每一条都要满足。", "Every row of the pins sheet holds."
    )
    finding: ClassVar[Template] = Template(
        "固定项“{pin}”未满足。", "The pin “{pin}” does not hold."
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # one pin, not kept: 1
        example(
            "固定篮球在周二，却排在周四",
            "basketball is pinned to Tuesday, and meets on Thursday",
            Tiny()
            .classes("三1")
            .room("操场")
            .club("篮球", "Tue", "Thu")
            .pin("篮球", weekday=Weekday.TUE)
            .meets("篮球", "Thu", room="操场"),
            1,
        ),
        example(
            "禁止王芳周二看护，她周四看护",
            "王芳 is forbidden on Tuesday, and holds care on Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .care("Tue", "Thu")
            .pin("看护", weekday=Weekday.TUE, staff="王芳", forbid=True)
            .holds("王芳", "看护", "Thu"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for index, pin in enumerate(model.demand.instance.pins):
            keep = model.keep(index)
            ways = self._ways(model, pin)
            if pin.forbid:
                for way in (way for some in ways.values() for way in some):
                    model.cp.add_bool_or([~keep, *(~literal for literal in way)])
                continue
            if not ways and not has_been(pin, model.demand):
                model.cp.add(keep == 0)
            for some in ways.values():
                model.cp.add_bool_or([~keep, *(_all(model, way) for way in some)])

    def _ways(self, model: Model, pin: Pin) -> dict[Hashable, list[list[Literal]]]:
        """All that can keep a pin (or break a forbidding one): literals true together."""
        found: dict[Hashable, list[list[Literal]]] = {}
        sure: set[Hashable] = set()
        mine = {
            post.key: holding.literal
            for holding in model.holdings.get(pin.staff or "", ())
            for post in holding.pool.posts
            if not pin.forbid or all(matches_post(pin, other) for other in holding.pool.posts)
        }
        for post in model.demand.posts:
            if not matches_post(pin, post):
                continue
            ways = found.setdefault(kept_by(pin, post), [])
            place = self._place(model, pin, post)
            if post.need is None:
                sure.add(kept_by(pin, post))
            if place is not None and pin.staff is None:
                ways.append(place)
            elif place is not None and post.key in mine:
                ways.append([mine[post.key], *place])
        return {key: ways for key, ways in found.items() if key in sure} or found

    def _place(self, model: Model, pin: Pin, post: Post) -> list[Literal] | None:
        """The literals that put a post where a pin wants it; ``None`` if nothing can."""
        if post.option is not None:
            at = post.activity, post.option
            if at not in model.placed:
                return None
            rooms = model.rooms.of_option[at] if pin.room else {"": model.placed[at]}
        elif pin.room and post.group in model.demand.group_rooms:
            rooms = model.rooms.of_group[post.group]
        else:
            return [] if pin.room in (None, post.room) else None
        return [rooms[pin.room or ""]] if (pin.room or "") in rooms else None

    def check(self, view: View) -> Iterator[Finding]:
        for index, pin in enumerate(view.instance.pins):
            sure: set[Hashable] = set()
            maybe: set[Hashable] = set()
            held: set[Hashable] = set()
            for post in view.expansion.active_posts:
                if matches_post(pin, post):
                    (maybe if post.need else sure).add(kept_by(pin, post))
                    person = pin.staff in (None, view.timetable.holders.get(post.line))
                    if person and pin.room in (None, view.expansion.room_of(post)):
                        held.add(kept_by(pin, post))
            wanted = sure or maybe
            lost = wanted - held if wanted else not has_been(pin, view.expansion.demand)
            if held if pin.forbid else lost:
                yield self.found(1, {"pin": index}, pin=PinText(pin))


def _all(model: Model, literals: list[Literal]) -> Literal | bool:
    """A literal that is true only if all of ``literals`` are."""
    if len(literals) < 2:
        return literals[0] if literals else True
    both = model.cp.new_bool_var("")
    for literal in literals:
        model.cp.add_implication(both, literal)
    return both
