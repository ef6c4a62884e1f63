"""Small schools that use every field of the data, for round trips through files.

They need not make sense as timetables; whoever uses them leaves out those with errors.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from instances.school import (
    DAYS,
    Activity,
    ActivityWish,
    Busy,
    Closure,
    FrozenPeriod,
    Instance,
    MakeUpDay,
    Participation,
    Period,
    Pin,
    PostSpec,
    Room,
    RuleSetting,
    SchoolClass,
    Segment,
    SlotChoice,
    SlotWish,
    Staff,
    Term,
    Timing,
)
from instances.words import FairnessMode, Family, Kind, Level, Parity, Role, Rota, Weekday
from tests.helpers.any_events import events
from tests.helpers.any_parts import FIRST, LAST, maybe, periods, some
from tests.helpers.any_tournaments import tournaments

WINTER = Period(start=dt.date(2026, 10, 19), end=dt.date(2027, 1, 22), name="冬季作息")
MAKE_UP_DAYS = (
    MakeUpDay(date=dt.date(2026, 9, 19), follows=Weekday.FRI),
    MakeUpDay(date=dt.date(2026, 9, 26), follows=Weekday.MON, service=False),
)
CLOCKS = (dt.time(15, 30), dt.time(16, 20), dt.time(17, 10), dt.time(18, 0))
SEGMENT_NAMES = ("第一段", "第二段", "延时18点前")
CLASS_NAMES = ("三（1）班", "3-2", "Class 4-1", "五(3)班")
PEOPLE = (("王芳", "T01"), ("王芳", "T02"), ("李明", ""), ("Anna O'Neill", ""), ("赵静", "007"))
ROOM_NAMES = ("操场", "音乐室", "Room 12", "301教室")
SKILLS = ("语文", "足球", "看护", "first aid")
FEATURES = ("钢琴", "投影", "lab benches")
ACTIVITY_NAMES = ("足球社", "合唱团(3–4年级)", "Robotics", "值班", "周末乐队", "A组")

shares = st.integers(0, 1000).map(lambda n: Decimal(n) / 1000)
hundredths = st.integers(0, 500).map(lambda n: Decimal(n) / 100)


@st.composite
def terms(draw: DrawFn) -> Term:
    by_start = st.lists(periods(), max_size=2)
    clubs = draw(st.booleans())
    return Term(
        name=draw(st.sampled_from(["", "2026学年第一学期"])),
        start=FIRST,
        end=LAST,
        service_start=draw(st.sampled_from([None, dt.date(2026, 9, 7)])),
        service_end=draw(st.sampled_from([None, dt.date(2027, 1, 15)])),
        holidays=tuple(Period(**fields) for fields in draw(by_start)),
        make_up_days=draw(some(MAKE_UP_DAYS)),
        frozen=tuple(FrozenPeriod(**fields, clubs=clubs) for fields in draw(by_start)),
        phases=draw(some((WINTER,))),
        changeover_minutes=draw(st.sampled_from([0, 5])),
    )


@st.composite
def segments(draw: DrawFn, term: Term) -> tuple[Segment, ...]:
    found = []
    for name, start, end in zip(SEGMENT_NAMES, CLOCKS, CLOCKS[1:], strict=False):
        weekdays = draw(some(DAYS, most=5, least=3))
        timings = [Timing(start=start, end=end, weekdays=weekdays)]
        if draw(st.booleans()) and term.phases:
            timings.append(
                Timing(
                    start=start,
                    end=end.replace(minute=end.minute // 2),
                    weekdays=draw(some(weekdays, least=1)),
                    phase=WINTER.name,
                )
            )
        found.append(
            Segment(
                name=name,
                timings=tuple(timings),
                grades=draw(st.sampled_from([(), (), (1, 2, 3, 4, 5), (3, 5)])),
                units=draw(hundredths),
                band=draw(st.sampled_from(["", "放学后"])),
            )
        )
    return tuple(found[: draw(st.integers(1, 3))])


def slots_of(segments: tuple[Segment, ...]) -> tuple[tuple[Weekday, str], ...]:
    return tuple(
        (weekday, segment.name)
        for weekday in DAYS
        for segment in segments
        if any(weekday in timing.weekdays for timing in segment.timings)
    )


@st.composite
def classes(
    draw: DrawFn, segments: tuple[Segment, ...], staff: tuple[Staff, ...]
) -> tuple[SchoolClass, ...]:
    places: list[tuple[Weekday | None, str | None]] = [
        (weekday, segment)
        for weekday in (None, *DAYS)
        for segment in (None, *(segment.name for segment in segments))
    ]
    teachers = draw(st.permutations([None, *(p.key for p in staff if not p.outside)]))
    return tuple(
        SchoolClass(
            name=name,
            grade=draw(st.integers(3, 5)),
            size=draw(st.integers(1, 60)),
            home_room=draw(st.sampled_from(["", f"{name}教室", "301教室"])),
            home_teacher=teacher,
            participation=tuple(
                Participation(share=draw(shares), weekday=weekday, segment=segment)
                for weekday, segment in draw(some(tuple(places)))
            ),
        )
        for name, teacher in zip(draw(some(CLASS_NAMES, least=1)), teachers, strict=False)
    )


@st.composite
def rooms(draw: DrawFn) -> tuple[Room, ...]:
    return tuple(
        Room(
            name=name,
            building=draw(st.sampled_from(["", "艺术楼"])),
            features=draw(some(FEATURES)),
            capacity=draw(st.integers(1, 5000)),
            groups=draw(st.integers(1, 9)),
            closures=tuple(
                Closure(**fields, weekdays=draw(some(DAYS)))
                for fields in draw(st.lists(periods(), max_size=2))
            ),
        )
        for name in draw(some(ROOM_NAMES))
    )


@st.composite
def people(draw: DrawFn, segments: tuple[Segment, ...]) -> tuple[Staff, ...]:
    bands = {segment.name: segment.band_name for segment in segments}
    slots = tuple(dict.fromkeys((day, bands[name]) for day, name in slots_of(segments)))
    return tuple(
        Staff(
            name=name,
            number=number,
            skills=draw(some(SKILLS)),
            default=draw(st.sampled_from(Level)),
            cap_day=draw(maybe(st.integers(1, 9))),
            cap_week=draw(maybe(st.integers(0, 9))),
            cap_term=draw(maybe(st.integers(0, 99))),
            cap_clubs=draw(maybe(st.integers(0, 2))),
            coefficient=draw(hundredths),
            outside=draw(st.booleans()),
            start=draw(st.sampled_from([None, dt.date(2026, 10, 12)])),
            end=draw(st.sampled_from([None, dt.date(2026, 12, 31)])),
            phone=draw(st.sampled_from(["", "013800000000"])),
            balance=draw(hundredths) - 2,
            wishes=tuple(
                SlotWish(weekday=weekday, band=band, level=draw(st.sampled_from(Level)))
                for weekday, band in draw(st.lists(st.sampled_from(slots), unique=True))
            ),
            activity_wishes=tuple(
                ActivityWish(activity=activity, level=draw(st.sampled_from(Level)))
                for activity in draw(
                    st.lists(st.sampled_from(ACTIVITY_NAMES), unique=True, max_size=3)
                )
            ),
            busy=tuple(
                Busy(
                    weekday=draw(st.sampled_from(DAYS)),
                    start=dt.time(15, draw(st.sampled_from([0, 30]))),
                    end=dt.time(16, 10),
                    parity=draw(st.sampled_from(Parity)),
                    reason=draw(st.sampled_from(["", "教研"])),
                )
                for _ in range(draw(st.integers(0, 4)))
            ),
            leave=tuple(Period(**fields) for fields in draw(st.lists(periods(), max_size=2))),
        )
        for name, number in draw(some(PEOPLE, least=1))
    )


@st.composite
def activities(draw: DrawFn, so_far: Instance) -> tuple[Activity, ...]:
    slots = slots_of(so_far.segments)
    class_names = tuple(school_class.name for school_class in so_far.classes)
    room_names = tuple(room.name for room in so_far.rooms)
    skills = tuple(dict.fromkeys(s for person in so_far.staff for s in person.skills))
    features = tuple(dict.fromkeys(f for room in so_far.rooms for f in room.features))
    keys = tuple(person.key for person in so_far.staff)
    grades = tuple(sorted({school_class.grade for school_class in so_far.classes}))
    by_segment = tuple(sorted(slots, key=lambda slot: slot[1]))
    chosen_slots = some(slots, most=len(slots)) | some(by_segment, most=len(slots))
    return tuple(
        Activity(
            name=name,
            kind=draw(st.sampled_from([Kind.CLUB, Kind.DUTY, Kind.STANDBY, Kind.TUTORING])),
            family=draw(maybe(st.sampled_from(Family))),
            grades=draw(some(grades)),
            classes=draw(some(class_names)),
            start=draw(st.sampled_from([None, dt.date(2026, 9, 14)])),
            end=draw(st.sampled_from([None, dt.date(2026, 12, 31)])),
            parity=draw(st.sampled_from(Parity)),
            weeks=draw(st.sampled_from([(), (3, 4, 5, 8, 10, 11)])),
            per_week=draw(maybe(st.just(1))),
            length=draw(st.sampled_from([1] * 9 + [2])),
            one_person=draw(st.booleans()),
            slots=tuple(
                SlotChoice(weekday=weekday, segment=segment)
                for weekday, segment in draw(chosen_slots)
            ),
            rooms=draw(some(room_names)),
            features=draw(some(features, most=1)),
            posts=tuple(
                PostSpec(
                    role=draw(st.sampled_from(Role)),
                    skills=draw(some(skills, most=2)),
                    count=draw(st.integers(1, 3)),
                )
                for _ in range(draw(st.integers(0, 3)))
            ),
            capacity=draw(maybe(st.just(30))),
            minimum=draw(st.sampled_from([0, 8])),
            children=draw(maybe(st.just(20))),
            merge=draw(st.integers(1, 3)),
            ratio=draw(st.sampled_from([50, 35])),
            staff=draw(some(keys)),
            rota=draw(maybe(st.sampled_from(Rota))),
            rota_people=draw(maybe(st.just(4))),
        )
        for name in ACTIVITY_NAMES
    )


@st.composite
def settings(draw: DrawFn, so_far: Instance) -> dict[str, Any]:
    """The pins, and settings of rules that need no catalogue."""
    keys = [person.key for person in so_far.staff]
    pins = tuple(
        Pin(
            activity=draw(st.sampled_from(ACTIVITY_NAMES)),
            school_class=draw(maybe(st.sampled_from([c.name for c in so_far.classes]))),
            weekday=draw(st.sampled_from(DAYS)),
            segment=draw(maybe(st.sampled_from([s.name for s in so_far.segments]))),
            staff=draw(maybe(st.sampled_from(keys))),
            role=draw(maybe(st.sampled_from(Role))),
            forbid=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    rules = tuple(
        RuleSetting(
            rule=rule,
            enabled=draw(st.booleans()),
            weight=draw(maybe(st.integers(0, 50))),
            parameters=draw(st.dictionaries(st.just("limit"), st.integers(0, 9))),
            grades=draw(some((3, 4, 5), most=3)),
            staff=draw(some(tuple(keys))),
            activities=draw(some(ACTIVITY_NAMES)),
            segments=draw(some(tuple(segment.name for segment in so_far.segments))),
        )
        for rule in draw(some(("unmet-wish", "load-uneven")))
    )
    return {"pins": pins, "rules": rules}


@st.composite
def schools(draw: DrawFn) -> Instance:
    """A school in which every field may have a value other than its default."""
    term = draw(terms())
    found = draw(segments(term))
    staff = draw(people(found))
    school = Instance(
        school=draw(st.sampled_from(["", "示范小学"])),
        fairness=draw(st.sampled_from(FairnessMode)),
        term=term,
        segments=found,
        classes=draw(classes(found, staff)),
        rooms=draw(rooms()),
        staff=staff,
    )
    school = school.model_copy(update={"activities": draw(activities(school))})
    school = school.model_copy(update={"events": draw(events(school))})
    school = school.model_copy(update={"tournaments": draw(tournaments(school))})
    return Instance(**{**dict(school), **draw(settings(school))})
