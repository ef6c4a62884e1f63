"""What the results say: tables of leagues and groups, and who goes on in a knock-out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from instances.school import Instance
from instances.tournaments import MatchResult, Tournament
from instances.words import Form
from scheduler.tournaments.fixtures import Fixture, Side, fixtures_of


@dataclass(frozen=True)
class Score:
    """The score of a match, as its fixture names the sides."""

    home: int
    away: int

    @property
    def reversed(self) -> Score:
        return Score(self.away, self.home)


@dataclass(frozen=True)
class Standing:
    """One line of a table."""

    team: str
    won: int = 0
    drawn: int = 0
    lost: int = 0
    scored: int = 0
    conceded: int = 0
    points: int = 0

    @property
    def played(self) -> int:
        return self.won + self.drawn + self.lost

    @property
    def order(self) -> tuple[int, int, int]:
        """Best first: points, difference, scored; the order of the teams decides the rest."""
        return (-self.points, self.conceded - self.scored, -self.scored)


@dataclass(frozen=True)
class Draw:
    """A tournament as far as it is known: its fixtures with the sides that are certain, scores."""

    tournament: Tournament
    teams: tuple[str, ...]
    fixtures: tuple[Fixture, ...]
    scores: Mapping[str, Score]
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    """When matches were played, where the results say so."""
    undecided: tuple[str, ...] = ()
    """Keys of knock-out matches that ended level."""

    def members(self, group: str) -> tuple[str, ...]:
        """The teams of a group, or of the league, in their order."""
        found = {t for f in self.fixtures if f.group == group for t in f.known if not f.is_knockout}
        return tuple(team for team in self.teams if team in found)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups; a league is one without a name."""
        return tuple(dict.fromkeys(f.group for f in self.fixtures if not f.is_knockout))


def table_of(draw: Draw, group: str = "") -> list[Standing]:
    """The table of a group (or league), best first."""
    fixtures = [f for f in draw.fixtures if f.group == group and not f.is_knockout]
    lines = {team: Standing(team) for team in draw.members(group)}
    for fixture in fixtures:
        score = draw.scores.get(fixture.key)
        if score is not None:
            home, away = fixture.known
            lines[home] = _with(lines[home], score, draw.tournament)
            lines[away] = _with(lines[away], score.reversed, draw.tournament)
    return sorted(lines.values(), key=lambda line: line.order)


def _with(line: Standing, score: Score, tournament: Tournament) -> Standing:
    won, drawn = score.home > score.away, score.home == score.away
    points = tournament.win if won else tournament.draw if drawn else tournament.loss
    return replace(
        line,
        won=line.won + won,
        drawn=line.drawn + drawn,
        lost=line.lost + (not won and not drawn),
        scored=line.scored + score.home,
        conceded=line.conceded + score.away,
        points=line.points + points,
    )


def draw_up(
    instance: Instance, tournament: Tournament, known: Mapping[str, Score] | None = None
) -> Draw:
    """The fixtures of a tournament, with results put in and the sides that follow from them.

    ``known`` are scores by fixture key; results of the tournament itself are added to them.
    """
    teams = instance.teams(tournament)
    pending = list(tournament.results)
    draw = Draw(tournament, teams, fixtures_of(instance, tournament), {})
    scores: dict[str, Score] = {}
    fixtures: list[Fixture] = []
    undecided: list[str] = []
    dates: dict[str, dt.date] = {}
    for fixture in draw.fixtures:
        so_far = replace(draw, fixtures=(*fixtures, *draw.fixtures[len(fixtures) :]), scores=scores)
        here = replace(
            fixture, home=_resolved(fixture.home, so_far), away=_resolved(fixture.away, so_far)
        )
        fixtures.append(here)
        result = _take(pending, here, exact=tournament.form is Form.DOUBLE)
        score = (known or {}).get(here.key) or _score(here, result)
        if result is not None and result.date is not None:
            dates[here.key] = result.date
        if score is not None and len(here.known) == 2:
            scores[here.key] = score
            if here.is_knockout and score.home == score.away:
                undecided.append(here.key)
    return replace(
        draw, fixtures=tuple(fixtures), scores=scores, dates=dates, undecided=tuple(undecided)
    )


def _score(fixture: Fixture, result: MatchResult | None) -> Score | None:
    if result is None:
        return None
    score = Score(result.home_score, result.away_score)
    return score if result.home == fixture.home.team else score.reversed


def _take(pending: list[MatchResult], fixture: Fixture, *, exact: bool) -> MatchResult | None:
    """The first result of the two teams, taken out of those that are left.

    Of two legs, who is named first says which it is.
    """
    if len(fixture.known) < 2:
        return None
    home, away = fixture.known
    for teams in ((home, away),) if exact else ((home, away), (away, home)):
        for result in pending:
            if (result.home, result.away) == teams:
                pending.remove(result)
                return result
    return None


def _resolved(side: Side, draw: Draw) -> Side:
    """The team a side turned out to be, if that is known."""
    source = side.source
    if side.team is not None or source is None:
        return side
    team: str | None = None
    possible = side.possible
    if source.what == "rank":
        matches = [f for f in draw.fixtures if f.group == source.of and not f.is_knockout]
        if all(f.key in draw.scores for f in matches):
            team = table_of(draw, source.of)[source.number - 1].team
    else:
        fixture = next(f for f in draw.fixtures if f.key == source.of)
        score = draw.scores.get(fixture.key)
        possible = tuple(sorted(fixture.teams))
        if score is not None and score.home != score.away:
            home_won = score.home > score.away
            winner, loser = fixture.known if home_won else reversed(fixture.known)
            team = winner if source.what == "winner" else loser
    return replace(side, team=team, possible=possible)


def ties(lines: Sequence[Standing]) -> list[tuple[Standing, Standing]]:
    """Neighbours in a table whom only the order of the teams tells apart."""
    return [
        (one, other) for one, other in pairwise(lines) if one.order == other.order and one.played
    ]
