"""The events of the 36-class primary school: the contests and festivals of its plan."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from instances.school import Closure, Event, PostSpec
from instances.words import Displaces, EventKind, Role, Weekday

_PE = ("付磊", "方鹏", "白向阳", "邹凯", "孟超", "熊亚男", "秦浩")
_ARTS = ("邱若曦", "江珊珊", "尹书琴", "薛蕾", "闫青云", "段紫薇", "雷晓东", "侯莎莎")
_CHINESE = ("吕倩", "任思雨", "卢嘉欣", "丁敏", "陆雪芬", "马丽华", "韩文静", "叶锦秀")
_HELPERS = ("钟光辉", "陆俊杰", "石慧敏", "廖可欣", "夏媛媛", "龙致远", "史雅静", "顾明", "毛宇航")
_BIG = ("作业辅导(3–6年级)", "社团活动(3–6年级)")


def _post(role: Role, count: int, *skills: str) -> PostSpec:
    return PostSpec(role=role, count=count, skills=skills)


def events() -> tuple[Event, ...]:
    """The sports meet, the county games, the art festival's chain, contests, an assembly."""
    return (*_sports(), *_festival(), *_contests())


def _sports() -> tuple[Event, ...]:
    return (
        Event(
            name="秋季运动会",
            kind=EventKind.SPORTS_MEET,
            start=dt.date(2026, 10, 19),
            end=dt.date(2026, 10, 30),
            wished=(Closure(start=dt.date(2026, 10, 22), end=dt.date(2026, 10, 23)),),
            days=2,
            reserve=dt.date(2026, 11, 4),
            venues=("操场",),
            displaces=Displaces.ALL,
            people=("方伟民", "孙立新"),
            posts=(_post(Role.REFEREE, 5), _post(Role.ASSISTANT, 6), _post(Role.GATE, 2)),
            agreed=(*_PE, *_ARTS, *_HELPERS),
            waived=True,
            units=Decimal(2),
            apart=2,
        ),
        Event(
            name="县小学生运动会",
            kind=EventKind.OUTSIDE_GAMES,
            start=dt.date(2026, 10, 16),
            clubs=("校足球队",),
            place="县体育场",
            people=("许志远",),
            posts=(_post(Role.LEADER, 1), _post(Role.ASSISTANT, 1)),
            agreed=("付磊", "邹凯", "秦浩", "龚岚"),
            units=Decimal(2),
        ),
        Event(
            name="跳绳单项赛",
            kind=EventKind.CONTEST,
            start=dt.date(2026, 11, 16),
            end=dt.date(2026, 12, 18),
            length=1,
            segments=("社团活动(1–2年级)",),
            grades=(1, 2),
            venues=("操场",),
            posts=(_post(Role.REFEREE, 3, "跳绳"), _post(Role.ASSISTANT, 2)),
            agreed=(*_PE, "毛宇航", "顾明"),
        ),
    )


def _festival() -> tuple[Event, ...]:
    """A chain: painting, singing by grades, and the performance after two rehearsals."""
    return (
        Event(
            name="艺术节：现场绘画",
            kind=EventKind.ART_FESTIVAL,
            start=dt.date(2026, 11, 23),
            end=dt.date(2026, 12, 4),
            length=1,
            segments=_BIG,
            grades=(3,),
            posts=(_post(Role.LEADER, 2, "绘画"), _post(Role.ASSISTANT, 2)),
            agreed=(*_ARTS, "毛宇航", "顾明"),
            apart=1,
        ),
        *(
            Event(
                name=name,
                kind=EventKind.ART_FESTIVAL,
                start=dt.date(2026, 12, 7),
                end=dt.date(2026, 12, 18),
                length=1,
                segments=_BIG,
                grades=(grade,),
                venues=("报告厅",),
                posts=(_post(Role.REFEREE, 3, "合唱"), _post(Role.ASSISTANT, 2)),
                agreed=(*_ARTS, "石慧敏", "夏媛媛"),
                apart=1,
            )
            for name, grade in (("艺术节：四年级合唱", 4), ("艺术节：五年级合唱", 5))
        ),
        Event(
            name="艺术节：文艺汇演",
            kind=EventKind.ART_FESTIVAL,
            start=dt.date(2026, 12, 21),
            end=dt.date(2026, 12, 31),
            wished=(
                Closure(
                    start=dt.date(2026, 12, 30),
                    end=dt.date(2026, 12, 31),
                    weekdays=(Weekday.WED, Weekday.THU),
                ),
            ),
            length=2,
            segments=_BIG,
            clubs=("合唱团", "舞蹈团"),
            grades=(6,),
            venues=("报告厅",),
            people=("邱若曦", "江珊珊"),
            posts=(_post(Role.ASSISTANT, 4),),
            agreed=(*_HELPERS, "闫青云"),
            rehearsals=2,
            rehearsal_gap=2,
            apart=1,
        ),
    )


def _contests() -> tuple[Event, ...]:
    """Class against class, each for one grade, and an assembly for all."""
    rows = (
        ("三年级硬笔书法赛", 3, "", dt.date(2026, 9, 21), dt.date(2026, 10, 14), 1),
        ("四年级征文赛", 4, "", dt.date(2026, 9, 21), dt.date(2026, 10, 14), 1),
        ("五年级演讲赛", 5, "报告厅", dt.date(2026, 11, 16), dt.date(2026, 12, 4), 1),
        ("六年级课本剧赛", 6, "报告厅", dt.date(2026, 10, 26), dt.date(2026, 11, 6), 2),
    )
    contests = tuple(
        Event(
            name=name,
            kind=EventKind.CLASS_CONTEST,
            start=start,
            end=end,
            length=length,
            segments=_BIG,
            grades=(grade,),
            venues=(venue,) if venue else (),
            posts=(_post(Role.REFEREE, 3),),
            agreed=_CHINESE,
            apart=1,
        )
        for name, grade, venue, start, end, length in rows
    )
    assembly = Event(
        name="消防安全集会",
        kind=EventKind.ASSEMBLY,
        start=dt.date(2026, 9, 14),
        end=dt.date(2026, 9, 30),
        length=1,
        venues=("操场",),
        posts=(_post(Role.ASSISTANT, 4),),
        agreed=(*_HELPERS, *_PE),
        displaces=Displaces.ALL,
    )
    return (*contests, assembly)
