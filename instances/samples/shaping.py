"""What the bundled schools share: reading their tables of people, classes and clubs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from instances.generate.drafts import Person
from instances.generate.terms import CLUBS_START
from instances.school import (
    DAYS,
    Activity,
    Busy,
    Participation,
    PostSpec,
    SchoolClass,
    SlotChoice,
)
from instances.words import Family, Kind, Parity, Role, Weekday

GRADES = "一二三四五六"
FAMILY_OF = {family.zh: family for family in Family}


def rows(table: str) -> Iterator[list[str]]:
    """The lines of a table, cut into cells; a dash is an empty cell."""
    for line in table.strip().splitlines():
        yield ["" if cell == "-" else cell for cell in line.split()]


def several(cell: str) -> tuple[str, ...]:
    """The parts of a cell, which are separated by 、."""
    return tuple(part for part in cell.split("、") if part)


def people_of(table: str) -> list[Person]:
    """People from lines of name, subject, class or office, and further skills."""
    people = []
    for name, subject, _, skills in rows(table):
        pure, _, number = name.rstrip(")").partition("(")
        people.append(
            Person(pure, number, subject=subject, skills=[subject, "看护", *several(skills)])
        )
    return people


def class_heads(table: str) -> dict[str, str]:
    """Who heads the class, or holds the office, named in a table of people."""
    return {office: name for name, _, office, _ in rows(table) if office}


def make_classes(
    sizes: Sequence[Sequence[int]], heads: dict[str, str], share: str, friday: str
) -> tuple[SchoolClass, ...]:
    """Classes by grade, each with its size and home teacher; 一年级 where a grade has one."""
    return tuple(
        SchoolClass(
            name=(name := _class_name(grade, number, len(row))),
            grade=grade,
            size=size,
            home_room=f"{grade}{number:02d}教室",
            home_teacher=heads[name],
            participation=(
                Participation(share=Decimal(share)),
                Participation(share=Decimal(friday), weekday=Weekday.FRI),
            ),
        )
        for grade, row in enumerate(sizes, start=1)
        for number, size in enumerate(row, start=1)
    )


def _class_name(grade: int, number: int, classes: int) -> str:
    grade_name = GRADES[grade - 1]
    return f"{grade_name}年级" if classes == 1 else f"{grade_name}({number})班"


def slots(days: Iterable[Weekday], *segments: str) -> tuple[SlotChoice, ...]:
    return tuple(SlotChoice(weekday=day, segment=name) for day in days for name in segments)


def care(
    name: str,
    grades: Sequence[int],
    days: Iterable[Weekday],
    segment: str,
    *,
    merge: int = 1,
    ratio: int = 60,
) -> Activity:
    """Care of whoever is not in a club, by anybody who looks after classes."""
    return Activity(
        name=name,
        kind=Kind.CARE,
        grades=tuple(grades),
        slots=slots(days, segment),
        posts=(PostSpec(role=Role.SUPERVISOR, skills=("看护",)),),
        merge=merge,
        ratio=ratio,
    )


def duty(
    name: str,
    role: Role,
    segments: Sequence[str],
    *,
    skill: str = "看护",
    count: int = 1,
    length: int = 1,
) -> Activity:
    """A duty on every weekday."""
    return Activity(
        name=name,
        kind=Kind.STANDBY if role is Role.STANDBY else Kind.DUTY,
        slots=slots(DAYS, *segments),
        posts=(PostSpec(role=role, skills=(skill,), count=count),),
        length=length,
    )


def club(
    row: Sequence[str], grades: Sequence[int], days: Iterable[Weekday], *segments: str
) -> Activity:
    """A club from a line of name, family, skill, place, seats, children and remarks.

    The place is a feature in brackets, or the rooms that will do. Remarks: 单周, 双周,
    每周2次, 助教, 连堂, 至11-27 (last date), 第4、8周 (weeks).
    """
    name, family, skill, place, seats, children, remark = row
    marks = remark.split(";")
    posts = [PostSpec(role=Role.LEADER, skills=(skill,))]
    if "助教" in marks:
        posts.append(PostSpec(role=Role.ASSISTANT, skills=("看护",)))
    last = next((mark[1:] for mark in marks if mark.startswith("至")), None)
    listed = next((mark[1:-1] for mark in marks if mark.startswith("第")), "")
    return Activity(
        name=name,
        kind=Kind.CLUB,
        family=FAMILY_OF[family],
        grades=tuple(grades),
        start=CLUBS_START,
        end=dt.date.fromisoformat(f"2026-{last}") if last else None,
        parity=Parity.ODD if "单周" in marks else Parity.EVEN if "双周" in marks else Parity.ALL,
        weeks=tuple(int(week) for week in several(listed)),
        per_week=2 if "每周2次" in marks else 1,
        length=2 if "连堂" in marks else 1,
        slots=slots(days, *segments),
        rooms=() if place.startswith("[") else several(place),
        features=(place.strip("[]"),) if place.startswith("[") else (),
        posts=tuple(posts),
        capacity=int(seats),
        minimum=10,
        children=int(children),
    )


def busy(
    people: Iterable[Person],
    days: Iterable[Weekday],
    start: str,
    end: str,
    reason: str,
    parity: Parity = Parity.ALL,
) -> None:
    """Enter a fixed duty for several people."""
    for person in people:
        for day in days:
            person.busy.append(
                Busy(
                    weekday=day,
                    start=dt.time.fromisoformat(start),
                    end=dt.time.fromisoformat(end),
                    parity=parity,
                    reason=reason,
                )
            )
