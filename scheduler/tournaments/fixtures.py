"""Who meets whom: the fixtures of each form of tournament, before any date is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from instances.messages import Label, Message, Template
from instances.school import Instance
from instances.tournaments import Tournament
from instances.words import Form
from scheduler.tournaments.brackets import bracket, seeds_of_groups

Stage = Literal["league", "group", "knockout", "third"]

LEAGUE = Label("循环赛", "league")
SECOND_LEG = Label("第二循环", "second leg")
GROUP = Template("{group}组", "group {group}")
EARLIER = Template("1/{half}决赛", "1/{half} final")
QUARTER_FINAL = Label("1/4决赛", "quarter-final")
SEMI_FINAL = Label("半决赛", "semi-final")
FINAL = Label("决赛", "final")
THIRD = Label("三四名决赛", "third place")
WINNER = Template("第{number}场胜者", "winner of {number}")
LOSER = Template("第{number}场负者", "loser of {number}")
RANK = Template("{group}组第{rank}名", "no. {rank} of group {group}")


@dataclass(frozen=True)
class Source:
    """Where a side comes from: the winner or loser of a fixture, or a place in a group.

    ``number`` is the fixture's number, or the place.
    """

    what: Literal["winner", "loser", "rank"]
    of: str
    number: int

    @property
    def message(self) -> Message:
        if self.what == "rank":
            return RANK(group=self.of, rank=self.number)
        return (WINNER if self.what == "winner" else LOSER)(number=self.number)


@dataclass(frozen=True)
class Side:
    """One side of a fixture: a team, or who it will be; ``possible`` are all it could be."""

    team: str | None
    source: Source | None = None
    possible: tuple[str, ...] = ()

    @property
    def teams(self) -> tuple[str, ...]:
        return (self.team,) if self.team is not None else self.possible

    @property
    def name(self) -> str | Message:
        if self.team is not None:
            return self.team
        assert self.source is not None, "a side without a team comes from somewhere"
        return self.source.message


@dataclass(frozen=True)
class Fixture:
    """One match of a tournament.

    ``key`` never changes within a term; ``number`` counts from 1 within the tournament.
    ``size``: teams left in a knock-out. ``after``: keys of fixtures that must be over before.
    """

    key: str
    number: int
    tournament: str
    stage: Stage
    round: int
    home: Side
    away: Side
    group: str = ""
    size: int = 0
    after: tuple[str, ...] = ()

    @property
    def teams(self) -> frozenset[str]:
        """Every team that could play in it."""
        return frozenset(self.home.teams + self.away.teams)

    @property
    def known(self) -> tuple[str, ...]:
        """The teams that certainly play in it."""
        return tuple(side.team for side in (self.home, self.away) if side.team is not None)

    @property
    def is_knockout(self) -> bool:
        return self.stage in ("knockout", "third")

    @property
    def label(self) -> Message | Label:
        if self.stage == "league":
            return SECOND_LEG if self.after else LEAGUE
        if self.stage == "group":
            return GROUP(group=self.group)
        if self.stage == "third":
            return THIRD
        named = {2: FINAL, 4: SEMI_FINAL, 8: QUARTER_FINAL}
        return named.get(self.size) or EARLIER(half=self.size // 2)


def fixtures_of(instance: Instance, tournament: Tournament) -> tuple[Fixture, ...]:
    """All fixtures of a tournament, in the order of their numbers."""
    teams = instance.teams(tournament)
    found: list[Fixture] = []
    if tournament.form is Form.ROUND_ROBIN:
        found += _league(tournament, teams, "league")
    elif tournament.form is Form.DOUBLE:
        found += _league(tournament, teams, "league")
        found += list(_second_legs(found, rounds=max((f.round for f in found), default=0)))
    elif tournament.form is Form.KNOCKOUT:
        found += _knockout(tournament, [Side(team) for team in teams], 0)
    else:
        found += _groups(tournament, teams)
    return tuple(replace(fixture, number=n) for n, fixture in enumerate(found, 1))


def rounds_of(teams: Sequence[str]) -> list[list[tuple[str, str]]]:
    """The circle method: one team stands still, the others turn; each meets each once.

    With an odd number one team in turn is free. Who is named first is balanced: nobody is more
    than once oftener first than second, or the other way round.
    """
    circle: list[int | None] = [*range(len(teams))]
    if len(teams) % 2:
        circle.append(None)
    size = len(circle)
    rounds = []
    for _ in range(size - 1):
        pairs = [(circle[n], circle[-1 - n]) for n in range(size // 2)]
        rounds.append(
            [
                (teams[first], teams[second])
                for one, other in pairs
                if one is not None and other is not None
                for first, second in [_first_named(one, other, len(teams))]
            ]
        )
        circle = [circle[0], circle[-1], *circle[1:-1]]
    return rounds


def _first_named(one: int, other: int, count: int) -> tuple[int, int]:
    """Each is named first against the next half of the others, counted round the circle."""
    low, high = sorted((one, other))
    return (low, high) if (high - low) * 2 <= count else (high, low)


def _league(
    tournament: Tournament, teams: Sequence[str], stage: Stage, group: str = ""
) -> Iterator[Fixture]:
    for number, pairs in enumerate(rounds_of(teams), 1):
        for home, away in pairs:
            one, other = sorted((home, away), key=teams.index)
            code = f"{group}:{one}-{other}" if group else f"{one}-{other}"
            yield Fixture(
                key=f"{tournament.name}|{code}",
                number=0,
                tournament=tournament.name,
                stage=stage,
                round=number,
                home=Side(home),
                away=Side(away),
                group=group,
            )


def _second_legs(first: Sequence[Fixture], rounds: int) -> Iterator[Fixture]:
    for leg in first:
        yield replace(
            leg,
            key=f"{leg.key}#2",
            round=leg.round + rounds,
            home=leg.away,
            away=leg.home,
            after=(leg.key,),
        )


def _groups(tournament: Tournament, teams: Sequence[str]) -> Iterator[Fixture]:
    groups = serpentine(teams, tournament.groups)
    matches = {
        name: list(_league(tournament, members, "group", name)) for name, members in groups.items()
    }
    longest = max((f.round for group in matches.values() for f in group), default=0)
    ordered = [
        f for n in range(1, longest + 1) for g in matches.values() for f in g if f.round == n
    ]
    yield from ordered
    sides = {
        (name, rank): Side(None, Source("rank", name, rank), tuple(members))
        for name, members in groups.items()
        for rank in range(1, tournament.advance + 1)
    }
    after = {name: tuple(f.key for f in group) for name, group in matches.items()}
    seeded = [sides[place] for place in seeds_of_groups(list(groups), tournament.advance)]
    for fixture in _knockout(tournament, seeded, len(ordered)):
        names = [
            side.source.of
            for side in (fixture.home, fixture.away)
            if side.source is not None and side.source.what == "rank"
        ]
        keys = (key for name in dict.fromkeys(names) for key in after[name])
        yield replace(fixture, after=(*fixture.after, *keys))


def serpentine(teams: Sequence[str], count: int) -> dict[str, list[str]]:
    """Teams into groups as a snake winds: 1 2 3, then 3 2 1; so the groups are equally strong."""
    names = [chr(ord("A") + n) for n in range(count)]
    groups: dict[str, list[str]] = {name: [] for name in names}
    for n, team in enumerate(teams):
        row, place = divmod(n, count)
        groups[names[count - 1 - place if row % 2 else place]].append(team)
    return groups


def _knockout(tournament: Tournament, seeded: Sequence[Side], played: int) -> Iterator[Fixture]:
    """The rounds of a knock-out; ``played`` fixtures are numbered before them.

    Where the number of sides is no power of two, the best seeded have a bye in the first round.
    """
    current: list[Side | None] = [
        seeded[seed] if seed < len(seeded) else None for seed in bracket(len(seeded))
    ]
    number, turn = played, 0
    before: list[Fixture] = []
    while len(current) > 1:
        turn += 1
        size = len(current)
        following: list[Side | None] = []
        fixtures: list[Fixture] = []
        for one, other in zip(current[::2], current[1::2], strict=True):
            if one is None or other is None:
                following.append(one or other)
                continue
            number += 1
            fixture = _tie(tournament, one, other, turn, len(fixtures) + 1, size, before)
            fixtures.append(replace(fixture, number=number))
            source = Source("winner", fixture.key, number)
            following.append(Side(None, source, tuple(sorted(fixture.teams))))
        if size == 2 and tournament.third_place and len(before) == 2:
            yield _third(tournament, before, turn)
            fixtures = [replace(f, number=f.number + 1) for f in fixtures]
        yield from fixtures
        current, before = following, fixtures


def _tie(
    tournament: Tournament,
    one: Side,
    other: Side,
    turn: int,
    place: int,
    size: int,
    before: Sequence[Fixture],
) -> Fixture:
    sources = {side.source.of for side in (one, other) if side.source is not None}
    return Fixture(
        key=f"{tournament.name}|K{turn}.{place}",
        number=0,
        tournament=tournament.name,
        stage="knockout",
        round=turn,
        home=one,
        away=other,
        size=size,
        after=tuple(f.key for f in before if f.key in sources),
    )


def _third(tournament: Tournament, semi_finals: Sequence[Fixture], turn: int) -> Fixture:
    home, away = (
        Side(None, Source("loser", f.key, f.number), tuple(sorted(f.teams))) for f in semi_finals
    )
    return Fixture(
        key=f"{tournament.name}|third",
        number=semi_finals[-1].number + 1,
        tournament=tournament.name,
        stage="third",
        round=turn,
        home=home,
        away=away,
        size=4,
        after=tuple(f.key for f in semi_finals),
    )
