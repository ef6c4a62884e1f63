"""The audit of a programme: every rule of a tournament, without a solver."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from instances.blocks import minutes
from instances.calendar import Calendar, timing_on
from instances.match_days import segments_of
from instances.messages import Message, Template
from instances.tournaments import Tournament
from instances.words import Form, Level, TeamKind
from scheduler.tournaments.fixtures import Fixture
from scheduler.tournaments.grounds import Grounds, Slot
from scheduler.tournaments.plan import Appointment
from scheduler.tournaments.standings import Draw

WRONG_MEETINGS = Template(
    "“{tournament}”中{home}与{away}应赛{wanted}场，编了{count}场。",
    "In “{tournament}” {home} and {away} should meet {wanted} time(s), not {count}.",
)
TWICE = Template("对阵“{key}”有两处安排。", "The fixture “{key}” has two places.")
STRANGE = Template("没有对阵“{key}”。", "There is no fixture “{key}”.")
BAD_TIME = Template(
    "“{tournament}”第{number}场在{date} {start}，不是可以比赛的日期和时间。",
    "Match {number} of “{tournament}” is on {date} at {start}, when it cannot be played.",
)
BAD_ROOM = Template(
    "“{tournament}”第{number}场在“{room}”，不是这项比赛的场地，或当天停用。",
    "Match {number} of “{tournament}” is in “{room}”, no venue of it or closed on that date.",
)
FULL = Template(
    "{date} {start}“{room}”的场地不够：需要{count}片，只有{free}片。",
    "On {date} at {start} “{room}” has {free} court(s) free and {count} are needed.",
)
TOO_MANY_COURTS = Template(
    "{date} {start}“{tournament}”用了{count}片场地，最多{most}片。",
    "On {date} at {start} “{tournament}” uses {count} courts, at most {most}.",
)
SAME_COURT = Template(
    "{date} {start}“{room}”{court}号场有两场比赛。",
    "On {date} at {start} two matches are on court {court} of “{room}”.",
)
TOO_OFTEN = Template(
    "{team}在{date}的“{tournament}”赛{count}场，最多{most}场。",
    "{team} plays {count} matches of “{tournament}” on {date}, at most {most}.",
)
TWO_TOURNAMENTS = Template(
    "{team}的同一批学生在{date}要赛{count}场。",
    "The same children of {team} play {count} matches on {date}.",
)
NO_REST = Template(
    "{team}在“{tournament}”中{date}与{other}两场之间没有隔{rest}天。",
    "{team} has fewer than {rest} day(s) between its matches of “{tournament}” on {date} and "
    "{other}.",
)
AT_EVENT = Template(
    "{team}在{date} {start}参加大型活动，不能打“{tournament}”的比赛。",
    "{team} is at an event on {date} at {start} and cannot play in “{tournament}”.",
)
AT_ONCE = Template(
    "{team}在{date} {start}同时有两场“{tournament}”的比赛。",
    "{team} has two matches of “{tournament}” at once on {date} at {start}.",
)
TOO_EARLY = Template(
    "“{tournament}”第{number}场要等第{before}场赛完，却没有排在它之后。",
    "Match {number} of “{tournament}” needs match {before} to be over, but is not after it.",
)
PARTIAL = Template(
    "{staff}是参赛班级的班主任，不能做“{tournament}”第{number}场的裁判。",
    "{staff} is home teacher of a side and cannot referee match {number} of “{tournament}”.",
)
UNABLE = Template(
    "{staff}没有资格或没有同意做“{tournament}”第{number}场的裁判。",
    "{staff} is not able or has not agreed to referee match {number} of “{tournament}”.",
)
ELSEWHERE = Template(
    "{staff}在{date} {start}不在校或另有安排，不能做“{tournament}”第{number}场的裁判。",
    "{staff} is away or busy on {date} at {start} and cannot referee match {number} of "
    "“{tournament}”.",
)
TWO_MATCHES = Template(
    "{staff}在{date} {start}同时是两场比赛的裁判。",
    "{staff} referees two matches at once on {date} at {start}.",
)
TOO_MANY_REFEREES = Template(
    "“{tournament}”第{number}场有{count}名裁判，只要{most}名。",
    "Match {number} of “{tournament}” has {count} {count:referee|referees}, "
    "{most} {most:is|are} wanted.",
)


@dataclass(frozen=True)
class Breach:
    """One breach of a rule: the fixtures it is about, and the sentence."""

    message: Message
    keys: tuple[str, ...] = ()


class Audit:
    """Looks at appointments with nothing but the school, its draws and what else goes on."""

    def __init__(
        self, grounds: Grounds, draws: Sequence[Draw], appointments: Sequence[Appointment]
    ) -> None:
        self.grounds = grounds
        self.draws = draws
        self.appointments = appointments
        self.fixture: dict[str, Fixture] = {f.key: f for d in draws for f in d.fixtures}
        self.tournament: Mapping[str, Tournament] = {
            draw.tournament.name: draw.tournament for draw in draws
        }
        self.here = [a for a in appointments if a.key in self.fixture]
        self.place = {a.key: a for a in self.here}
        self.scored = {key for draw in draws for key in draw.scores}
        self.days = {day.date: day for day in Calendar(grounds.instance.term).days}

    def breaches(self) -> Iterator[Breach]:
        """Every breach; none means that all may be shown."""
        counts = Counter(a.key for a in self.appointments)
        for key, count in counts.items():
            if key not in self.fixture:
                yield Breach(STRANGE(key=key), (key,))
            elif count > 1:
                yield Breach(TWICE(key=key), (key,))
        for draw in self.draws:
            yield from self._meetings(draw)
            yield from self._order(draw)
            for team in draw.teams:
                yield from self._team(draw, team)
        for appointment in self.here:
            yield from self._time(appointment)
            if appointment.key not in self.scored:
                yield from self._referees(appointment)
        yield from self._rooms()
        yield from self._children()
        yield from self._double_referees()

    def _facts(self, here: Appointment) -> dict[str, object]:
        fixture = self.fixture[here.key]
        return {
            "tournament": fixture.tournament,
            "number": fixture.number,
            "date": here.date,
            "start": here.start,
            "room": here.room,
        }

    def _meetings(self, draw: Draw) -> Iterator[Breach]:
        """Everybody meets everybody else as often as the form says."""
        tournament = draw.tournament
        if tournament.form is Form.KNOCKOUT:
            return
        met = Counter(frozenset(f.known) for f in draw.fixtures if not f.is_knockout)
        groups = [draw.members(group) for group in draw.groups]
        wanted = 2 if tournament.form is Form.DOUBLE else 1
        for home, away in combinations(draw.teams, 2):
            together = any(home in group and away in group for group in groups)
            count, right = met[frozenset((home, away))], wanted * together
            if count != right:
                facts = {"home": home, "away": away, "count": count, "wanted": right}
                yield Breach(WRONG_MEETINGS(tournament=tournament.name, **facts))

    def _time(self, here: Appointment) -> Iterator[Breach]:
        tournament = self.tournament[self.fixture[here.key].tournament]
        if here.key not in self.scored and self._slot(here, tournament) is None:
            yield Breach(BAD_TIME(**self._without(here, "room")), (here.key,))
        for team in self.fixture[here.key].known:
            if here.key not in self.scored and self.grounds.at_event(team, here.slot):
                when = {"date": here.date, "start": here.start}
                yield Breach(AT_EVENT(team=team, tournament=tournament.name, **when), (here.key,))
        if here.room not in tournament.venues or not self.grounds.is_open(here.room, here.date):
            facts = {k: v for k, v in self._facts(here).items() if k not in ("date", "start")}
            yield Breach(BAD_ROOM(**facts), (here.key,))

    def _without(self, here: Appointment, *names: str) -> dict[str, object]:
        return {name: fact for name, fact in self._facts(here).items() if name not in names}

    def _rooms(self) -> Iterator[Breach]:
        by_room: dict[tuple[str, dt.date], list[Appointment]] = defaultdict(list)
        for here in self.here:
            by_room[here.room, here.date].append(here)
        for (room, date), group in by_room.items():
            if room not in self.grounds.instance.room_by_name:
                continue
            spans = self.grounds.taken.rooms.get((room, date), ())
            for minute in sorted({a.slot.start for a in group} | {start for start, _ in spans}):
                now = [a for a in group if a.slot.start <= minute < a.slot.end]
                free = self.grounds.free_at(room, date, minute)
                if len(now) > free:
                    facts = {"date": date, "start": now[0].start, "room": room}
                    keys = tuple(a.key for a in now)
                    yield Breach(FULL(**facts, count=len(now), free=free), keys)
                courts = Counter(a.court for a in now)
                for court in (court for court, count in courts.items() if count > 1):
                    facts = {"date": date, "start": now[0].start, "room": room}
                    yield Breach(SAME_COURT(**facts, court=court), tuple(a.key for a in now))
        yield from self._courts()

    def _courts(self) -> Iterator[Breach]:
        for tournament in self.tournament.values():
            mine = [a for a in self.here if self.fixture[a.key].tournament == tournament.name]
            for here in mine:
                now = [
                    a
                    for a in mine
                    if a.date == here.date and a.slot.start <= here.slot.start < a.slot.end
                ]
                if tournament.courts is not None and len(now) > tournament.courts:
                    facts = {"count": len(now), "most": tournament.courts}
                    start = {"date": here.date, "start": here.start}
                    yield Breach(
                        TOO_MANY_COURTS(tournament=tournament.name, **facts, **start), (here.key,)
                    )

    def _dates(self, draw: Draw, team: str) -> list[tuple[dt.date, str]]:
        """When a team certainly plays."""
        return sorted(
            (date, f.key)
            for f in draw.fixtures
            if team in f.known
            and (date := self.place[f.key].date if f.key in self.place else draw.dates.get(f.key))
        )

    def _team(self, draw: Draw, team: str) -> Iterator[Breach]:
        tournament = draw.tournament
        played = self._dates(draw, team)
        facts = {"team": team, "tournament": tournament.name}
        for date, count in Counter(date for date, _ in played).items():
            if count > tournament.per_day:
                keys = tuple(key for day, key in played if day == date)
                message = TOO_OFTEN(**facts, date=date, count=count, most=tournament.per_day)
                yield Breach(message, keys)
        for (date, key), (other, next_key) in combinations(played, 2):
            if date == other:
                one, two = self.place.get(key), self.place.get(next_key)
                if one and two and one.slot.overlaps(two.slot):
                    yield Breach(AT_ONCE(**facts, date=date, start=one.start), (key, next_key))
            elif (other - date).days <= tournament.rest_days:
                message = NO_REST(**facts, date=date, other=other, rest=tournament.rest_days)
                yield Breach(message, (key, next_key))

    def _children(self) -> Iterator[Breach]:
        """Children who play in two tournaments do not play in both on one day."""
        for kind in (TeamKind.BOYS, TeamKind.GIRLS):
            draws = [d for d in self.draws if d.tournament.teams in (kind, TeamKind.MIXED)]
            teams = dict.fromkeys(team for draw in draws for team in draw.teams)
            for team in teams if len(draws) > 1 else ():
                mine = [d for d in draws if team in d.teams]
                most = max(d.tournament.per_day for d in mine)
                days = Counter(date for d in mine for date, _ in self._dates(d, team))
                for date, count in days.items():
                    if len(mine) > 1 and count > most:
                        yield Breach(TWO_TOURNAMENTS(team=team, date=date, count=count))

    def _order(self, draw: Draw) -> Iterator[Breach]:
        tournament = draw.tournament
        for fixture in draw.fixtures:
            here = self.place.get(fixture.key)
            for key in fixture.after if here and fixture.key not in draw.scores else ():
                before = self.place.get(key)
                facts = {"number": fixture.number, "before": self.fixture[key].number}
                breach = Breach(TOO_EARLY(tournament=tournament.name, **facts), (fixture.key, key))
                assert here is not None
                if before is None:
                    if key not in draw.scores:
                        yield breach
                elif not self._follows(tournament, fixture, before, here):
                    yield breach

    def _follows(
        self, tournament: Tournament, fixture: Fixture, before: Appointment, here: Appointment
    ) -> bool:
        """Whether a match is late enough after one that leads to it."""
        if tournament.per_day > 1 and self.fixture[before.key].is_knockout is fixture.is_knockout:
            return (before.date, before.slot.end) <= (here.date, here.slot.start)
        return (here.date - before.date).days > tournament.rest_days

    def _referees(self, here: Appointment) -> Iterator[Breach]:
        fixture = self.fixture[here.key]
        tournament = self.tournament[fixture.tournament]
        facts = {"tournament": tournament.name, "number": fixture.number}
        slot = self._slot(here, tournament)
        if len(here.referees) > tournament.referees:
            most = {"count": len(here.referees), "most": tournament.referees}
            yield Breach(TOO_MANY_REFEREES(**facts, **most), (here.key,))
        for key in here.referees:
            person = self.grounds.people.get(key)
            if person is None or not set(tournament.skills) <= set(person.skills):
                yield Breach(UNABLE(**facts, staff=key), (here.key,))
                continue
            if self.grounds.partial(person, fixture.teams):
                yield Breach(PARTIAL(**facts, staff=key), (here.key,))
            if slot is None:
                continue
            if self.grounds.level(person, tournament, slot) is Level.NO:
                yield Breach(UNABLE(**facts, staff=key), (here.key,))
            if not self.grounds.is_present(person, here.date) or self.grounds.is_busy(person, slot):
                when = {"date": here.date, "start": here.start}
                yield Breach(ELSEWHERE(**facts, **when, staff=key), (here.key,))

    def _slot(self, here: Appointment, tournament: Tournament) -> Slot | None:
        """The time with its weekday and week; ``None`` if nothing can be played then."""
        instance, date = self.grounds.instance, here.date
        day = self.days.get(date)
        segment = next(
            (s for s in segments_of(instance, tournament) if s.name == here.segment), None
        )
        if day is None or segment is None or tournament.is_lost(date):
            return None
        if (tournament.start and date < tournament.start) or (
            tournament.end and date > tournament.end
        ):
            return None
        if tournament.weekdays and day.weekday not in tournament.weekdays:
            return None
        if any(date in period for period in instance.term.frozen):
            return None
        timing = timing_on(segment, day.weekday, day.phase)
        start, end = minutes(here.start), minutes(here.end)
        if timing is None or end - start != tournament.minutes:
            return None
        if start < minutes(timing.start) or end > minutes(timing.end):
            return None
        return Slot(date, start, end, segment.name, day.weekday, day.week)

    def _double_referees(self) -> Iterator[Breach]:
        calls: dict[tuple[str, dt.date], list[Appointment]] = defaultdict(list)
        for here in self.here:
            for key in here.referees:
                calls[key, here.date].append(here)
        for (key, date), group in calls.items():
            for one, other in combinations(group, 2):
                if one.slot.overlaps(other.slot):
                    facts = {"staff": key, "date": date, "start": other.start}
                    yield Breach(TWO_MATCHES(**facts), (one.key, other.key))
