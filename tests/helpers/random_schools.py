"""Small random schools for the contract tests: every kind of post, in a few weeks.

They are drawn to be awkward rather than likely: staggered segments, two clocks, clubs in odd
weeks, classes that need two adults, rooms that hold several groups.
"""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from instances.school import (
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
    SchoolClass,
    Segment,
    SlotChoice,
    SlotWish,
    Staff,
    Term,
    Timing,
)
from instances.words import Family, Kind, Level, Parity, Role, Rota, Spread, Weekday
from tests.helpers.random_events import with_some_events

MONDAY = dt.date(2026, 9, 7)
SKILLS = ("ball", "music")
SUBJECTS = ("语文", "数学", "英语")
BUILDINGS = ("", "North", "South")
DAYS = (Weekday.TUE, Weekday.WED, Weekday.THU)


def random_school(seed: int) -> Instance:
    """A school of 2–4 classes and 3–6 people; the same for the same seed."""
    school = _detailed(random.Random(f"details {seed}"), _Draw(random.Random(seed)).instance())
    school = _with_long_days(random.Random(f"long days {seed}"), school)
    school = _for_children(random.Random(f"children {seed}"), school)
    if random.Random(f"friday {seed}").random() < 0.3:
        school = _until_friday(school)
    return with_some_events(random.Random(f"events {seed}"), school)


def _for_children(rng: random.Random, school: Instance) -> Instance:
    """With all clubs of one family in half of the schools, and sport for whole classes.

    In some, club 3 is for whole classes too, and would meet at the same times. In half, every
    room is in a building.
    """
    family = rng.choice((None, Family.SCIENCE))
    grades = (rng.choice((1, 2)),)
    whole = {"capacity": None, "grades": grades} if rng.random() < 0.4 else {}
    clubs = {
        one.name: one.model_copy(
            update={"family": family or one.family, **(whole if one.name == "club/3" else {})}
        )
        for one in school.activities
        if one.kind is Kind.CLUB
    }
    activities = [clubs.get(one.name, one) for one in school.activities]
    if rng.random() < 0.5:
        slots = clubs["club/3"].slots[:2]
        activities.append(
            Activity(
                name="sport",
                kind=Kind.EXERCISE,
                grades=grades,
                per_week=1,
                slots=slots,
                rooms=("hall",),
            )
        )
    parts: dict[str, Any] = {"activities": tuple(activities)}
    if rng.random() < 0.5:
        parts["rooms"] = tuple(
            room.model_copy(update={"building": rng.choice(BUILDINGS[1:])})
            for room in school.room_by_name.values()
        )
    return school.model_copy(update=parts)


