"""A village primary school: six small classes, thirteen adults, everybody in a club."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from instances.generate.building import settle
from instances.generate.covering import Covering
from instances.generate.drafts import Person
from instances.generate.premises import clock
from instances.generate.terms import MAKE_UP_SATURDAY, MAKE_UP_SUNDAY, autumn_term
from instances.samples.shaping import (
    busy,
    care,
    class_heads,
    club,
    duty,
    make_classes,
    people_of,
    rows,
)
from instances.school import DAYS, Instance, MakeUpDay, Period, Room, Segment, Timing
from instances.timetable import Timetable
from instances.words import Level, Parity, Role

_MON, _TUE, _WED, _THU, _FRI = DAYS
_HOMEWORK, _CLUBS = "作业辅导", "社团活动"
_SIZES = ((17,), (20,), (18,), (22,), (19,), (17,))

_PEOPLE = """
何志刚 数学 校长 行政、篮球
罗永生 语文 教导主任 行政、书法
谢玉兰 数学 总务主任 行政、种植
陈小芳 语文 一年级 绘本
邓丽 语文 二年级 手工
唐美华 数学 三年级 -
曹建国 语文 四年级 书法
蒋雪梅 语文 五年级 诵读
余光明 数学 六年级 -
黎婷 英语 - 诵读
吴强 体育 - 篮球、跳绳
苏晓梅 音乐 走教 合唱
周少华 科学 - 种植、手工
"""

_LOWER = """
绘本阅读 阅读 绘本 多功能室 20 15 -
花样跳绳 文体 跳绳 操场 20 15 -
童谣合唱 艺术 合唱 101教室、201教室、301教室 20 15 -
巧手手工 劳动 手工 101教室、201教室、301教室 20 15 -
"""

_UPPER = """
篮球社 文体 篮球 操场 20 15 -
软笔书法 艺术 书法 401教室、501教室、601教室 20 15 -
快乐种植 劳动 种植 菜园 20 15 -
经典诵读 阅读 诵读 多功能室 20 15 -
"""


def build() -> Instance:
    """The school as its administrator would enter it."""
    return build_with_plan()[0]


def build_with_plan() -> tuple[Instance, Timetable]:
    """The school and one timetable that staffs it completely."""
    frame = _frame()
    return settle(frame, _staff(frame), random.Random(6), leaves=_short_leaves)


def _frame() -> Instance:
    classes = make_classes(_SIZES, class_heads(_PEOPLE), "0.95", "0.9")
    homes = tuple(Room(name=c.room, building="教学楼", capacity=40) for c in classes)
    grades = (1, 2, 3, 4, 5, 6)
    lower, upper = grades[:3], grades[3:]
    return Instance(
        school="青山乡中心小学",
        term=autumn_term(
            MakeUpDay(date=MAKE_UP_SUNDAY, follows=_FRI, service=False),
            MakeUpDay(date=MAKE_UP_SATURDAY, follows=_TUE, service=False),
            lang="zh",
        ),
        segments=(
            Segment(name=_HOMEWORK, timings=(Timing(start=clock(930), end=clock(990)),)),
            Segment(name=_CLUBS, timings=(Timing(start=clock(990), end=clock(1050)),)),
        ),
        classes=classes,
        rooms=(
            *homes,
            Room(name="多功能室", building="教学楼", features=("投影", "图书"), capacity=60),
            Room(name="操场", building="室外", features=("运动场地",), capacity=200, groups=4),
            Room(name="菜园", building="室外", features=("种植区",), capacity=40),
        ),
        activities=(
            care("作业看护", grades, DAYS, _HOMEWORK),
            care("自主阅读(1–3年级)", lower, (_MON, _WED, _THU, _FRI), _CLUBS),
            care("自主阅读(4–6年级)", upper, (_MON, _TUE, _WED, _FRI), _CLUBS),
            care("社团日看护(1–3年级)", lower, (_TUE,), _CLUBS),
            care("社团日看护(4–6年级)", upper, (_THU,), _CLUBS),
            *(club(row, lower, (_TUE,), _CLUBS) for row in rows(_LOWER)),
            *(club(row, upper, (_THU,), _CLUBS) for row in rows(_UPPER)),
            duty("值班领导", Role.DUTY_LEADER, (_HOMEWORK, _CLUBS), skill="行政", length=2),
            duty("放学护送", Role.GATE, (_CLUBS,)),
        ),
    )


def _staff(frame: Instance) -> list[Person]:
    people = people_of(_PEOPLE)
    named = {person.key: person for person in people}
    for key in ("何志刚", "罗永生", "谢玉兰"):
        named[key].coefficient = Decimal("0.8")
    travelling = named["苏晓梅"]
    travelling.closed = {(day, band) for day in (_MON, _WED, _FRI) for band in frame.bands}
    named["余光明"].closed = {(_FRI, band) for band in frame.bands}
    named["黎婷"].default = Level.RATHER_NOT
    busy([named["何志刚"]], (_WED,), "15:00", "17:00", "中心校例会", Parity.ODD)
    return people


def _short_leaves(covering: Covering) -> None:
    leave = Period(start=dt.date(2026, 11, 17), end=dt.date(2026, 11, 17), name="病假")
    if not covering.grant(covering.people["唐美华"], leave):
        raise ValueError("nobody covers for 唐美华")
