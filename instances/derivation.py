"""Deriving the demand of a school: one pass over its activities."""

from __future__ import annotations

from collections.abc import Iterable

from instances.blocks import Block, fixed_blocks, moments, options_of
from instances.calendar import Calendar, timing_on
from instances.demand import (
    UNIT,
    Demand,
    Group,
    Need,
    Option,
    Post,
    Taker,
    default_posts,
    is_movable,
)
from instances.headcount import adults, present, taken
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
        self.posts: list[Post] = []
        self.groups: list[Group] = []
        self.options: dict[str, tuple[Option, ...]] = {}
        self.needs: dict[str, Need] = {}
        self.taken: dict[str, dict[str, int]] = {}
        self.group_rooms: dict[str, tuple[str, ...]] = {}
        self.blocks: dict[str, tuple[Block, ...]] = {}
        self._days_of_block: dict[Block, int] = {}

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
                children = self._present(group, block)
                for spec in default_posts(activity):
                    count = spec.count
                    if spec.role is Role.SUPERVISOR:
                        count *= adults(children, activity.ratio)
                    if children:
                        self._add(activity, spec, count, (block,), group.classes, group=group)
        self.blocks[activity.name] = fixed_blocks(self.instance, activity)

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

    def _present(self, group: Group, block: Block) -> int:
        return max(
            sum(
                present(self.instance.class_by_name[name], block.weekday, segment)
                for name in group.classes
            )
            for segment in block.segments
        )

    def _care(self, activity: Activity) -> None:
        running = self.calendar.running(activity)
        for block in fixed_blocks(self.instance, activity):
            days = running & self._block_days(block)
            for group in self._groups_at(activity, block):
                needs = self._needs(activity, group, block, days)
                for spec in default_posts(activity):
                    if spec.role is Role.SUPERVISOR:
                        self._care_posts(activity, spec, group, block, needs)
                    elif needs:
                        self._add(activity, spec, spec.count, (block,), group.classes, group=group)

    def _needs(self, activity: Activity, group: Group, block: Block, days: int) -> list[Need]:
        """The needs of a group at a block: one for each set of dates with the same takers."""
        firm, maybe = self._takers(group, block)
        parts = {0: days}
        for n, (mask, _) in enumerate([*firm, *maybe]):
            split: dict[int, int] = {}
            for key, part in parts.items():
                if part & mask:
                    split[key | 1 << n] = part & mask
                if part & ~mask:
                    split[key] = part & ~mask
            parts = split
        needs = []
        for n, (key, part) in enumerate(sorted(parts.items(), key=lambda kv: -kv[1].bit_count())):
            base = self._present(group, block)
            base -= sum(c for i, (_, c) in enumerate(firm) if key >> i & 1)
            here = [t for i, (_, ts) in enumerate(maybe) if key >> (i + len(firm)) & 1 for t in ts]
            most = sum({taker.activity: taker.children for taker in here}.values())
            base = max(0, base)
            need = Need(
                key=f"{group.key}@{block.key}~{n}",
                group=group,
                block=block,
                dates=part,
                base=base,
                takers=tuple(here),
                ratio=activity.ratio,
                low=adults(base - most, activity.ratio),
                high=adults(base, activity.ratio),
            )
            self.needs[need.key] = need
            needs.append(need)
        return needs

    def _takers(
        self, group: Group, block: Block
    ) -> tuple[list[tuple[int, int]], list[tuple[int, tuple[Taker, ...]]]]:
        """Activities that take children from a group: always, or if placed at this block."""
        firm: list[tuple[int, int]] = []
        maybe: list[tuple[int, tuple[Taker, ...]]] = []
        for name, blocks in self.blocks.items():
            activity = self.instance.activity_by_name[name]
            both = set(group.classes) & {c.name for c in self.instance.attending(activity)}
            days = self.calendar.running(activity) & self._clash(block, blocks)
            children = sum(
                present(self.instance.class_by_name[c], block.weekday, block.segments[0])
                for c in both
            )
            if days and children:
                firm.append((days, children))
        for name, options in self.options.items():
            children = sum(self.taken[name].get(c, 0) for c in group.classes)
            if not children:
                continue
            running = self.calendar.running(self.instance.activity_by_name[name])
            takers = {
                option.index: self._clash(block, option.blocks) & running for option in options
            }
            days = max(takers.values(), default=0)
            if days:
                here = tuple(Taker(name, i, children) for i, mask in takers.items() if mask)
                maybe.append((days, here))
        return firm, maybe

    def _clash(self, block: Block, others: Iterable[Block]) -> int:
        """Dates on which a block overlaps others by the clock."""
        names = {s for other in others if other.weekday == block.weekday for s in other.segments}
        days = 0
        for moment in self.moments:
            if moment.weekday == block.weekday and not moment.segments.isdisjoint(block.segments):
                if not moment.segments.isdisjoint(names):
                    days |= moment.days
        return days & self._block_days(block)

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
    ) -> None:
        """Enter ``count`` posts; one for each segment where nobody need hold them all."""
        days = self.calendar.running(activity)
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
        units = tuple((days & self._block_days(b), self._units(b)) for b in blocks)
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

    def _block_days(self, block: Block) -> int:
        """Dates on which all segments of a block take place."""
        if block not in self._days_of_block:
            days = self.calendar.of_weekday[block.weekday]
            for name in block.segments:
                segment = self.instance.segment_by_name[name]
                days &= self.calendar.where(
                    lambda day, s=segment: (  # type: ignore[misc]
                        timing_on(s, block.weekday, day.phase) is not None
                    )
                )
            self._days_of_block[block] = days
        return self._days_of_block[block]
