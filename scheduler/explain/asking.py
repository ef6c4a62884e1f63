"""Changes that somebody must agree to, or learn: consent, caps, skills, being named."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from instances.messages import Label, Message, Template
from instances.problems import Path
from instances.school import ActivityWish, Instance, SlotWish, Staff
from instances.words import Level, Weekday
from scheduler.explain.easing import Easing, paths_of_activity, with_activity

CAP_WORDS = {
    "cap_day": Label("每日上限", "daily cap"),
    "cap_week": Label("每周上限", "weekly cap"),
    "cap_term": Label("学期上限", "term cap"),
    "cap_clubs": Label("社团上限", "limit of clubs"),
}


@dataclass(frozen=True)
class _OfPerson(Easing):
    staff: str

    @property
    def person(self) -> str | None:
        return self.staff

    def index(self, school: Instance) -> int:
        return next(n for n, one in enumerate(school.staff) if one.key == self.staff)

    def _changed(self, school: Instance, **fields: object) -> Instance:
        staff = tuple(
            one.model_copy(update=fields) if one.key == self.staff else one for one in school.staff
        )
        return school.model_copy(update={"staff": staff})

    def _now(self, school: Instance) -> Staff:
        return school.staff_by_key[self.staff]


@dataclass(frozen=True)
class Ask(_OfPerson):
    """Ask somebody for consent on a weekday and clock band."""

    weekday: Weekday
    band: str
    kind: ClassVar[str] = "consent"
    words: ClassVar[Template] = Template(
        "征求{staff}同意：{weekday}“{band}”", "ask {staff} to agree to {weekday} {band}"
    )

    def apply(self, school: Instance) -> Instance:
        here = (self.weekday, self.band)
        kept = tuple(w for w in self._now(school).wishes if (w.weekday, w.band) != here)
        wish = SlotWish(weekday=self.weekday, band=self.band, level=Level.RATHER_NOT)
        return self._changed(school, wishes=(*kept, wish))

    def message(self) -> Message:
        return self.words(staff=self.staff, weekday=self.weekday, band=self.band)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.weekday, self.band

    def paths(self, school: Instance) -> Iterator[Path]:
        n = self.index(school)
        for k, wish in enumerate(school.staff[n].wishes):
            if (wish.weekday, wish.band) == (self.weekday, self.band):
                yield "staff", n, "wishes", k
        yield "wish", self.staff, int(self.weekday), self.band
        yield "staff", n, "default"


@dataclass(frozen=True)
class AskFor(_OfPerson):
    """Ask somebody for consent to an activity."""

    activity: str
    kind: ClassVar[str] = "consent"
    words: ClassVar[Template] = Template(
        "征求{staff}同意参加“{activity}”", "ask {staff} to agree to {activity}"
    )

    def apply(self, school: Instance) -> Instance:
        wishes = tuple(
            ActivityWish(activity=w.activity, level=Level.RATHER_NOT)
            if w.activity == self.activity
            else w
            for w in self._now(school).activity_wishes
        )
        return self._changed(school, activity_wishes=wishes)

    def message(self) -> Message:
        return self.words(staff=self.staff, activity=self.activity)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.activity

    def paths(self, school: Instance) -> Iterator[Path]:
        n = self.index(school)
        for k, wish in enumerate(school.staff[n].activity_wishes):
            if wish.activity == self.activity:
                yield "staff", n, "activity_wishes", k


@dataclass(frozen=True)
class RaiseCap(_OfPerson):
    """Raise one of somebody's caps: by one post, or of the term by one weekly post."""

    cap: str
    to: int
    kind: ClassVar[str] = "cap"
    words: ClassVar[Template] = Template(
        "征求{staff}同意，把{cap}提高到 {to}", "ask {staff} to agree to a {cap} of {to}"
    )

    def apply(self, school: Instance) -> Instance:
        return self._changed(school, **{self.cap: self.to})

    def message(self) -> Message:
        return self.words(staff=self.staff, cap=CAP_WORDS[self.cap], to=self.to)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.cap

    def paths(self, school: Instance) -> Iterator[Path]:
        yield "staff", self.index(school), self.cap


@dataclass(frozen=True)
class Train(_OfPerson):
    """Let somebody have a skill that a post asks for."""

    skill: str
    kind: ClassVar[str] = "skill"
    words: ClassVar[Template] = Template(
        "让{staff}具备“{skill}”（培训，或确认本来就会）",
        "let {staff} have the skill {skill} (train, or enter what they can do)",
    )

    def apply(self, school: Instance) -> Instance:
        return self._changed(school, skills=(*self._now(school).skills, self.skill))

    def message(self) -> Message:
        return self.words(staff=self.staff, skill=self.skill)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.skill

    def paths(self, school: Instance) -> Iterator[Path]:
        n = self.index(school)
        yield "staff", n, "skills"
        yield "staff", n


@dataclass(frozen=True)
class Name(_OfPerson):
    """Name somebody for an activity that is reserved for people named."""

    activity: str
    kind: ClassVar[str] = "named"
    words: ClassVar[Template] = Template(
        "把{staff}加入“{activity}”的指定人员", "name {staff} among the people of {activity}"
    )

    def apply(self, school: Instance) -> Instance:
        return with_activity(school, self.activity, lambda one: {"staff": (*one.staff, self.staff)})

    def message(self) -> Message:
        return self.words(staff=self.staff, activity=self.activity)

    @property
    def theme(self) -> Hashable:
        return self.kind, self.activity

    def paths(self, school: Instance) -> Iterator[Path]:
        yield from paths_of_activity(school, self.activity, "staff")
