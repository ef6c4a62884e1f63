"""A small published term to write and read: eight classes, clubs, duties, a rota, two clocks."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from functools import cache

from instances.demand import Demand
from instances.derivation import derive
from instances.school import (
    Activity,
    ActivityWish,
    Closure,
    FrozenPeriod,
    Instance,
    MakeUpDay,
    Participation,
    Period,
    PostSpec,
    Room,
    SchoolClass,
    Segment,
    SlotChoice,
    SlotWish,
    Staff,
    Term,
    Timing,
)
from instances.timetable import DatedChange, Place, Placement, Timetable, expand
from instances.words import Family, Kind, Level, Parity, Role, Rota, Weekday
from scheduler.result import Fairness, PersonFigures, Published, Result
from scheduler.result import Level as Achieved

NAMES = (
    "王芳 李娜 张伟 刘洋 陈静 杨帆 赵敏 黄磊 周杰 吴倩 徐丽 孙浩 马超 朱琳 胡军 郭艳 何平 高翔"
).split()
PHONE = "13800138000"
LEAVE = "产检假"


def school(lang: str = "zh", school_name: str = "实验小学") -> Instance:
    """Eight classes in four grades, eighteen people."""
    return Instance(
        school=school_name,
        lang="en" if lang == "en" else "zh",
        term=_term(),
        segments=_segments(),
        classes=tuple(
            SchoolClass(
                name=f"{'一二三四'[grade - 1]}({number})班",
                grade=grade,
                size=40 + grade,
                home_room=f"{grade}0{number}教室",
                home_teacher=NAMES[(grade - 1) * 2 + number - 1],
                participation=(Participation(share=Decimal("0.9")),),
            )
            for grade in range(1, 5)
            for number in (1, 2)
        ),
        rooms=_rooms(),
        staff=_staff(),
        activities=_activities(),
    )


def _term() -> Term:
    return Term(
        name="2026学年第一学期",
        start=dt.date(2026, 9, 1),
        end=dt.date(2027, 1, 15),
        service_start=dt.date(2026, 9, 7),
        holidays=(
            Period(start=dt.date(2026, 9, 25), end=dt.date(2026, 9, 27), name="中秋节"),
            Period(start=dt.date(2026, 10, 1), end=dt.date(2026, 10, 7), name="国庆节"),
        ),
        make_up_days=(
            MakeUpDay(date=dt.date(2026, 9, 20), follows=Weekday.WED),
            MakeUpDay(date=dt.date(2026, 10, 10), follows=Weekday.FRI, service=False),
        ),
        frozen=(
            FrozenPeriod(start=dt.date(2026, 11, 9), end=dt.date(2026, 11, 13), name="期中考试"),
            FrozenPeriod(start=dt.date(2027, 1, 4), end=dt.date(2027, 1, 15), name="期末复习"),
        ),
        phases=(
            Period(start=dt.date(2026, 9, 1), end=dt.date(2026, 10, 31), name="夏季作息"),
            Period(start=dt.date(2026, 11, 1), end=dt.date(2027, 1, 15), name="冬季作息"),
        ),
    )


def _segments() -> tuple[Segment, ...]:
    def timings(*clock: int) -> tuple[Timing, ...]:
        times = [dt.time(*divmod(number, 100)) for number in clock]
        summer = Timing(start=times[0], end=times[1], phase="夏季作息")
        winter = Timing(start=times[2], end=times[3], phase="冬季作息")
        return summer, winter

    return (
        Segment(name="作业辅导", timings=timings(1530, 1630, 1510, 1610)),
        Segment(name="社团活动", timings=timings(1630, 1730, 1610, 1710)),
        Segment(name="延时看护", timings=timings(1730, 1800, 1710, 1740), units=Decimal("0.5")),
    )


def _rooms() -> tuple[Room, ...]:
    homes = tuple(
        Room(name=f"{grade}0{number}教室", capacity=50)
        for grade in range(1, 5)
        for number in (1, 2)
    )
    return (
        *homes,
        Room(
            name="音乐教室",
            capacity=45,
            features=("钢琴",),
            closures=(Closure(start=dt.date(2026, 12, 7), end=dt.date(2026, 12, 11)),),
        ),
        Room(name="操场", capacity=200, groups=4, features=("室外",)),
        Room(name="美术教室", capacity=40, features=("水池",)),
        Room(name="多功能厅", capacity=120),
    )


def _staff() -> tuple[Staff, ...]:
    people = []
    for n, name in enumerate(NAMES):
        people.append(
            Staff(
                name=name,
                default=Level.WILLING,
                phone=PHONE if n == 0 else "",
                wishes=(SlotWish(weekday=Weekday.MON, band="作业辅导", level=Level.PREFERS),),
                activity_wishes=(ActivityWish(activity="合唱团", level=Level.RATHER_NOT),),
                leave=(
                    (Period(start=dt.date(2026, 10, 12), end=dt.date(2026, 10, 16), name=LEAVE),)
                    if n == 1
                    else ()
                ),
            )
        )
    people.append(Staff(name="王芳", number="T90", default=Level.WILLING))
    people.append(Staff(name="林教练", default=Level.WILLING, outside=True))
    return tuple(people)


def _activities() -> tuple[Activity, ...]:
    clubs = []
    for n, (name, family, rooms) in enumerate(
        (
            ("合唱团", Family.ART, ("音乐教室",)),
            ("足球队", Family.SPORTS, ("操场",)),
            ("创意美术", Family.ART, ("美术教室",)),
            ("小小科学家", Family.SCIENCE, ("多功能厅",)),
            ("绘本阅读", Family.READING, ("101教室", "102教室")),
        )
    ):
        clubs.append(
            Activity(
                name=name,
                kind=Kind.CLUB,
                family=family,
                grades=(1, 2, 3, 4) if n < 4 else (1, 2),
                per_week=2 if n == 1 else 1,
                slots=tuple(SlotChoice(weekday=Weekday(day), segment="社团活动") for day in (2, 4)),
                rooms=rooms,
                capacity=24 + n,
                parity=Parity.ODD if n == 3 else Parity.ALL,
                start=dt.date(2026, 9, 14),
                posts=(PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT))
                if n < 2
                else (PostSpec(role=Role.LEADER),),
            )
        )
    return (
        Activity(
            name="作业看护",
            kind=Kind.CARE,
            slots=tuple(
                SlotChoice(weekday=Weekday(day), segment=segment)
                for day in range(1, 6)
                for segment in ("作业辅导", "社团活动")
            ),
        ),
        Activity(
            name="延时看护",
            kind=Kind.LATE,
            merge=4,
            ratio=200,
            rooms=("多功能厅",),
            slots=tuple(
                SlotChoice(weekday=Weekday(day), segment="延时看护") for day in range(1, 6)
            ),
        ),
        *clubs,
        Activity(
            name="值班领导",
            kind=Kind.DUTY,
            slots=tuple(SlotChoice(weekday=Weekday(d), segment="作业辅导") for d in range(1, 6)),
        ),
        Activity(
            name="东门岗",
            kind=Kind.DUTY,
            rota=Rota.WEEK,
            rota_people=4,
            posts=(PostSpec(role=Role.GATE),),
            slots=tuple(SlotChoice(weekday=Weekday(d), segment="延时看护") for d in range(1, 6)),
        ),
    )


def random_timetable(demand: Demand, seed: int = 1) -> Timetable:
    """Anybody anywhere: enough to draw and to read, no claim to be valid."""
    rng = random.Random(seed)
    keys = [person.key for person in demand.instance.staff]
    placements = {}
    for name, options in demand.options.items():
        if options:
            option = rng.choice(options)
            placements[name] = Placement(
                places=tuple(Place(weekday=b.weekday, segments=b.segments) for b in option.blocks),
                room=option.rooms[0] if option.rooms else None,
            )
    holders = {}
    for line in sorted(demand.posts_of_line):
        if rng.random() > 0.03:
            holders[line] = rng.choice(keys)
    rooms = {key: names[0] for key, names in demand.group_rooms.items() if names}
    return Timetable(placements=placements, rooms=rooms, holders=holders)


def with_changes(demand: Demand, timetable: Timetable) -> Timetable:
    """The same with covers in the week of the leave, one session cancelled, one moved."""
    changes: dict[str, DatedChange] = {}
    for session in expand(demand, timetable):
        if session.staff == NAMES[1] and dt.date(2026, 10, 12) <= session.date <= dt.date(
            2026, 10, 16
        ):
            if len(changes) % 3 == 2:
                changes[session.key] = DatedChange(open=True, reason=LEAVE)
            else:
                changes[session.key] = DatedChange(staff="何平", reason=LEAVE)
        elif session.post.activity == "合唱团" and session.date.month == 12:
            if session.date.day <= 4:
                changes[session.key] = DatedChange(cancelled=True, reason="冬季运动会")
            elif session.date.day <= 11:
                changes[session.key] = DatedChange(room="多功能厅", reason="音乐教室维修")
    return timetable.model_copy(update={"changes": changes})


def result_of(demand: Demand, timetable: Timetable) -> Result:
    """Figures counted from the sessions; levels by hand."""
    sessions = expand(demand, timetable)
    rng = random.Random(5)
    people = {}
    loads = [s.load / 100 for s in sessions if s.staff]
    insiders = [p for p in demand.instance.staff if not p.outside]
    share = sum(loads) / len(insiders)
    for person in demand.instance.staff:
        own = [s for s in sessions if s.staff == person.key]
        people[person.key] = PersonFigures(
            load=sum(s.load for s in own) / 100,
            share=None if person.outside else round(share, 2),
            posts=len({s.post.line for s in own}),
            sessions=len(own),
            covers=sum(s.planned != s.staff for s in own),
            wish_share=round(rng.uniform(0.3, 1.0), 3) if own else None,
        )
    tiers = [0] * 5
    for s in sessions:
        if s.staff is None:
            tiers[s.post.role.tier] += 1
    lines = {s.post.line for s in sessions if s.planned is None}
    return Result(
        status="feasible",
        levels=(
            Achieved(name="coverage", value=sum(tiers), bound=sum(tiers)),
            Achieved(name="displacement", value=0, bound=0),
            Achieved(name="quality", value=1000, bound=988),
        ),
        gap=0.012,
        seconds=12.5,
        seed=1,
        version="0.1.0",
        input_sha256="0" * 64,
        created=dt.datetime(2026, 8, 28, 9, 30),
        uncovered=len(lines),
        uncovered_sessions=sum(tiers),
        tiers=tuple(tiers),
        soft={"wish-share": 400, "load-balance": 600},
        fairness=Fairness(
            load_max_over=6.5, load_mean_abs_dev=2.1, wishes_worst=0.35, wishes_mean=0.72
        ),
        people=people,
        open_reasons={
            line: {"zh": "同一时间没有空闲且自愿的人", "en": "nobody free has agreed to this time"}
            for line in lines
        },
    )


def publish(instance: Instance, seed: int = 1) -> Published:
    """A whole published term of an instance."""
    demand = derive(instance)
    timetable = with_changes(demand, random_timetable(demand, seed))
    return Published(instance=instance, timetable=timetable, result=result_of(demand, timetable))


@cache
def published(lang: str = "zh") -> Published:
    return publish(school(lang))
