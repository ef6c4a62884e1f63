"""Deriving the demand of a school: one pass over its activities."""

from __future__ import annotations

from collections.abc import Iterable

from instances.blocks import Block, fixed_blocks, moments, options_of
from instances.calendar import Calendar
from instances.demand import (
    UNIT,
    Demand,
    Group,
    Need,
    Option,
    Post,
    default_posts,
    is_movable,
)
from instances.headcount import adults, taken
from instances.needs import BlockDays, Takers, group_present
from instances.school import Activity, Instance, PostSpec, SchoolClass
from instances.words import Role, Rota

DEFAULT_ROTA_PEOPLE = 4


def derive(instance: Instance) -> Demand:
    """Everything that must be staffed, from the data alone."""
    return Derivation(instance).run()


class Derivation:
    """Works through the activities of an instance once; ``run`` gives the demand."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.calendar = Calendar(instance.term)
        self.moments = moments(instance, self.calendar)
        self.days = BlockDays(instance, self.calendar)
        self.takers = Takers(instance, self.calendar, self.days)
        self.posts: list[Post] = []
        self.groups: list[Group] = []
        self.options: dict[str, tuple[Option, ...]] = {}
        self.needs: dict[str, Need] = {}
        self.taken: dict[str, dict[str, int]] = {}
        self.group_rooms: dict[str, tuple[str, ...]] = {}

    def run(self) -> Demand:
        later = []
        for activity in self.instance.activities:
            if is_movable(activity):
                self._movable(activity)
            elif activity.rota is not None:
                self._rota(activity)
            elif not activity.kind.has_children:
                self._duty(activity)
            elif activity.kind.is_remainder:
                later.append(activity)
            else:
                self._whole_classes(activity)
        for activity in later:
            self._care(activity)
        return Demand(
            self.instance,
            self.calendar,
            self.moments,
            tuple(self.groups),
            self.options,
            self.needs,
            tuple(self.posts),
            self.taken,
            self.group_rooms,
        )

    def _movable(self, activity: Activity) -> None:
        children = taken(self.instance, activity) if activity.kind.has_children else {}
        if activity.kind.has_children and not sum(children.values()):
            return
        self.taken[activity.name] = children
        total = sum(children.values())
        rooms = self._rooms(activity, total)
        options = options_of(self.instance, activity)
        self.options[activity.name] = tuple(
            Option(activity.name, index, blocks, rooms) for index, blocks in enumerate(options)
        )
        self.takers.movable.append((activity, children, self.options[activity.name]))
        for index, blocks in enumerate(options):
            for spec in default_posts(activity):
                count = spec.count
                if activity.attendance is None and spec.role is Role.SUPERVISOR:
                    count *= adults(total, activity.ratio)
                self._add(activity, spec, count, blocks, tuple(children), option=index)

    def _rooms(self, activity: Activity, children: int) -> tuple[str, ...]:
        """Rooms an activity may use: those listed, or those with its features and size.

        Without either: rooms without features, and the home rooms of its classes.
        """
        rooms = self.instance.room_by_name
        if activity.rooms:
            chosen: Iterable[str] = activity.rooms
        elif activity.features:
            wanted = set(activity.features)
            chosen = [name for name, room in rooms.items() if wanted <= set(room.features)]
        else:
            homes = {school_class.room for school_class in self.instance.attending(activity)}
            every = {school_class.room for school_class in self.instance.classes}
            chosen = [
                name
                for name, room in rooms.items()
                if name in homes or (not room.features and name not in every)
            ]
        return tuple(name for name in chosen if rooms[name].capacity >= children)

    def _rota(self, activity: Activity) -> None:
        people = activity.rota_people or len(activity.staff) or DEFAULT_ROTA_PEOPLE
        running = self.calendar.running(activity)
        blocks = fixed_blocks(self.instance, activity)
        weeks = self.calendar.weeks
        turns = [0] * people
        for n, day in enumerate(self.calendar.days):
            place = weeks.index(day.week) if activity.rota is Rota.WEEK else n
            turns[place % people] |= running & (1 << n)
        for spec in default_posts(activity):
            for turn, days in enumerate(turns):
                for number in range(1, spec.count + 1):
                    place = turn * spec.count + number
                    self._post(activity, spec, place, blocks, (), days=days)

    def _duty(self, activity: Activity) -> None:
        for block in fixed_blocks(self.instance, activity):
            for spec in default_posts(activity):
                self._add(activity, spec, spec.count, (block,), ())

    def _whole_classes(self, activity: Activity) -> None:
        for block in fixed_blocks(self.instance, activity):
            for group in self._groups_at(activity, block):
                children = group_present(self.instance, group, block)
                self.takers.whole.append((activity, block, group))
                for spec in default_posts(activity):
                    count = spec.count
                    if spec.role is Role.SUPERVISOR:
                        count *= adults(children, activity.ratio)
                    if children:
                        self._add(activity, spec, count, (block,), group.classes, group=group)

    def _groups_at(self, activity: Activity, block: Block) -> list[Group]:
        segments = [self.instance.segment_by_name[name] for name in block.segments]
        by_grade: dict[int, list[SchoolClass]] = {}
        for school_class in self.instance.attending(activity):
            if all(not s.grades or school_class.grade in s.grades for s in segments):
                by_grade.setdefault(school_class.grade, []).append(school_class)
        groups = []
        for classes in by_grade.values():
            for first in range(0, len(classes), activity.merge):
                names = tuple(c.name for c in classes[first : first + activity.merge])
                group = Group(activity.name, names)
                groups.append(group)
                if group not in self.groups:
                    self._enter(activity, group)
        return groups

    def _care(self, activity: Activity) -> None:
        running = self.calendar.running(activity)
        for block in fixed_blocks(self.instance, activity):
            days = running & self.days.of(block)
            for group in self._groups_at(activity, block):
                needs = self.takers.needs(activity, group, block, days)
                self.needs.update({need.key: need for need in needs})
                staffed = sum(need.dates for need in needs if need.base)
                for spec in default_posts(activity):
                    if spec.role is Role.SUPERVISOR:
                        self._care_posts(activity, spec, group, block, needs)
                    elif staffed:
                        self._add(
                            activity,
                            spec,
                            spec.count,
                            (block,),
                            group.classes,
                            group=group,
                            days=staffed,
                        )

    def _care_posts(
        self, activity: Activity, spec: PostSpec, group: Group, block: Block, needs: list[Need]
    ) -> None:
        rooms = self._home_rooms(activity, group)
        for number in range(1, max((need.high for need in needs), default=0) + 1):
            sure = 0
            for need in needs:
                if need.low >= number:
                    sure |= need.dates
            room = None
            if rooms:
                room = rooms[number - 1] if number <= len(rooms) else rooms[0]
            for copy in range(spec.count):
                index = (number - 1) * spec.count + copy + 1
                parts: list[tuple[int, Need | None]] = [(sure, None)]
                parts += [(n.dates, n) for n in needs if n.low < number <= n.high]
                for days, part in parts:
                    self._post(
                        activity,
                        spec,
                        index,
                        (block,),
                        group.classes,
                        days=days,
                        group=group,
                        need=part,
                        number=number,
                        room=room,
                    )

    def _home_rooms(self, activity: Activity, group: Group) -> tuple[str, ...]:
        if activity.rooms or activity.features:
            return ()
        rooms = self.instance.room_by_name
        names = [self.instance.class_by_name[name].room for name in group.classes]
        return tuple(sorted(dict.fromkeys(names), key=lambda name: -rooms[name].capacity))

    def _enter(self, activity: Activity, group: Group) -> None:
        self.groups.append(group)
        if activity.rooms or activity.features:
            size = sum(self.instance.class_by_name[name].size for name in group.classes)
            self.group_rooms[group.key] = self._rooms(activity, min(size, activity.ratio))

    def _add(
        self,
        activity: Activity,
        spec: PostSpec,
        count: int,
        blocks: tuple[Block, ...],
        classes: tuple[str, ...],
        *,
        group: Group | None = None,
        option: int | None = None,
        days: int | None = None,
    ) -> None:
        """Enter ``count`` posts; one for each segment where nobody need hold them all."""
        days = self.calendar.running(activity) if days is None else days
        rooms = self._home_rooms(activity, group) if group else ()
        for number in range(1, count + 1):
            room = rooms[min(number, len(rooms)) - 1] if rooms else None
            parts: list[tuple[str, tuple[Block, ...]]] = [("", blocks)]
            if activity.length > 1 and not activity.one_person:
                parts = [
                    (f".{n + 1}", tuple(Block(b.weekday, (b.segments[n],)) for b in blocks))
                    for n in range(activity.length)
                ]
            for suffix, part in parts:
                self._post(
                    activity,
                    spec,
                    number,
                    part,
                    classes,
                    days=days,
                    group=group,
                    option=option,
                    room=room,
                    suffix=suffix,
                )

    def _post(
        self,
        activity: Activity,
        spec: PostSpec,
        index: int,
        blocks: tuple[Block, ...],
        classes: tuple[str, ...],
        *,
        days: int,
        group: Group | None = None,
        option: int | None = None,
        need: Need | None = None,
        number: int = 0,
        room: str | None = None,
        suffix: str = "",
    ) -> None:
        """Enter one post, unless none of its dates takes place."""
        units = tuple((days & self.days.of(b), self._units(b)) for b in blocks)
        dates = 0
        for mask, _ in units:
            dates |= mask
        if not dates:
            return
        where = group.key if group else activity.name
        if option is None and activity.rota is None:
            where += f"@{blocks[0].key}"
        tail = f"~{need.key.rsplit('~', 1)[1]}" if need else ""
        principal = spec == default_posts(activity)[0]
        self.posts.append(
            Post(
                line=f"{where}/{spec.role.value}{index}{suffix}{tail}",
                activity=activity.name,
                kind=activity.kind,
                classes=classes,
                group=group.key if group else None,
                role=spec.role,
                number=number or index,
                skills=frozenset(spec.skills),
                blocks=blocks,
                dates=dates,
                units=units,
                option=option,
                need=need.key if need else None,
                room=room,
                listed=activity.staff if principal else (),
            )
        )

    def _units(self, block: Block) -> int:
        segments = (self.instance.segment_by_name[name] for name in block.segments)
        return int(sum(segment.units for segment in segments) * UNIT)
