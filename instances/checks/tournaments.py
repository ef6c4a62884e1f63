"""Can each tournament be played: who, when, where, with which referees; are its results sound."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from instances import tournament_texts as texts
from instances.blocks import minutes
from instances.calendar import timing_on
from instances.check_texts import DUPLICATE_NAME, SEGMENT_NOT_ON
from instances.checks.dates import backwards, outside
from instances.checks.scope import Scope, first_of
from instances.match_days import match_days, segments_of
from instances.problems import At, Flaw, Path
from instances.records import Period
from instances.tournaments import Tournament
from instances.words import Form

_MEETINGS = {Form.ROUND_ROBIN: 1, Form.KNOCKOUT: 1, Form.DOUBLE: 2, Form.GROUPS: 2}
"""How often two teams can meet; in groups and knock-out once in each."""


def check(scope: Scope) -> Iterator[Flaw]:
    tournaments = scope.instance.tournaments
    for index, first in first_of([tournament.name for tournament in tournaments]):
        facts = {"name": tournaments[index].name, "other": At(("tournaments", first))}
        yield Flaw(("tournaments", index, "name"), DUPLICATE_NAME, facts)
    for index, tournament in enumerate(tournaments):
        path: Path = ("tournaments", index)
        yield from _references(scope, tournament, path)
        if scope.sure("classes", "grades"):
            yield from _who(scope, tournament, path)
            yield from _results(scope, tournament, path)
        yield from _where(scope, tournament, path)
        yield from _when(scope, tournament, path)
        yield from _referees(scope, tournament, path)


def _references(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    for part, key, names in (
        ("classes", "classes", tournament.classes),
        ("rooms", "venues", tournament.venues),
        ("segments", "segments", tournament.segments),
        ("staff", "agreed", tournament.agreed),
    ):
        for name in names:
            yield from scope.unknown(part, name, (*path, key))


def _who(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    if not all(name in scope.instance.class_by_name for name in tournament.classes):
        return
    teams = len(scope.instance.teams(tournament))
    key = "grades" if tournament.grades or not tournament.classes else "classes"
    if teams < 2:
        facts = {"name": tournament.name, "count": teams, "least": 2}
        yield Flaw((*path, key), texts.TOO_FEW_TEAMS, facts)
    elif tournament.form is Form.GROUPS:
        least = teams // tournament.groups
        if least < max(2, tournament.advance):
            facts = {
                "teams": teams,
                "groups": tournament.groups,
                "least": least,
                "advance": tournament.advance,
            }
            yield Flaw((*path, "groups"), texts.GROUP_TOO_SMALL, facts)


def _where(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    rooms = scope.instance.room_by_name
    if not scope.sure("rooms") or not all(name in rooms for name in tournament.venues):
        return
    held = sum(rooms[name].groups for name in tournament.venues)
    if tournament.courts is not None and tournament.venues and tournament.courts > held:
        facts = {"held": held, "courts": tournament.courts}
        yield Flaw((*path, "courts"), texts.TOO_MANY_COURTS, facts)


def _when(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    start, end = tournament.start, tournament.end
    if start is not None and end is not None and end < start:
        yield Flaw((*path, "end"), texts.BACKWARDS, {"start": start, "end": end})
        return
    if tournament.rest_days and tournament.per_day > 1:
        rest = {"per_day": tournament.per_day, "rest_days": tournament.rest_days}
        yield Flaw((*path, "per_day"), texts.REST_AND_PER_DAY, rest)
    for closure in tournament.lost:
        yield from backwards(closure, (*path, "lost"))
        yield from outside(scope, closure, (*path, "lost"))
    known = scope.instance.segment_by_name
    if not scope.sure("term", "segments", "classes", "grades"):
        return
    if any(name not in known for name in tournament.segments):
        return
    yield from _segments(scope, tournament, path)


def _segments(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    instance = scope.instance
    teams = instance.teams(tournament)
    grades = {
        instance.class_by_name[name].grade for name in teams if name in instance.class_by_name
    }
    for name in tournament.segments:
        segment = instance.segment_by_name[name]
        held = {day for timing in segment.timings for day in timing.weekdays}
        if tournament.weekdays and held.isdisjoint(tournament.weekdays):
            facts = {"name": name, "weekday": tournament.weekdays}
            yield Flaw((*path, "segments"), SEGMENT_NOT_ON, facts, value=name)
            return
        if segment.grades and grades and grades.isdisjoint(segment.grades):
            facts_of_grades = {"name": tournament.name, "segment": name}
            yield Flaw((*path, "segments"), texts.WRONG_GRADES, facts_of_grades, value=name)
            return
    days = list(match_days(instance, tournament))
    if not scope.calendar.days:
        return
    if not days:
        key = next((k for k in ("start", "end", "weekdays") if getattr(tournament, k)), "name")
        yield Flaw((*path, key), texts.NO_DATE, {"name": tournament.name})
        return
    longest = max(
        (
            minutes(timing.end) - minutes(timing.start)
            for day in days
            for segment in segments_of(instance, tournament)
            if (timing := timing_on(segment, day.weekday, day.phase)) is not None
        ),
        default=0,
    )
    if longest < tournament.minutes:
        lengths = {"minutes": tournament.minutes, "longest": longest}
        yield Flaw((*path, "minutes"), texts.MATCH_TOO_LONG, lengths)


def _referees(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    people, needed = scope.instance.staff_by_key, set(tournament.skills)
    if not tournament.referees or not needed or not scope.sure("staff", "skills"):
        return
    facts = {"name": tournament.name, "skills": sorted(needed)}
    if not any(needed <= set(person.skills) for person in people.values()):
        known = {skill for person in people.values() for skill in person.skills}
        missing = next((skill for skill in tournament.skills if skill not in known), None)
        near = scope.near_skill(missing) if missing else []
        yield Flaw((*path, "skills"), texts.NOBODY_MAY, {**facts, "near": near}, value=missing)
        return
    for key in tournament.agreed:
        if key in people and not needed <= set(people[key].skills):
            unable = {"staff": key, "skills": sorted(needed)}
            yield Flaw((*path, "agreed"), texts.AGREED_WITHOUT_SKILL, unable)


def _results(scope: Scope, tournament: Tournament, path: Path) -> Iterator[Flaw]:
    teams = scope.instance.teams(tournament)
    met: Counter[frozenset[str]] = Counter()
    for n, result in enumerate(tournament.results):
        here = (*path, "results", n)
        strange = [key for key in ("home", "away") if getattr(result, key) not in teams]
        for key in strange:
            team = getattr(result, key)
            if team not in scope.instance.class_by_name:
                yield from scope.unknown("classes", team, (*here, key))
            else:
                facts = {"team": team, "name": tournament.name}
                yield Flaw((*here, key), texts.NOT_PLAYING, facts)
        if strange:
            continue
        if result.home == result.away:
            yield Flaw((*here, "away"), texts.AGAINST_ITSELF, {"team": result.home})
            continue
        pair = frozenset((result.home, result.away))
        met[pair] += 1
        if met[pair] > _MEETINGS[tournament.form]:
            facts_of_pair = {
                "home": result.home,
                "away": result.away,
                "name": tournament.name,
                "most": _MEETINGS[tournament.form],
            }
            yield Flaw((*here, "home"), texts.MET_TOO_OFTEN, facts_of_pair)
        elif tournament.form is Form.KNOCKOUT and result.home_score == result.away_score:
            score = {"score": result.home_score}
            yield Flaw((*here, "home_score"), texts.KNOCKOUT_DRAW, score)
        if result.date is not None:
            yield from _dated(scope, result.date, (*here, "date"))


def _dated(scope: Scope, date: dt.date, path: Path) -> Iterator[Flaw]:
    yield from outside(scope, Period(start=date, end=date), path)
