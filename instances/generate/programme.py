"""Activities of a generated school: homework care, clubs and duties."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence

from instances.generate.catalogue import CARE, CLUB_TYPES, FEATURES, MANAGEMENT, ClubType
from instances.generate.matching import Seating
from instances.generate.premises import grades_text
from instances.generate.presets import FEWEST_SEATS, Size
from instances.generate.terms import CLUBS_START
from instances.messages import Label, Lang
from instances.school import DAYS, Activity, PostSpec, Room, SchoolClass, Segment, SlotChoice
from instances.words import Kind, Parity, Role, Rota, Weekday

ClubDays = tuple[tuple[Weekday, ...], ...]

_MON, _TUE, _WED, _THU, _FRI = DAYS
_DAYS_OF_HALVES: tuple[ClubDays, ...] = (
    ((_TUE,), (_THU,)),
    ((_WED,), (_THU,)),
    ((_TUE,), (_WED, _FRI)),
    ((_MON, _WED), (_THU,)),
)
_DAYS_OF_THIRDS: tuple[ClubDays, ...] = (
    ((_TUE, _THU), (_MON, _WED), (_WED, _FRI)),
    ((_MON, _WED), (_TUE, _THU), (_TUE, _FRI)),
    ((_WED,), (_TUE, _THU), (_MON, _THU)),
    ((_TUE, _FRI), (_MON, _WED), (_WED, _THU)),
)

_HOMEWORK_CARE = Label("作业看护", "Homework care")
_SECOND_CARE = Label("第二时段看护", "Second-hour care")
_CLUB_DAY_CARE = Label("社团日看护", "Club-day care")
_DUTY_LEADER = Label("值班领导", "Leader on duty")
_PATROL = Label("巡查", "Patrol")
_GATE = Label("放学门岗", "Gate")
_WEEK_GATE = Label("值周门岗", "Gate of the week")
_STANDBY = Label("机动", "Standby")


def draw_activities(
    size: Size,
    segments: Sequence[Segment],
    classes: Sequence[SchoolClass],
    rooms: Sequence[Room],
    *,
    rng: random.Random,
    lang: Lang,
) -> tuple[tuple[Activity, ...], dict[str, ClubType]]:
    """All activities, and which kind of club each club is."""
    days = rng.choice(_DAYS_OF_THIRDS if len(size.stages) == 3 else _DAYS_OF_HALVES)
    programme = Programme(size, segments, days, lang)
    clubs = Clubs(programme, classes, rooms, rng).draw()
    activities = (*programme.care(), *(club for club, _ in clubs), *programme.duties())
    return activities, {club.name: kind for club, kind in clubs}


class Programme:
    """The parts of the programme that follow from the size of the school."""

    def __init__(self, size: Size, segments: Sequence[Segment], days: ClubDays, lang: Lang) -> None:
        self.size = size
        self.days = days
        self.lang = lang
        half = len(segments) // 2
        self.homework, self.second = segments[:half], segments[half:]

    def segment_of(self, row: Sequence[Segment], grade: int) -> str:
        return next(s.name for s in row if not s.grades or grade in s.grades)

    def care(self) -> Iterable[Activity]:
        """Care in the first hour, in the second, and on club days in merged classes."""
        for segment in self.homework:
            grades = segment.grades or self.size.grades
            yield self._care(_HOMEWORK_CARE, grades, DAYS, segment.name)
        for stage, club_days in zip(self.size.stages, self.days, strict=True):
            segment_name = self.segment_of(self.second, stage[0])
            others = [day for day in DAYS if day not in club_days]
            yield self._care(_SECOND_CARE, stage, others, segment_name)
            yield self._care(_CLUB_DAY_CARE, stage, club_days, segment_name, self.size.merge)

    def _care(
        self,
        name: Label,
        grades: Sequence[int],
        days: Iterable[Weekday],
        segment: str,
        merge: int = 1,
    ) -> Activity:
        whole = tuple(grades) == self.size.grades
        return Activity(
            name=name.text(self.lang) + ("" if whole else grades_text(grades, self.lang)),
            kind=Kind.CARE,
            grades=tuple(grades),
            slots=tuple(SlotChoice(weekday=day, segment=segment) for day in days),
            posts=(PostSpec(role=Role.SUPERVISOR, skills=(CARE.text(self.lang),)),),
            merge=merge,
            ratio=self.size.ratio,
        )

    def duties(self) -> Iterable[Activity]:
        """The leader on duty, patrols, gates and standby; in larger schools some in turn."""
        size = self.size
        first, second = self.homework[-1].name, self.second[-1].name
        care = (CARE.text(self.lang),)
        yield self._duty(
            _DUTY_LEADER,
            PostSpec(role=Role.DUTY_LEADER, skills=(MANAGEMENT.text(self.lang),)),
            (first, second),
            length=2,
        )
        if size.patrols:
            post = PostSpec(role=Role.PATROL, skills=care, count=size.patrols)
            yield self._duty(_PATROL, post, (first, second) if size.staggered else (first,))
        if size.gates:
            post = PostSpec(role=Role.GATE, skills=care, count=size.gates)
            yield self._duty(_GATE, post, (self.second[0].name,))
        if size.week_rota:
            post = PostSpec(role=Role.GATE, skills=care)
            yield self._duty(
                _WEEK_GATE, post, (second,), rota=Rota.WEEK, rota_people=size.week_rota
            )
        if size.day_rota:
            post = PostSpec(role=Role.STANDBY, skills=care)
            yield self._duty(_STANDBY, post, (first,), rota=Rota.DAY, rota_people=size.day_rota)

    def _duty(
        self,
        name: Label,
        post: PostSpec,
        segments: Iterable[str],
        *,
        length: int = 1,
        rota: Rota | None = None,
        rota_people: int | None = None,
    ) -> Activity:
        return Activity(
            name=name.text(self.lang),
            kind=Kind.STANDBY if post.role is Role.STANDBY else Kind.DUTY,
            slots=tuple(
                SlotChoice(weekday=day, segment=segment) for day in DAYS for segment in segments
            ),
            posts=(post,),
            length=length,
            rota=rota,
            rota_people=rota_people,
        )


class Clubs:
    """Draws clubs that the school's rooms can hold."""

    def __init__(
        self,
        programme: Programme,
        classes: Sequence[SchoolClass],
        rooms: Sequence[Room],
        rng: random.Random,
    ) -> None:
        self.programme = programme
        self.size = programme.size
        self.lang = programme.lang
        self.classes = classes
        self.rooms = rooms
        self.rng = rng
        self.names: Counter[str] = Counter()
        usual = {FEATURES[feature].text(self.lang) for feature in ("books", "screen")}
        self.general = [room.name for room in rooms if usual & set(room.features)]

    def draw(self) -> list[tuple[Activity, ClubType]]:
        stages = len(self.size.stages)
        clubs = []
        for index in range(stages):
            count = self.size.clubs // stages + (index < self.size.clubs % stages)
            outside = _part(math.ceil(self.size.outside * 1.2), stages, index)
            clubs += self._of_stage(index, count, outside)
        return clubs

    def _of_stage(self, index: int, count: int, outside: int) -> list[tuple[Activity, ClubType]]:
        days = self.programme.days[index]
        full_days = len(days) if self.size.staggered else 1
        places = {r.name: max(1, full_days * r.groups // 2) for r in self.rooms}
        homes = self._classrooms(self.size.stages[index])
        seating = Seating(places | dict.fromkeys(homes, full_days))
        plain = [*homes, *self.general]
        chosen: list[ClubType] = []
        while len(chosen) < count:
            kinds = self._deck(index, len(chosen) < outside)
            before = len(chosen)
            for kind in kinds:
                wanted = outside if kinds[0].outside else count
                rooms = self._rooms_for(kind, plain)
                if len(chosen) < wanted and seating.add(str(len(chosen)), rooms):
                    chosen.append(kind)
            if len(chosen) == before:
                outside = min(outside, before)
                if not kinds[0].outside:
                    raise ValueError(f"{count} clubs do not fit into {len(self.rooms)} rooms")
        return [(self._club(kind, index, len(chosen)), kind) for kind in chosen]

    def _deck(self, stage: int, outside: bool) -> list[ClubType]:
        lowest = self.size.stages[stage][0]
        kinds = [
            kind
            for kind in CLUB_TYPES
            if kind.outside == outside and not (kind.upper and lowest == 1)
        ]
        return self.rng.sample(kinds, len(kinds))

    def _rooms_for(self, kind: ClubType, plain: Sequence[str]) -> Sequence[str]:
        if not kind.feature:
            return plain
        feature = FEATURES[kind.feature].text(self.lang)
        return [room.name for room in self.rooms if feature in room.features]

    def _club(self, kind: ClubType, stage: int, clubs: int) -> Activity:
        rng, size = self.rng, self.size
        grades = size.stages[stage]
        days = self.programme.days[stage]
        segment = self.programme.segment_of(self.programme.second, grades[0])
        pupils = sum(c.size for c in self.classes if c.grade in grades)
        if size.staggered:
            # Even if all meet on one day, a few children of every class remain in care.
            most = int(pupils * len(days) / clubs / 2)
            capacity = min(rng.randint(*size.club_size), max(FEWEST_SEATS, most))
            children = min(capacity, max(FEWEST_SEATS, capacity - rng.randint(0, 4)))
        else:
            children = math.ceil(pupils / clubs)
            capacity = max(FEWEST_SEATS, children)
        per_week = 2 if len(days) > 1 and size.staggered and rng.random() < 0.2 else 1
        fortnightly = per_week == 1 and size.staggered and rng.random() < 0.1
        return Activity(
            name=self._name(kind, grades),
            kind=Kind.CLUB,
            family=kind.family,
            grades=grades,
            start=CLUBS_START,
            parity=rng.choice((Parity.ODD, Parity.EVEN)) if fortnightly else Parity.ALL,
            per_week=per_week,
            slots=tuple(SlotChoice(weekday=day, segment=segment) for day in days),
            rooms=() if kind.feature else (*self._classrooms(grades), *self.general),
            features=(FEATURES[kind.feature].text(self.lang),) if kind.feature else (),
            posts=(PostSpec(role=Role.LEADER, skills=(kind.skill.text(self.lang),)),),
            capacity=capacity,
            minimum=8,
            children=children,
        )

    def _name(self, kind: ClubType, grades: Sequence[int]) -> str:
        name = kind.name.text(self.lang) + grades_text(grades, self.lang)
        self.names[name] += 1
        number = self.names[name]
        if number == 1:
            return name
        return f"{name}{number}班" if self.lang == "zh" else f"{name} {number}"

    def _classrooms(self, grades: Sequence[int]) -> tuple[str, ...]:
        """Home rooms that merging leaves free on club days; in small schools all of them."""
        homes = []
        for grade in grades:
            own = [c.room for c in self.classes if c.grade == grade]
            homes += own[1 :: self.size.merge] if len(own) > 1 else own
        return tuple(homes)


def _part(total: int, parts: int, index: int) -> int:
    return total // parts + (index < total % parts)
