"""A primary school of 36 classes in a county town: staggered grades, winter clock, clubs.

Everything a school has to say is here somewhere: make-up days, two clocks, Fridays that end
earlier, exercise for the small ones, clubs in odd weeks, on listed weeks and over two
segments, a week rota, closed rooms, pins, long and short leaves, two people of one name.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

from instances.generate.building import settle
from instances.generate.covering import Covering
from instances.generate.drafts import Person
from instances.generate.premises import clock
from instances.generate.terms import (
    MAKE_UP_SATURDAY,
    MAKE_UP_SUNDAY,
    autumn_term,
)
from instances.samples import primary_36_clubs as clubs
from instances.samples import primary_36_people as people
from instances.samples.primary_36_events import events as yearly_events
from instances.samples.shaping import (
    busy,
    care,
    class_heads,
    club,
    duty,
    make_classes,
    people_of,
    rows,
    slots,
)
from instances.school import (
    DAYS,
    Activity,
    Closure,
    FrozenPeriod,
    Instance,
    MakeUpDay,
    Period,
    Pin,
    PostSpec,
    Room,
    Segment,
    Term,
    Timing,
    Tournament,
)
from instances.timetable import Timetable
from instances.words import Form, Kind, Level, Parity, Role, Rota, TeamKind

_MON, _TUE, _WED, _THU, _FRI = DAYS
_HOMEWORK, _CLUBS = "作业辅导", "社团活动"
_SMALL, _BIG = "(1–2年级)", "(3–6年级)"
_SUMMER, _WINTER = "夏季作息", "冬季作息"
_SIZES = (
    (42, 43, 41, 44, 42, 43),
    (44, 45, 43, 44, 46, 44),
    (46, 45, 47, 46, 44, 45),
    (47, 48, 46, 47, 49, 47),
    (45, 44, 46, 43, 45, 46),
    (48, 47, 49, 48, 50, 47),
)
_SPECIAL_ROOMS = """
操场 室外 运动场地 2000 12
体育馆 室外 室内场馆 200 4
音乐室一 艺术楼 钢琴 60 1
音乐室二 艺术楼 钢琴 50 1
舞蹈室 艺术楼 舞蹈地板 40 1
美术室 艺术楼 画架 48 1
书法室 艺术楼 书法桌 48 1
科学实验室 科技楼 实验台 50 1
计算机教室 科技楼 计算机 56 1
创客教室 科技楼 工具台 40 1
图书馆 综合楼 图书 120 2
阅览室 综合楼 图书 50 1
录播教室 科技楼 投影 56 1
报告厅 综合楼 舞台、投影 300 1
种植园 室外 种植区 60 1
生活技能室 综合楼 灶台 40 1
"""


def build() -> Instance:
    """The school as its administrator would enter it."""
    return build_with_plan()[0]


def build_with_plan() -> tuple[Instance, Timetable]:
    """The school and one timetable that staffs it completely."""
    frame = _frame()
    return settle(frame, _staff(frame), random.Random(36), leaves=_short_leaves)


def _frame() -> Instance:
    classes = make_classes(_SIZES, class_heads(people.HOME_TEACHERS), "0.92", "0.86")
    homes = tuple(
        Room(name=c.room, building="勤学楼" if c.grade <= 3 else "博学楼", capacity=60)
        for c in classes
    )
    return Instance(
        school="临江县育英小学",
        term=_term(),
        segments=_segments(),
        classes=classes,
        rooms=(*homes, *_rooms()),
        activities=(*_care(), *_clubs(), *_duties()),
        events=yearly_events(),
        tournaments=_tournaments(),
        pins=(
            Pin(activity="值班领导", weekday=_MON, staff="周建平"),
            Pin(activity="值班领导", weekday=_FRI, staff="沈慧珍", forbid=True),
            Pin(activity="软笔书法", weekday=_WED),
            Pin(activity="足球启蒙", staff="付磊", role=Role.LEADER),
        ),
    )


def _term() -> Term:
    term = autumn_term(
        MakeUpDay(date=MAKE_UP_SUNDAY, follows=_FRI, service=False),
        MakeUpDay(date=MAKE_UP_SATURDAY, follows=_WED),
        lang="zh",
    )
    midterm = FrozenPeriod(
        start=dt.date(2026, 11, 9), end=dt.date(2026, 11, 13), name="期中检测", clubs=True
    )
    return term.model_copy(
        update={
            "frozen": (midterm, *term.frozen),
            "phases": (
                Period(start=term.start, end=dt.date(2026, 10, 11), name=_SUMMER),
                Period(start=dt.date(2026, 10, 12), end=term.end, name=_WINTER),
            ),
        }
    )


def _segments() -> tuple[Segment, ...]:
    """Grades 1 and 2 start 20 minutes earlier; winter and Fridays are earlier for all."""
    return tuple(
        Segment(name=band + part, timings=_timings(start), grades=grades, band=band)
        for band, part, grades, start in (
            (_HOMEWORK, _SMALL, (1, 2), 920),
            (_HOMEWORK, _BIG, (3, 4, 5, 6), 940),
            (_CLUBS, _SMALL, (1, 2), 980),
            (_CLUBS, _BIG, (3, 4, 5, 6), 1000),
        )
    )


def _timings(start: int) -> tuple[Timing, ...]:
    return tuple(
        Timing(start=clock(at), end=clock(at + 60), weekdays=days, phase=phase)
        for phase, earlier in ((_SUMMER, 0), (_WINTER, 10))
        for days, at in ((DAYS[:4], start - earlier), ((_FRI,), start - earlier - 20))
    )


def _rooms() -> tuple[Room, ...]:
    closures = {
        "报告厅": (
            Closure(
                start=dt.date(2026, 9, 1),
                end=dt.date(2027, 1, 22),
                name="教师例会",
                weekdays=(_MON,),
            ),
        ),
        "图书馆": (
            Closure(start=dt.date(2026, 12, 21), end=dt.date(2026, 12, 25), name="图书盘点"),
        ),
    }
    return tuple(
        Room(
            name=name,
            building=building,
            features=tuple(features.split("、")),
            capacity=int(capacity),
            groups=int(groups),
            closures=closures.get(name, ()),
        )
        for name, building, features, capacity, groups in rows(_SPECIAL_ROOMS)
    )


def _care() -> tuple[Activity, ...]:
    small, big = _CLUBS + _SMALL, _CLUBS + _BIG
    return (
        care("作业看护" + _SMALL, (1, 2), DAYS, _HOMEWORK + _SMALL),
        care("作业看护" + _BIG, (3, 4, 5, 6), DAYS, _HOMEWORK + _BIG),
        care("自主阅读" + _SMALL, (1, 2), (_MON, _WED), small),
        care("社团日看护" + _SMALL, (1, 2), (_TUE, _THU), small, merge=2),
        Activity(
            name="阳光体育" + _SMALL,
            kind=Kind.EXERCISE,
            grades=(1, 2),
            slots=slots((_FRI,), small),
            rooms=("操场",),
            posts=(PostSpec(role=Role.SUPERVISOR, skills=("看护",)),),
            merge=2,
        ),
        care("自主阅读(3–4年级)", (3, 4), (_TUE, _THU, _FRI), big),
        care("社团日看护(3–4年级)", (3, 4), (_MON, _WED), big, merge=2),
        care("自主阅读(5–6年级)", (5, 6), (_MON, _TUE, _THU), big),
        care("社团日看护(5–6年级)", (5, 6), (_WED, _FRI), big, merge=2),
    )


def _clubs() -> list[Activity]:
    small, big, homework = _CLUBS + _SMALL, _CLUBS + _BIG, _HOMEWORK + _BIG
    found = [club(row, (1, 2), (_TUE, _THU), small) for row in rows(clubs.LOWER)]
    found += [club(row, (3, 4), (_MON, _WED), big) for row in rows(clubs.MIDDLE)]
    found += [club(row, (5, 6), (_WED, _FRI), big) for row in rows(clubs.UPPER)]
    found += [club(row, (3, 4, 5, 6), (_WED,), big) for row in rows(clubs.TEAMS)]
    found += [club(row, (5, 6), (_WED, _FRI), homework, big) for row in rows(clubs.DOUBLE)]
    return found


def _duties() -> tuple[Activity, ...]:
    first, last = _HOMEWORK + _BIG, _CLUBS + _BIG
    gate = duty("值周门岗(南门)", Role.GATE, (last,))
    return (
        duty("值班领导", Role.DUTY_LEADER, (first, last), skill="行政", length=2),
        duty("勤学楼巡查", Role.PATROL, (_HOMEWORK + _SMALL, _CLUBS + _SMALL)),
        duty("博学楼巡查", Role.PATROL, (first, last)),
        duty("东门门岗", Role.GATE, (_CLUBS + _SMALL,)),
        gate.model_copy(update={"rota": Rota.WEEK, "rota_people": 4}),
        duty("保健室值班", Role.STANDBY, (last,), skill="保健"),
    )


def _tournaments() -> tuple[Tournament, ...]:
    """Ball games of grades 5 and 6, on the days on which these have no clubs."""
    big = _CLUBS + _BIG
    return (
        Tournament(
            name="五年级篮球赛",
            grades=(5,),
            venues=("体育馆",),
            courts=2,
            start=dt.date(2026, 10, 13),
            end=dt.date(2026, 11, 5),
            weekdays=(_TUE, _THU),
            segments=(big,),
            minutes=30,
            rest_days=1,
            skills=("篮球",),
            agreed=("方伟民", "方鹏", "白向阳", "秦浩"),
        ),
        Tournament(
            name="六年级足球赛",
            teams=TeamKind.BOYS,
            grades=(6,),
            form=Form.GROUPS,
            third_place=True,
            venues=("操场",),
            courts=1,
            start=dt.date(2026, 11, 16),
            end=dt.date(2026, 12, 10),
            weekdays=(_MON, _THU),
            segments=(big,),
            minutes=30,
            skills=("足球",),
            agreed=("付磊", "邹凯", "秦浩"),
        ),
    )


def _staff(frame: Instance) -> list[Person]:
    office = people_of(people.OFFICE)
    teachers = people_of(people.HOME_TEACHERS) + people_of(people.SPECIALISTS)
    outsiders = people_of(people.OUTSIDERS)
    for person in office:
        person.coefficient = Decimal("0.6")
    for person in teachers:
        if person.subject == "校医":
            person.skills.remove("看护")
            person.coefficient = Decimal("0.5")
    for person in outsiders:
        person.skills.remove("看护")
        person.outside = True
        person.default = Level.NO
    named = {person.key: person for person in [*office, *teachers, *outsiders]}
    _refusals(named, frame.bands)
    _meetings(teachers)
    _long_leaves(named)
    named["余素珍"].coefficient = named["苏文斌"].coefficient = Decimal("0.7")
    named["谭梅"].balance, named["孟超"].balance = Decimal(3), Decimal(-2)
    return list(named.values())


def _refusals(named: dict[str, Person], bands: Sequence[str]) -> None:
    """Two agree to nothing; some not on one or two days."""
    for key in ("姚月娥", "汪少芬"):
        named[key].spare = True
        named[key].default = Level.NO
    for key, days in (
        ("王秀兰", (_FRI,)),
        ("董永强", (_MON,)),
        ("程红", (_FRI,)),
        ("韦颖", (_TUE, _THU)),
        ("金丹丹", (_WED, _FRI)),
        ("石慧敏", (_FRI,)),
        ("邹凯", (_MON, _FRI)),
        ("胡欣怡", (_WED,)),
    ):
        named[key].closed = {(day, band) for day in days for band in bands}


def _meetings(teachers: Sequence[Person]) -> None:
    def of(subject: str) -> list[Person]:
        return [person for person in teachers if person.subject == subject]

    busy(of("语文")[::2], (_TUE,), "15:20", "16:10", "语文教研", Parity.ODD)
    busy(of("语文")[1::2], (_TUE,), "15:20", "16:10", "语文教研", Parity.EVEN)
    busy(of("数学"), (_THU,), "15:20", "16:10", "数学教研", Parity.ODD)
    busy(of("英语"), (_MON,), "15:40", "16:30", "英语教研")
    busy(of("体育"), (_WED,), "15:00", "15:40", "课")
    busy(of("科学"), (_FRI,), "15:00", "16:00", "科学教研", Parity.EVEN)
    nursing = [person for person in teachers if person.key == "刘婷"]
    busy(nursing, DAYS, "16:30", "17:30", "哺乳时间")


def _long_leaves(named: dict[str, Person]) -> None:
    for key, start, end, reason in (
        ("范琳", dt.date(2026, 9, 21), dt.date(2026, 12, 27), "产假"),
        ("崔亚琴", dt.date(2026, 10, 19), dt.date(2026, 12, 18), "脱产培训"),
    ):
        named[key].spare = True
        named[key].leave.append(Period(start=start, end=end, name=reason))
    named["贾雪"].spare = True
    named["贾雪"].start = dt.date(2026, 11, 2)


def _short_leaves(covering: Covering) -> None:
    """Leaves of single days, where a colleague can stand in for each post."""
    for key, first, last, reason in (
        ("冯美玲", dt.date(2026, 10, 14), dt.date(2026, 10, 16), "病假"),
        ("杜世杰", dt.date(2026, 11, 4), dt.date(2026, 11, 4), "外出听课"),
        ("郭敏", dt.date(2026, 12, 7), dt.date(2026, 12, 9), "婚假"),
        ("夏媛媛", dt.date(2026, 9, 30), dt.date(2026, 9, 30), "事假"),
        ("叶锦秀", dt.date(2026, 11, 23), dt.date(2026, 11, 24), "县级赛课"),
    ):
        person = covering.people[key]
        if not covering.grant(person, Period(start=first, end=last, name=reason)):
            raise ValueError(f"nobody covers for {key} from {first}")
