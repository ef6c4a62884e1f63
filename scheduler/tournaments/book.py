"""The fixtures of a school as they are written to a file, and what is read back from one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from instances.messages import Lang, localize
from instances.records import Record
from instances.school import Instance
from scheduler.tournaments.fixtures import Fixture
from scheduler.tournaments.plan import Appointment, Programme
from scheduler.tournaments.standings import Draw, Score


class Entry(Record):
    """One fixture in a file: its place, where it has one, and its score, where it was played."""

    key: str
    place: Appointment | None = None
    home_score: int | None = None
    away_score: int | None = None

    @property
    def score(self) -> Score | None:
        if self.home_score is None or self.away_score is None:
            return None
        return Score(self.home_score, self.away_score)


class FixtureFile(Record):
    """All fixtures of a school, as kept in a JSON file."""

    school: str = ""
    entries: tuple[Entry, ...] = ()
    programme: Programme | None = None


@dataclass(frozen=True)
class Match:
    """A fixture with its place and score, as it is shown."""

    fixture: Fixture
    place: Appointment | None
    score: Score | None
    date: dt.date | None

    def side(self, which: str, lang: Lang) -> str:
        side = self.fixture.home if which == "home" else self.fixture.away
        return localize(side.name, lang)


class Book:
    """A programme with its draws, as the pages need it."""

    def __init__(self, instance: Instance, draws: Sequence[Draw], programme: Programme) -> None:
        self.instance = instance
        self.draws = draws
        self.programme = programme

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """By date, time and court; those without a place come last."""
        places = {here.key: here for here in self.programme.appointments}
        found = [
            Match(
                fixture,
                place := places.get(fixture.key),
                draw.scores.get(fixture.key),
                place.date if place else draw.dates.get(fixture.key),
            )
            for draw in self.draws
            for fixture in draw.fixtures
        ]
        return tuple(sorted(found, key=_order))

    def draw_of(self, match: Match) -> Draw:
        return next(d for d in self.draws if d.tournament.name == match.fixture.tournament)

    @cached_property
    def file(self) -> FixtureFile:
        entries = (
            Entry(
                key=match.fixture.key,
                place=match.place,
                home_score=match.score.home if match.score else None,
                away_score=match.score.away if match.score else None,
            )
            for match in self.matches
        )
        return FixtureFile(
            school=self.instance.school, entries=tuple(entries), programme=self.programme
        )


def _order(match: Match) -> tuple[bool, dt.date, dt.time, str, int, str, int]:
    place = match.place
    return (
        match.date is None,
        match.date or dt.date.min,
        place.start if place else dt.time.min,
        place.room if place else "",
        place.court if place else 0,
        match.fixture.tournament,
        match.fixture.number,
    )