def _until_friday(school: Instance) -> Instance:
    """The same school with all that is on Thursdays on Fridays."""

    def moved(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: moved(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [moved(one) for one in value]
        thursday = name in ("weekday", "follows") and value == Weekday.THU
        return int(Weekday.FRI) if thursday else value

    return Instance.model_validate(moved(school.model_dump(mode="json")))


def _detailed(rng: random.Random, school: Instance) -> Instance:
    """With what only some rules look at: newcomers, subjects, families, buildings."""
    staff = tuple(
        person.model_copy(
            update={
                "newcomer": rng.random() < 0.25,
                "spread": rng.choice((None, *Spread)),
                "skills": (*person.skills, *(s for s in SUBJECTS if rng.random() < 0.35)),
            }
        )
        for person in school.staff
    )
    homes = tuple(
        Room(name=one.room, capacity=max(one.size, 1), building=rng.choice(BUILDINGS))
        for one in school.classes
        if rng.random() < 0.6
    )
    rooms = tuple(
        room.model_copy(update={"building": rng.choice(BUILDINGS)}) for room in school.rooms
    )
    activities = tuple(
        one.model_copy(update={"family": rng.choice((None, Family.SPORTS, Family.ART))})
        if one.kind is Kind.CLUB
        else one
        for one in school.activities
    )
    parts = {"staff": staff, "rooms": (*rooms, *homes), "activities": activities}
    return _with_leaders(rng, school.model_copy(update=parts))


def _with_leaders(rng: random.Random, school: Instance) -> Instance:
    """With leaders on duty instead of patrols, in half of the schools."""
    if rng.random() < 0.5:
        return school
    leader = PostSpec(role=Role.DUTY_LEADER)
    activities = tuple(
        one.model_copy(update={"posts": (leader, *one.posts[1:])}) if one.name == "duty" else one
        for one in school.activities
    )
    return school.model_copy(update={"activities": activities})


def _with_long_days(rng: random.Random, school: Instance) -> Instance:
    """Mostly with somebody at the gate early in the morning and late in the evening.

    The grade of these segments has no classes: only duties use them.
    """
    if rng.random() < 0.3:
        return school
    early = Timing(start=dt.time(6, 50), end=dt.time(7, 30))
    late = Timing(start=dt.time(17, 45), end=dt.time(18, 20))
    segments = tuple(
        Segment(name=name, timings=(timing,), grades=(9,), units=Decimal("0.5"))
        for name, timing in (("S0", early), ("S3", late))
    )
    days = sorted({slot.weekday for one in school.activities for slot in one.slots})
    gates = tuple(
        Activity(
            name=f"gate {one.name}",
            kind=Kind.DUTY,
            slots=tuple(SlotChoice(weekday=day, segment=one.name) for day in days),
            posts=(PostSpec(role=Role.GATE),),
            parity=rng.choice((Parity.ALL, Parity.ALL, Parity.EVEN)),
        )
        for one in segments
    )
    parts = {
        "segments": (*school.segments, *segments),
        "activities": (*school.activities, *gates),
    }
    return school.model_copy(update=parts)


class _Draw:
    """One school, drawn piece by piece from one source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.staggered = self.chance(0.3)
        self.phased = self.chance(0.25)
        self.names = [f"T{n}" for n in range(1, rng.randint(3, 6) + 1)]
        self.days = sorted(rng.sample(DAYS, rng.choice((2, 2, 3))))
        self.weeks = rng.randint(2, 3)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def day(self) -> dt.date:
        return MONDAY + dt.timedelta(days=self.rng.randrange(7 * self.weeks))

    def instance(self) -> Instance:
        segments = self.segments()
        classes = self.classes()
        rooms = self.rooms()
        activities = self.activities(segments, classes)
        return Instance(
            term=self.term(),
            segments=segments,
            classes=classes,
            rooms=rooms,
            staff=tuple(self.person(name, segments, activities) for name in self.names),
            activities=activities,
            pins=tuple(self.pin(activities, classes, rooms) for _ in range(self.rng.randint(0, 2))),
        )

    def term(self) -> Term:
        end = MONDAY + dt.timedelta(days=7 * self.weeks - 1)
        middle = MONDAY + dt.timedelta(days=7)
        more: dict[str, Any] = {}
        if self.chance(0.3):
            day = self.day()
            more["holidays"] = (Period(start=day, end=day),)
        if self.chance(0.2):
            sunday = MONDAY + dt.timedelta(days=6)
            more["make_up_days"] = (MakeUpDay(date=sunday, follows=self.rng.choice(self.days)),)
        if self.chance(0.15):
            more["frozen"] = (FrozenPeriod(start=middle, end=end),)
        if self.phased:
            more["phases"] = (Period(start=middle, end=end, name="winter"),)
        changeover = self.rng.choice((0, 0, 10))
        return Term(start=MONDAY, end=end, changeover_minutes=changeover, **more)

    def segments(self) -> tuple[Segment, ...]:
        def at(start: str, end: str, phase: str | None = None) -> Timing:
            clock = dt.time.fromisoformat
            return Timing(start=clock(start), end=clock(end), phase=phase)

        first: tuple[Timing, ...] = (at("15:30", "16:30"),)
        if self.phased:
            first = (at("15:30", "16:30"), at("15:20", "16:10", "winter"))
        second = Segment(
            name="S2", timings=(at("16:30", "17:30"),), units=Decimal(self.rng.choice((1, 2)))
        )
        if not self.staggered:
            return (Segment(name="S1", timings=first), second)
        late = (at("15:50", "16:40"),)
        if self.chance(0.5):
            late = (at("16:20", "17:00"),) if self.phased else (at("15:40", "16:30"),)
        return (
            Segment(name="S1", timings=first, grades=(1,), band="S1"),
            Segment(name="S1b", timings=late, grades=(2,), band="S1", units=Decimal("0.5")),
            second,
        )

    def classes(self) -> tuple[SchoolClass, ...]:
        found = []
        for n in range(1, self.rng.randint(2, 4) + 1):
            participation: tuple[Participation, ...] = ()
            if self.chance(0.3):
                share = Decimal(self.rng.choice(("0", "0.5", "0.8")))
                participation = (Participation(share=share, weekday=self.rng.choice(self.days)),)
            found.append(
                SchoolClass(
                    name=f"C{n}",
                    grade=1 + n % 2,
                    size=self.rng.randint(16, 30),
                    home_teacher=self.rng.choice(self.names) if self.chance(0.7) else None,
                    participation=participation,
                )
            )
        return tuple(found)

    def rooms(self) -> tuple[Room, ...]:
        closures: tuple[Closure, ...] = ()
        if self.chance(0.3):
            day = self.day()
            closures = (Closure(start=day, end=day + dt.timedelta(days=3)),)
        return (
            Room(name="hall", capacity=self.rng.randint(60, 70), groups=self.rng.randint(2, 3)),
            Room(name="studio", capacity=20, features=("piano",), closures=closures),
            Room(name="spare", capacity=self.rng.randint(8, 30)),
        )

    def activities(
        self, segments: tuple[Segment, ...], classes: tuple[SchoolClass, ...]
    ) -> tuple[Activity, ...]:
        exercise = self.chance(0.3)
        found = [self.care(segments, helpers=not exercise)]
        found += [self.club(n, segments) for n in range(1, 4)]
        if exercise:
            found.append(self.exercise(segments))
        if self.chance(0.3):
            found.append(self.tutoring(segments, classes))
        if self.chance(0.7):
            found.append(self.duty(segments))
        if self.chance(0.7):
            found.append(self.rota())
        self.rng.shuffle(found)
        return tuple(found)

    def slots(self, segments: tuple[Segment, ...], most: int) -> tuple[SlotChoice, ...]:
        every = [SlotChoice(weekday=day, segment=one.name) for day in self.days for one in segments]
        return tuple(self.rng.sample(every, min(most, len(every))))

    def care(self, segments: tuple[Segment, ...], *, helpers: bool) -> Activity:
        posts: tuple[PostSpec, ...] = ()
        if helpers and self.chance(0.3):
            posts = (PostSpec(role=Role.SUPERVISOR), PostSpec(role=Role.ASSISTANT))
        return Activity(
            name="care",
            kind=Kind.CARE,
            slots=self.slots(segments, self.rng.randint(2, 4)),
            merge=self.rng.choice((1, 1, 2)),
            ratio=self.rng.choice((12, 20, 50)),
            rooms=("hall", "spare") if self.chance(0.2) else (),
            posts=posts,
        )

    def club(self, n: int, segments: tuple[Segment, ...]) -> Activity:
        """Club 2 meets twice a week, club 3 in odd weeks; any may span two segments."""
        posts = [PostSpec(role=Role.LEADER, skills=self.some(SKILLS, 0.3))]
        if self.chance(0.3):
            posts.append(PostSpec(role=Role.ASSISTANT, count=self.rng.choice((1, 2))))
        if self.chance(0.1):
            posts.append(PostSpec(role=Role.SUPERVISOR))
        length = 2 if n == 1 and self.chance(0.4) else 1
        place: dict[str, Any] = {}
        if self.chance(0.3):
            place["rooms"] = ("hall", "spare")
        elif self.chance(0.2):
            place["features"] = ("piano",)
        if length == 1:
            place["slots"] = self.slots(segments, self.rng.randint(2, 4))
        return Activity(
            name=f"club/{n}",
            kind=Kind.CLUB,
            grades=self.rng.choice(((), (1,), (2,))),
            per_week=2 if n == 2 else 1,
            parity=Parity.ODD if n == 3 else Parity.ALL,
            length=length,
            one_person=self.chance(0.6),
            capacity=self.rng.choice((6, 10, 18)),
            posts=tuple(posts),
            staff=self.some(self.names, 0.15),
            **place,
        )

    def exercise(self, segments: tuple[Segment, ...]) -> Activity:
        grade = self.rng.choice((1, 2))
        theirs = tuple(one for one in segments if grade in (one.grades or (grade,)))
        return Activity(
            name="exercise",
            kind=Kind.EXERCISE,
            grades=(grade,),
            slots=self.slots(theirs, 1),
            rooms=self.rng.choice(((), ("hall",))),
            ratio=30,
            parity=self.rng.choice((Parity.ALL, Parity.EVEN)),
        )

    def tutoring(self, segments: tuple[Segment, ...], classes: tuple[SchoolClass, ...]) -> Activity:
        return Activity(
            name="tutoring",
            kind=Kind.TUTORING,
            classes=(self.rng.choice(classes).name,),
            per_week=1,
            children=5,
            slots=self.slots(segments, 2),
            rooms=("hall",) if self.chance(0.5) else (),
        )

    def duty(self, segments: tuple[Segment, ...]) -> Activity:
        posts = (PostSpec(role=Role.PATROL), PostSpec(role=Role.GATE, count=2))
        return Activity(
            name="duty",
            kind=Kind.DUTY,
            slots=self.slots(segments, 2),
            posts=posts[: self.rng.randint(1, 2)],
        )

    def rota(self) -> Activity:
        return Activity(
            name="rota",
            kind=Kind.DUTY,
            slots=(SlotChoice(weekday=self.rng.choice(self.days), segment="S2"),),
            rota=self.rng.choice((Rota.WEEK, Rota.DAY)),
            rota_people=2,
        )

    def some(self, things: Any, probability: float) -> tuple[str, ...]:
        return tuple(thing for thing in things if self.chance(probability))

    def person(
        self, name: str, segments: tuple[Segment, ...], activities: tuple[Activity, ...]
    ) -> Staff:
        bands = sorted({segment.band_name for segment in segments})
        levels = [*Level, Level.PREFERS, Level.WILLING, Level.RATHER_NOT]
        wishes = tuple(
            SlotWish(weekday=day, band=band, level=self.rng.choice(levels))
            for day in self.days
            for band in bands
            if self.chance(0.4)
        )
        liked = tuple(
            ActivityWish(activity=activity.name, level=self.rng.choice(levels))
            for activity in activities
            if self.chance(0.25)
        )
        return Staff(
            name=name,
            skills=self.some(SKILLS, 0.6),
            default=None if self.chance(0.05) else self.rng.choice(levels[4:]),
            outside=self.chance(0.15),
            coefficient=Decimal(self.rng.choice(("0.5", "1", "1", "1"))),
            balance=Decimal(self.rng.choice(("0", "0", "1.5"))),
            cap_day=self.rng.choice((None, None, 1, 2)),
            cap_week=self.rng.choice((None, None, 2, 4)),
            cap_term=self.rng.choice((None, None, 6, 10)),
            cap_clubs=self.rng.choice((None, 0, 1, 1, 2)),
            wishes=wishes,
            activity_wishes=liked,
            **self.absences(),
        )

    def absences(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.chance(0.3):
            day = self.day()
            found["leave"] = (Period(start=day, end=day + dt.timedelta(days=6)),)
        if self.chance(0.1):
            found["start"] = self.day()
        if self.chance(0.4):
            start = self.rng.choice(("15:00", "16:00", "16:35"))
            found["busy"] = (
                Busy(
                    weekday=self.rng.choice(self.days),
                    start=dt.time.fromisoformat(start),
                    end=dt.time(17, 0),
                    parity=self.rng.choice(list(Parity)),
                    reason="lesson",
                ),
            )
        return found

    def pin(
        self,
        activities: tuple[Activity, ...],
        classes: tuple[SchoolClass, ...],
        rooms: tuple[Room, ...],
    ) -> Pin:
        activity = self.rng.choice(activities)
        given: dict[str, Any] = {}
        if self.chance(0.5):
            given["weekday"] = self.rng.choice(self.days)
        if self.chance(0.3):
            given["segment"] = self.rng.choice(("S1", "S2"))
        if self.chance(0.5):
            given["staff"] = self.rng.choice(self.names)
        if self.chance(0.3):
            given["room"] = self.rng.choice(rooms).name
        if self.chance(0.3):
            given["school_class"] = self.rng.choice(classes).name
        if self.chance(0.2):
            given["role"] = self.rng.choice((Role.LEADER, Role.SUPERVISOR))
        return Pin(activity=activity.name, forbid=self.chance(0.3), **given)
