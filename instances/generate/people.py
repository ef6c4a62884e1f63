"""The staff of a generated school, before anybody has said what they wish."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from instances.generate.catalogue import (
    CARE,
    MAIN_SUBJECTS,
    MANAGEMENT,
    SUBJECTS,
    ClubType,
)
from instances.generate.drafts import Person
from instances.generate.names import draw_names
from instances.generate.presets import Size
from instances.messages import Label, Lang
from instances.school import DAYS, Busy, Period, SchoolClass, Segment
from instances.words import Level, Parity, Weekday

_MEETING = Label("教研", "subject meeting")
_COMMITTEE = Label("年级组长会", "grade heads' meeting")
_DISTRICT = Label("中心校例会", "district meeting")
_NURSING = Label("哺乳时间", "nursing hour")
_MATERNITY = Label("产假", "maternity leave")
_TRAINING = Label("脱产培训", "full-time training")


class Staffroom:
    """Draws the people of a school: subjects, skills, meetings, refusals, long absences."""

    def __init__(self, size: Size, rng: random.Random, lang: Lang) -> None:
        self.size = size
        self.rng = rng
        self.lang = lang
        people = [Person(name, number) for name, number in draw_names(size.staff, rng, lang)]
        inside = size.staff - size.outside
        self.administrators = people[: size.administrators]
        self.teachers = people[size.administrators : inside]
        self.outsiders = people[inside:]
        self._teach_subjects()

    @property
    def people(self) -> list[Person]:
        return [*self.administrators, *self.teachers, *self.outsiders]

    @property
    def employed(self) -> list[Person]:
        return [*self.administrators, *self.teachers]

    def _teach_subjects(self) -> None:
        for person, subject in zip(self.employed, self._subjects(), strict=True):
            person.subject = subject
            person.skills = [SUBJECTS[subject][0].text(self.lang), CARE.text(self.lang)]
        for person in self.administrators:
            person.skills.append(MANAGEMENT.text(self.lang))
            person.coefficient = self.rng.choice((Decimal("0.6"), Decimal("0.8")))
        for person in self.rng.sample(self.teachers, len(self.teachers) // 10):
            person.coefficient = Decimal("0.7")
        for person in self.outsiders:
            person.outside = True
            person.default = Level.NO

    def _subjects(self) -> list[str]:
        """Subjects in proportion; teachers of main subjects come first, as class teachers do."""
        rng, leaders = self.rng, len(self.administrators)
        count = len(self.employed)
        exact = {subject: share * count / 100 for subject, (_, share) in SUBJECTS.items()}
        whole = Counter({subject: int(part) for subject, part in exact.items()})
        spare = count - whole.total()
        for subject in sorted(exact, key=lambda subject: whole[subject] - exact[subject])[:spare]:
            whole[subject] += 1
        subjects = list(whole.elements())
        rng.shuffle(subjects)
        rest = sorted(subjects[leaders:], key=lambda subject: subject not in MAIN_SUBJECTS)
        return subjects[:leaders] + rest

    def home_teachers(self, classes: Sequence[SchoolClass]) -> list[SchoolClass]:
        """The classes, each with a teacher of a main subject at its head."""
        return [
            school_class.model_copy(update={"home_teacher": person.key})
            for school_class, person in zip(classes, self.teachers, strict=False)
        ]

    def prepare(self, segments: Sequence[Segment], kinds: Iterable[ClubType]) -> None:
        """Everything that is known before a timetable can be planted."""
        bands = sorted({segment.band_name for segment in segments})
        self._absences()
        self._refusals(bands)
        self._meetings()
        self._skills(kinds)

    def _ordinary(self) -> list[Person]:
        return [person for person in self.teachers if not person.spare and not person.closed]

    def _absences(self) -> None:
        rng, size = self.rng, self.size
        away = rng.sample(self.teachers, size.long_leaves + size.part_term)
        for n, person in enumerate(away[: size.long_leaves]):
            person.spare = True
            start = dt.date(2026, 9, 1) + dt.timedelta(weeks=rng.randint(0, 5))
            weeks, reason = (14, _MATERNITY) if n % 3 < 2 else (8, _TRAINING)
            person.leave.append(
                Period(
                    start=start,
                    end=start + dt.timedelta(weeks=weeks),
                    name=reason.text(self.lang),
                )
            )
        for n, person in enumerate(away[size.long_leaves :]):
            person.spare = True
            if n % 2:
                person.start = dt.date(2026, 11, 2)
            else:
                person.end = dt.date(2026, 10, 30)

    def _refusals(self, bands: Sequence[str]) -> None:
        """Some agree to nothing, some not on certain days."""
        count = self.size.refusing + self.size.partly_refusing
        chosen = self.rng.sample(self._ordinary(), count)
        for person in chosen[: self.size.refusing]:
            person.spare = True
            person.default = Level.NO
            person.closed = {(day, band) for day in DAYS for band in bands}
        for person in chosen[self.size.refusing :]:
            days = self.rng.sample(DAYS, self.rng.randint(1, 2))
            person.closed = {(day, band) for day in days for band in bands}

    def _meetings(self) -> None:
        """Subject groups meet in the first hour, some fortnightly; grade heads in the second."""
        if self.size.classes_per_grade == 1:
            self._busy(
                self.administrators[0], self.rng.choice(DAYS[2:4]), 930, _DISTRICT, Parity.ODD
            )
            return
        crowd: Counter[Weekday] = Counter()
        for subject, (name, _) in SUBJECTS.items():
            members = [person for person in self.teachers if person.subject == subject]
            halves = [members[::2], members[1::2]] if len(members) > 12 else [members]
            for half in halves:
                day = min(self.rng.sample(DAYS[:4], 4), key=lambda day: crowd[day])
                crowd[day] += len(half)
                parity = self.rng.choice((Parity.ALL, Parity.ODD, Parity.EVEN))
                reason = Label(name.zh + _MEETING.zh, f"{name.en} {_MEETING.en}")
                for person in half:
                    self._busy(person, day, 930, reason, parity)
        day = self.rng.choice(DAYS[:4])
        for person in self.rng.sample(self._ordinary(), len(self.size.grades)):
            self._busy(person, day, 990, _COMMITTEE, Parity.EVEN)
        for person in self.rng.sample(self._ordinary(), 1 + self.size.staff // 150):
            for day in DAYS:
                self._busy(person, day, 990, _NURSING, Parity.ALL)

    def _busy(
        self, person: Person, day: Weekday, start: int, reason: Label, parity: Parity
    ) -> None:
        begin, end = divmod(start, 60), divmod(start + 60, 60)
        person.busy.append(
            Busy(
                weekday=day,
                start=dt.time(*begin),
                end=dt.time(*end),
                parity=parity,
                reason=reason.text(self.lang),
            )
        )

    def _skills(self, kinds: Iterable[ClubType]) -> None:
        """For each kind of club half as many people more than it needs."""
        outsiders = self.outsiders
        places = 0
        for kind, clubs in Counter(kinds).items():
            skill = kind.skill.text(self.lang)
            if kind.outside:
                for place in range(places, places + clubs):
                    person = outsiders[place % len(outsiders)]
                    if skill not in person.skills:
                        person.skills.append(skill)
                places += clubs
                continue
            able = [person for person in self.employed if person.subject in kind.subjects]
            self.rng.shuffle(able)
            able.sort(key=lambda person: len(person.skills) + 2 * person.spare)
            for person in able[: math.ceil(clubs * 1.5) + 1]:
                person.skills.append(skill)
