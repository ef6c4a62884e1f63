"""Room choices of a model: which room an option or a group uses, and what fills it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from constraints.model import Literal, Model
from instances.blocks import Block
from instances.demand import Post


@dataclass(frozen=True, eq=False)
class RoomUse:
    """A group of children in a room at blocks on dates, if ``literal`` is 1.

    ``owner`` is whose children they are: two uses by one owner are no conflict.
    """

    owner: Hashable
    room: str
    blocks: tuple[Block, ...]
    dates: int
    literal: Literal | int
    children: int


class RoomChoices:
    """The room literals of a model. One room serves all meetings of an option or group."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.of_option: dict[tuple[str, int], dict[str, Literal]] = {}
        self.of_group: dict[str, dict[str, Literal]] = {}
        for (activity, index), placed in model.placed.items():
            option = model.demand.options[activity][index]
            allowed = self._allowed(activity, option.rooms)
            rooms = {room: model.cp.new_bool_var("") for room in allowed}
            model.cp.add(sum(rooms.values()) == placed)
            self.of_option[activity, index] = rooms
        for group, names in model.demand.group_rooms.items():
            rooms = {room: model.cp.new_bool_var("") for room in self._allowed(group, names)}
            if rooms:
                model.cp.add_exactly_one(rooms.values())
            self.of_group[group] = rooms

    def _allowed(self, key: str, names: tuple[str, ...]) -> list[str]:
        if self.model.allowed_rooms is None:
            return list(names)
        allowed = set(self.model.allowed_rooms(key))
        return [name for name in names if name in allowed]

    def uses(self) -> list[RoomUse]:
        """Every use of a room, sure or possible; each group at each block once."""
        found: list[RoomUse] = []
        for activity, index in self.of_option:
            found += self._of_option(activity, index)
        meetings: dict[Hashable, list[Post]] = defaultdict(list)
        for post in self.model.demand.posts:
            if post.room is not None or post.group in self.of_group:
                meetings[post.group, post.blocks, post.room].append(post)
        for posts in meetings.values():
            found += self._of_meeting(posts)
        return found

    def _of_option(self, activity: str, index: int) -> list[RoomUse]:
        demand = self.model.demand
        children = sum(demand.taken.get(activity, {}).values())
        dates = 0
        for post in demand.posts_of_option.get((activity, index), ()):
            dates |= post.dates
        blocks = demand.options[activity][index].blocks
        return [
            RoomUse((activity, index), room, blocks, dates, literal, children)
            for room, literal in self.of_option[activity, index].items()
        ]

    def _of_meeting(self, posts: list[Post]) -> list[RoomUse]:
        """The uses of one group at one block: sure on some dates, on others as clubs leave."""
        sure = 0
        first: dict[str, Post] = {}
        for post in posts:
            if post.need is None:
                sure |= post.dates
            elif post.need not in first or post.number < first[post.need].number:
                first[post.need] = post
        found = self._on(posts[0], sure, 1) if sure else []
        for need, post in first.items():
            if dates := post.dates & ~sure:
                found += self._on(post, dates, self.model.active[need, post.number])
        return found

    def _on(self, post: Post, dates: int, there: Literal | int) -> list[RoomUse]:
        """A group's use of its home room, or of each room it might have."""
        if post.room is not None:
            return [RoomUse(post.group, post.room, post.blocks, dates, there, self._size(post))]
        assert post.group is not None
        return [
            RoomUse(post.group, room, post.blocks, dates, self._both(literal, there), size)
            for size in (self._size(post),)
            for room, literal in self.of_group[post.group].items()
        ]

    def _both(self, room: Literal, there: Literal | int) -> Literal:
        if isinstance(there, int):
            return room
        both = self.model.cp.new_bool_var("")
        self.model.cp.add_implication(both, room)
        self.model.cp.add_implication(both, there)
        self.model.cp.add_bool_or([both, ~room, ~there])
        return both

    def _size(self, post: Post) -> int:
        instance = self.model.demand.instance
        size = sum(instance.class_by_name[name].size for name in post.classes)
        return min(size, instance.activity_by_name[post.activity].ratio)
