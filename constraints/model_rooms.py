"""Room choices of a model: which room an option or a group uses, and what fills it."""

from __future__ import annotations

from dataclasses import dataclass

from constraints.model import Expr, Literal, Model
from instances.blocks import Block
from instances.demand import Post


@dataclass(frozen=True, eq=False)
class RoomUse:
    """A group of children in a room at blocks on dates, if ``literal`` is 1."""

    room: str
    blocks: tuple[Block, ...]
    dates: int
    literal: Expr
    children: int


class RoomChoices:
    """The room literals of a model. One room serves all meetings of an option or group."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.of_option: dict[tuple[str, int], dict[str, Literal]] = {}
        self.of_group: dict[str, dict[str, Literal]] = {}
        for (activity, index), placed in model.placed.items():
            option = model.demand.options[activity][index]
            rooms = {room: model.cp.new_bool_var("") for room in option.rooms}
            model.cp.add(sum(rooms.values()) == placed)
            self.of_option[activity, index] = rooms
        for group, names in model.demand.group_rooms.items():
            rooms = {room: model.cp.new_bool_var("") for room in names}
            if rooms:
                model.cp.add_exactly_one(rooms.values())
            self.of_group[group] = rooms

    def uses(self) -> list[RoomUse]:
        """Every use of a room, sure or possible."""
        found: dict[object, RoomUse] = {}
        for post in self.model.demand.posts:
            if post.option is not None:
                if (post.activity, post.option) in self.of_option:
                    for use in self._of_option(post):
                        found.setdefault((post.key.rsplit("/")[0], post.option, use.room), use)
            elif post.room is not None:
                key = (post.group, post.blocks, post.room, post.dates)
                found.setdefault(key, self._at_home(post))
            elif post.group in self.of_group:
                for use in self._of_group(post):
                    found.setdefault((post.group, post.blocks, use.room, post.dates), use)
        return list(found.values())

    def _of_option(self, post: Post) -> list[RoomUse]:
        assert post.option is not None
        children = sum(self.model.demand.taken.get(post.activity, {}).values())
        blocks = self.model.demand.options[post.activity][post.option].blocks
        return [
            RoomUse(room, blocks, post.dates, literal, children)
            for room, literal in self.of_option[post.activity, post.option].items()
        ]

    def _at_home(self, post: Post) -> RoomUse:
        literal: Expr = 1
        if post.need is not None:
            literal = self.model.active[post.need, post.number]
        assert post.room is not None
        return RoomUse(post.room, post.blocks, post.dates, literal, self._size(post))

    def _of_group(self, post: Post) -> list[RoomUse]:
        assert post.group is not None
        return [
            RoomUse(room, post.blocks, post.dates, literal, self._size(post))
            for room, literal in self.of_group[post.group].items()
        ]

    def _size(self, post: Post) -> int:
        instance = self.model.demand.instance
        size = sum(instance.class_by_name[name].size for name in post.classes)
        return min(size, instance.activity_by_name[post.activity].ratio)
