"""Segments, classes and rooms of a generated school."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from decimal import Decimal

from instances.generate.catalogue import FEATURES, SPECIAL_ROOMS, VILLAGE_ROOMS, RoomType
from instances.generate.presets import Size
from instances.messages import Label, Lang
from instances.school import Participation, Room, SchoolClass, Segment, Timing
from instances.words import Weekday

HOMEWORK = Label("作业辅导", "Homework")
CLUBS = Label("社团活动", "Clubs")

_SCHOOLS = {
    1: [
        Label("清水村小学", "Qingshui Village School"),
        Label("石桥小学", "Shiqiao School"),
        Label("柳林教学点", "Liulin School"),
    ],
    6: [
        Label("城关镇第二小学", "Chengguan No. 2 Primary School"),
        Label("实验小学", "Shiyan Primary School"),
        Label("育才小学", "Yucai Primary School"),
        Label("新华路小学", "Xinhua Road Primary School"),
    ],
}
_BUILDINGS = (Label("勤学楼", "East building"), Label("博学楼", "West building"))
_MONDAY_TO_THURSDAY = tuple(Weekday(day) for day in range(1, 5))


def draw_school(size: Size, rng: random.Random, lang: Lang) -> str:
    names = _SCHOOLS[1 if size.classes_per_grade == 1 else 6]
    return rng.choice(names).text(lang)


def grades_text(grades: Sequence[int], lang: Lang) -> str:
    """A run of grades in brackets: (3–6年级) / (grades 3–6)."""
    span = str(grades[0]) if len(grades) == 1 else f"{grades[0]}–{grades[-1]}"
    return f"({span}年级)" if lang == "zh" else f" (grades {span})"


def draw_segments(size: Size, rng: random.Random, lang: Lang) -> tuple[Segment, ...]:
    """Homework and clubs; in larger schools grades 1 and 2 start and leave earlier."""
    friday = rng.choice((0, 10, 20)) if size.staggered else 0
    if not size.staggered:
        return tuple(
            Segment(name=name.text(lang), timings=timings(start, start + 60, friday))
            for name, start in ((HOMEWORK, 930), (CLUBS, 990))
        )
    earlier = rng.choice((10, 20))
    parts = ((size.grades[:2], earlier), (size.grades[2:], 0))
    return tuple(
        Segment(
            name=name.text(lang) + grades_text(grades, lang),
            timings=timings(start - before, start - before + 60, friday),
            grades=grades,
            band=name.text(lang),
        )
        for name, start in ((HOMEWORK, 930), (CLUBS, 990))
        for grades, before in parts
    )


def timings(start: int, end: int, friday: int) -> tuple[Timing, ...]:
    """From ``start`` to ``end`` (minutes after midnight), on Fridays ``friday`` earlier."""
    if not friday:
        return (Timing(start=clock(start), end=clock(end)),)
    return (
        Timing(start=clock(start), end=clock(end), weekdays=_MONDAY_TO_THURSDAY),
        Timing(start=clock(start - friday), end=clock(end - friday), weekdays=(Weekday.FRI,)),
    )


def clock(minutes: int) -> dt.time:
    return dt.time(*divmod(minutes, 60))


def draw_classes(size: Size, rng: random.Random, lang: Lang) -> list[SchoolClass]:
    """Classes of one grade are about equally large; a few children go home on Fridays."""
    low, high = size.class_size
    classes = []
    for grade in size.grades:
        middle = rng.randint(low + 3, high - 3)
        for number in range(1, size.classes_per_grade + 1):
            share = Decimal(rng.randint(82, 97)) / 100
            friday = share - Decimal(rng.randint(3, 10)) / 100
            classes.append(
                SchoolClass(
                    name=_class_name(grade, number, lang),
                    grade=grade,
                    size=middle + rng.randint(-3, 3),
                    home_room=_home_room(grade, number, lang),
                    participation=(
                        Participation(share=share),
                        Participation(share=friday, weekday=Weekday.FRI),
                    ),
                )
            )
    return classes


def _class_name(grade: int, number: int, lang: Lang) -> str:
    return f"{'一二三四五六七八九'[grade - 1]}({number})班" if lang == "zh" else f"{grade}.{number}"


def _home_room(grade: int, number: int, lang: Lang) -> str:
    return f"{grade}{number:02d}教室" if lang == "zh" else f"Room {grade}{number:02d}"


def make_rooms(size: Size, classes: Sequence[SchoolClass], lang: Lang) -> tuple[Room, ...]:
    """A home room for each class, and special rooms up to the number wanted."""
    seats = math.ceil((size.class_size[1] + 1) / 10) * 10
    homes = [
        Room(
            name=school_class.room,
            building=_BUILDINGS[school_class.grade > 3].text(lang),
            capacity=seats,
        )
        for school_class in classes
    ]
    return (*homes, *_special_rooms(size.rooms - len(homes), lang))


def _special_rooms(count: int, lang: Lang) -> list[Room]:
    kinds = VILLAGE_ROOMS if count <= len(VILLAGE_ROOMS) else SPECIAL_ROOMS
    ordered: list[tuple[RoomType, int]] = []
    number = 1
    while len(ordered) < count:
        ordered += [(kind, number) for kind in kinds if number == 1 or not kind.once]
        number += 1
    ordered = ordered[:count]
    several = {kind.name for kind, number in ordered if number > 1}
    rooms = []
    for kind, number in ordered:
        suffix = str(number) if lang == "zh" else f" {number}"
        rooms.append(
            Room(
                name=kind.name.text(lang) + (suffix if kind.name in several else ""),
                building=kind.building.text(lang),
                features=tuple(FEATURES[feature].text(lang) for feature in kind.features),
                capacity=kind.capacity,
                groups=kind.groups,
            )
        )
    return rooms
