"""A teaching point in the hills: one teacher, five children of two grades in one room."""

from __future__ import annotations

from instances.generate.premises import clock
from instances.generate.terms import MAKE_UP_SATURDAY, MAKE_UP_SUNDAY, autumn_term
from instances.samples.shaping import care, club, rows
from instances.school import (
    DAYS,
    ActivityWish,
    Instance,
    MakeUpDay,
    Room,
    SchoolClass,
    Segment,
    SlotWish,
    Staff,
    Timing,
)
from instances.words import Level

_MON, _TUE, _WED, _THU, _FRI = DAYS
_HOMEWORK, _GARDEN = "作业辅导", "课外活动"

_CLUB = """
小菜园 劳动 种植 菜园 5 5 -
"""


def build() -> Instance:
    """The school as its one teacher would enter it."""
    (row,) = rows(_CLUB)
    garden = club(row, (2,), (_TUE, _WED, _THU), _GARDEN).model_copy(update={"minimum": 1})
    teacher = Staff(
        name="韦德华",
        skills=("语文", "数学", "看护", "种植"),
        default=Level.WILLING,
        wishes=(
            SlotWish(weekday=_WED, band=_GARDEN, level=Level.PREFERS),
            SlotWish(weekday=_FRI, band=_GARDEN, level=Level.RATHER_NOT),
        ),
        activity_wishes=(ActivityWish(activity=garden.name, level=Level.PREFERS),),
    )
    return Instance(
        school="云岭教学点",
        term=autumn_term(
            MakeUpDay(date=MAKE_UP_SUNDAY, follows=_FRI, service=False),
            MakeUpDay(date=MAKE_UP_SATURDAY, follows=_WED),
            lang="zh",
        ),
        segments=(
            Segment(name=_HOMEWORK, timings=(Timing(start=clock(930), end=clock(990)),)),
            Segment(name=_GARDEN, timings=(Timing(start=clock(990), end=clock(1050)),)),
        ),
        classes=(
            SchoolClass(
                name="复式班", grade=2, size=5, home_room="教室", home_teacher=teacher.name
            ),
        ),
        rooms=(
            Room(name="教室", capacity=20),
            Room(name="菜园", features=("种植区",), capacity=20),
            Room(name="操场", features=("运动场地",), capacity=40),
        ),
        staff=(teacher,),
        activities=(
            care("作业看护", (2,), DAYS, _HOMEWORK),
            care("自主活动", (2,), DAYS, _GARDEN),
            garden,
        ),
    )
