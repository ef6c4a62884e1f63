"""What a tournament IS: classes that play one another, on courts and dates found for them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from instances.records import Closure, Count, Grade, Key, Positive, Record
from instances.words import Form, TeamKind, Weekday

Score = Annotated[int, Field(ge=0, le=999)]


class MatchResult(Record):
    """How a match ended; ``home`` is named first. In a knock-out the score includes the decider."""

    home: Key
    away: Key
    home_score: Score
    away_score: Score
    date: dt.date | None = None


class Tournament(Record):
    """A tournament between classes, one team of each.

    Who plays: the classes named and all classes of the grades named (neither: all), seeded in
    that order. ``groups`` and ``advance`` (of each group) belong to groups and knock-out; there
    and in a knock-out ``third_place`` adds the match of the two that lose the semi-finals.

    Where and when: on ``courts`` (default: as many groups as the ``venues`` hold) between
    ``start`` and ``end`` (default: the whole service), on ``weekdays`` in ``segments`` (default:
    any), never in exam weeks, nor on dates ``lost`` to rain. A match takes ``minutes`` with the
    change of teams. A team plays ``per_day`` matches a day at most and then rests ``rest_days``.

    ``referees`` are wanted per match, each with all ``skills``. Those of ``agreed`` have agreed
    to it; where nobody is named, the wish for the hour decides. ``win``, ``draw`` and ``loss``
    are points.
    """

    name: Key
    teams: TeamKind = TeamKind.MIXED
    grades: tuple[Grade, ...] = ()
    classes: tuple[str, ...] = ()
    form: Form = Form.ROUND_ROBIN
    groups: Annotated[int, Field(ge=2, le=16)] = 2
    advance: Annotated[int, Field(ge=1, le=8)] = 2
    third_place: bool = False
    venues: tuple[str, ...] = ()
    courts: Positive | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    weekdays: tuple[Weekday, ...] = ()
    segments: tuple[str, ...] = ()
    minutes: Annotated[int, Field(ge=5, le=240)] = 20
    per_day: Annotated[int, Field(ge=1, le=6)] = 1
    rest_days: Annotated[int, Field(ge=0, le=30)] = 0
    referees: Annotated[int, Field(ge=0, le=6)] = 1
    skills: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    win: Count = 3
    draw: Count = 1
    loss: Count = 0
    lost: tuple[Closure, ...] = ()
    results: tuple[MatchResult, ...] = ()

    def is_lost(self, date: dt.date) -> bool:
        """Whether a date has been lost to rain."""
        return any(closure.is_on(date) for closure in self.lost)
