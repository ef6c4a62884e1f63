"""Changes that the school arranges: times, rooms, pins, groups of care, a club less."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.pins import PinText
from instances.messages import Message, Template
from instances.problems import Path
from instances.school import Instance, Pin, SlotChoice
from instances.words import Weekday
from scheduler.explain.easing import Easing, paths_of_activity, with_activity


@dataclass(frozen=True)
class AllowSlot(Easing):
    """Let a club meet at another time of the week."""

    activity: str
    weekday: Weekday
    segment: str
    kind: ClassVar[str] = "slot"
    words: ClassVar[Template] = Template(
        "允许“{activity}”安排在{weekday}“{segment}”", "let {activity} meet on {weekday} {segment}"
    )

    def apply(self, school: Instance) -> Instance:
        slot = SlotChoice(weekday=self.weekday, segment=self.segment)
        return with_activity(school, self.activity, lambda one: {"slots": (*one.slots, slot)})

    def message(self) -> Message:
        return self.words(activity=self.activity, weekday=self.weekday, segment=self.segment)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.activity

    def paths(self, school: Instance) -> Iterator[Path]:
        yield from paths_of_activity(school, self.activity, "slots")


@dataclass(frozen=True)
class AllowRoom(Easing):
    """Let an activity use another room; ``before``: the rooms it may use as things are."""

    activity: str
    room: str
    before: tuple[str, ...]
    kind: ClassVar[str] = "room"
    words: ClassVar[Template] = Template(
        "允许“{activity}”使用{room}", "let {activity} use the room {room}"
    )

    def apply(self, school: Instance) -> Instance:
        return with_activity(
            school,
            self.activity,
            lambda one: {"rooms": (*(one.rooms or self.before), self.room)},
        )

    def message(self) -> Message:
        return self.words(activity=self.activity, room=self.room)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.activity

    def paths(self, school: Instance) -> Iterator[Path]:
        yield from paths_of_activity(school, self.activity, "rooms")


@dataclass(frozen=True)
class OpenRoom(Easing):
    """Use a room that is closed."""

    room: str
    kind: ClassVar[str] = "open"
    words: ClassVar[Template] = Template("开放{room}", "open the room {room}")

    def apply(self, school: Instance) -> Instance:
        rooms = tuple(
            one.model_copy(update={"closures": ()}) if one.name == self.room else one
            for one in school.rooms
        )
        return school.model_copy(update={"rooms": rooms})

    def message(self) -> Message:
        return self.words(room=self.room)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.room

    def paths(self, school: Instance) -> Iterator[Path]:
        for n, room in enumerate(school.rooms):
            if room.name == self.room:
                yield "rooms", n, "closures"
                yield "rooms", n


@dataclass(frozen=True)
class Drop(Easing):
    """Leave a club out this term; its children are in care then."""

    activity: str
    kind: ClassVar[str] = "drop"
    words: ClassVar[Template] = Template("本学期不开“{activity}”", "leave out {activity} this term")

    def apply(self, school: Instance) -> Instance:
        return without_activity(school, self.activity)

    def message(self) -> Message:
        return self.words(activity=self.activity)

    @property
    def theme(self) -> Hashable:
        return (self.kind,)

    def paths(self, school: Instance) -> Iterator[Path]:
        yield from paths_of_activity(school, self.activity, "name")


@dataclass(frozen=True)
class RaiseRatio(Easing):
    """More children to one adult in care."""

    activity: str
    to: int
    kind: ClassVar[str] = "ratio"
    words: ClassVar[Template] = Template(
        "“{activity}”每位教师最多看护 {to} 名学生",
        "let one adult look after up to {to} children in {activity}",
    )

    def apply(self, school: Instance) -> Instance:
        return with_activity(school, self.activity, lambda _: {"ratio": self.to})

    def message(self) -> Message:
        return self.words(activity=self.activity, to=self.to)

    @property
    def theme(self) -> Hashable:
        return (self.kind,)

    def paths(self, school: Instance) -> Iterator[Path]:
        yield from paths_of_activity(school, self.activity, "ratio")


@dataclass(frozen=True)
class Merge(Easing):
    """More classes together in care."""

    activity: str
    to: int
    kind: ClassVar[str] = "merge"
    words: ClassVar[Template] = Template(
        "“{activity}”{to} 个班合在一起", "put {to} classes together in {activity}"
    )

    def apply(self, school: Instance) -> Instance:
        return with_activity(school, self.activity, lambda _: {"merge": self.to})

    def message(self) -> Message:
        return self.words(activity=self.activity, to=self.to)

    @property
    def theme(self) -> Hashable:
        return (self.kind,)

    def paths(self, school: Instance) -> Iterator[Path]:
        yield from paths_of_activity(school, self.activity, "merge")


@dataclass(frozen=True)
class DropPin(Easing):
    """Give up something that was fixed by hand."""

    pin: Pin
    number: int
    kind: ClassVar[str] = "pin"
    words: ClassVar[Template] = Template("去掉固定项“{pin}”", "give up the pin “{pin}”")

    def apply(self, school: Instance) -> Instance:
        pins = list(school.pins)
        pins.remove(self.pin)
        return school.model_copy(update={"pins": tuple(pins)})

    def message(self) -> Message:
        return self.words(pin=PinText(self.pin))

    @property
    def theme(self) -> Hashable:
        return self.kind, self.number

    def paths(self, school: Instance) -> Iterator[Path]:  # noqa: ARG002
        yield "pins", self.number


def applied(school: Instance, easings: Iterable[Easing]) -> Instance:
    """The school with several changes made, clubs left out last."""
    for easing in sorted(easings, key=lambda one: isinstance(one, Drop)):
        school = easing.apply(school)
    return school


def without_activity(school: Instance, name: str) -> Instance:
    """The school without an activity, and without whatever speaks of it."""
    staff = tuple(
        one.model_copy(
            update={"activity_wishes": tuple(w for w in one.activity_wishes if w.activity != name)}
        )
        if any(wish.activity == name for wish in one.activity_wishes)
        else one
        for one in school.staff
    )
    rules = tuple(
        rule.model_copy(update={"activities": tuple(a for a in rule.activities if a != name)})
        for rule in school.rules
        if rule.activities != (name,)
    )
    return school.model_copy(
        update={
            "activities": tuple(one for one in school.activities if one.name != name),
            "pins": tuple(pin for pin in school.pins if pin.activity != name),
            "staff": staff,
            "rules": rules,
        }
    )
