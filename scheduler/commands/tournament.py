"""The command tournament: fixtures of class against class, their results, and rain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from instances.derivation import derive
from instances.messages import Lang, localize
from instances.problems import Place, Problem
from instances.school import Closure, Instance
from instances.text import Misread
from instances.timetable import Expansion
from instances.when import read_date
from scheduler.commands import texts
from scheduler.commands import tournament_texts as words
from scheduler.commands.files import Target, read_school, refuse_bad
from scheduler.commands.interrupt import stoppable
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.terminal import Terminal
from scheduler.tournaments.audit import Audit
from scheduler.tournaments.book import Book, Match
from scheduler.tournaments.grounds import Grounds, Taken
from scheduler.tournaments.make import make
from scheduler.tournaments.parts import Task
from scheduler.tournaments.plan import Programme
from scheduler.tournaments.standings import Draw, draw_up, table_of
from scheduler.tournaments.verdict import statements
from scheduler.tournaments.ways import ways_to_fit
from scheduler.workbook import fixture_faults as faults
from scheduler.workbook.errors import OutputError
from scheduler.workbook.fixtures_read import Back, read_fixtures
from scheduler.workbook.fixtures_write import write_fixtures
from scheduler.workbook.readback import read_timetable


@command
def run(
    school: Path,
    output: Path,
    *,
    timetable: Path | None,
    results: Path | None,
    rain: Sequence[str],
    since: str | None,
    overwrite: bool,
    time_limit: float | None,
    workers: int | None,
    seed: int,
    lang: Lang | None,
    started: float,
) -> Outcome:
    """Place the fixtures of all tournaments; exit 1 where some do not fit."""
    terminal = Terminal()
    control = Control(time_limit, terminal.show)
    control.started = started
    reading = read_school(school)
    lang = lang or reading.lang
    inputs = tuple(path for path in (school, timetable, results) if path is not None)
    target = Target(output, overwrite, inputs=inputs)
    refuse_bad([target], lang, reading.errors)
    if reading.instance is None:
        raise Refused(reading.problems, lang)
    if not reading.instance.tournaments:
        place = Place(school.name, None, school.name)
        raise Refused([words.NO_TOURNAMENT.at(place)], lang)
    instance = _rained(reading.instance, [_date(reading.instance, text, lang) for text in rain])
    back = read_fixtures(results, instance) if results else Back()
    taken, problems = _taken(timetable)
    problems = [*(p for p in back.problems if p.is_error), *problems]
    task, more = _task(instance, back, taken)
    if problems or more:
        raise Refused([*problems, *more], lang)
    terminal.say([w.text(lang) for w in (*reading.warnings, *back.problems)])
    first = _date(instance, since, lang) if since else _since(task, back)
    task = replace(task, since=first)
    settings = Settings(workers or 1, seed)
    with terminal.live(lang):
        programme = stoppable(
            lambda: _programme(task, control, settings),
            control,
            lambda: terminal.say([texts.STOPPING().text(lang)]),
        )
    return _outcome(instance, task, programme, target, lang)


def _programme(task: Task, control: Control, settings: Settings) -> Programme:
    programme = make(task, control, settings)
    if not programme.unplaced:
        return programme
    ways = tuple(ways_to_fit(task, programme, control, settings))
    return programme.model_copy(update={"ways": ways, "seconds": round(control.seconds, 2)})


def _date(instance: Instance, text: str, lang: Lang) -> dt.date:
    try:
        return read_date(text, (instance.term.start, instance.term.end))
    except Misread:
        raise Refused([words.NOT_A_DATE.at(Place(text, None, text))], lang) from None


def _rained(instance: Instance, dates: Sequence[dt.date]) -> Instance:
    """The school with further dates lost, for every tournament."""
    if not dates:
        return instance
    lost = tuple(Closure(start=date, end=date) for date in dates)
    tournaments = tuple(
        one.model_copy(update={"lost": (*one.lost, *lost)}) for one in instance.tournaments
    )
    return instance.model_copy(update={"tournaments": tournaments})


def _taken(timetable: Path | None) -> tuple[Taken, list[Problem]]:
    """What the sessions of a timetable take, with the edits made in it."""
    if timetable is None:
        return Taken(), []
    back = read_timetable(timetable)
    if back.published is None or back.timetable is None:
        return Taken(), [problem for problem in back.problems if problem.is_error]
    demand = derive(back.published.instance, back.timetable.since)
    return Taken.of(Expansion(demand, back.timetable)), []


def _task(instance: Instance, back: Back, taken: Taken) -> tuple[Task, list[Problem]]:
    """What is to be placed, given what a file of fixtures says."""
    scores = {key: entry.score for key, entry in back.entries.items() if entry.score}
    draws = [draw_up(instance, one, scores) for one in instance.tournaments]
    known = {fixture.key for draw in draws for fixture in draw.fixtures}
    back.problems += [
        faults.STRANGE_KEY.at(place) for key, place in back.rows.items() if key not in known
    ]
    problems = list(_contradictions(instance, draws, scores, back))
    before = {
        key: entry.place for key, entry in back.entries.items() if entry.place and key in known
    }
    return Task(Grounds(instance, taken), draws, before), problems


def _contradictions(
    instance: Instance, draws: Sequence[Draw], scores: dict[str, Any], back: Back
) -> Iterator[Problem]:
    """Scores of matches whose sides are not known, or that the school has otherwise."""
    for draw in draws:
        own = draw_up(instance, draw.tournament).scores
        for fixture in draw.fixtures:
            score = scores.get(fixture.key)
            if score is None:
                continue
            if fixture.key not in draw.scores:
                yield faults.EARLY_SCORE.at(back.rows[fixture.key])
            elif fixture.key in own and own[fixture.key] != score:
                other = f"{own[fixture.key].home}:{own[fixture.key].away}"
                yield faults.CONTRADICTS.at(back.rows[fixture.key], other=other)


def _since(task: Task, back: Back) -> dt.date | None:
    """From when on matches may be placed: after the last score, from the first date lost on."""
    if not back.entries:
        return None
    played = [
        task.before[key].date for draw in task.draws for key in draw.scores if key in task.before
    ]
    lost = [
        here.date
        for draw in task.draws
        for fixture in task.open(draw)
        if (here := task.before.get(fixture.key)) is not None and draw.tournament.is_lost(here.date)
    ]
    after = [max(played) + dt.timedelta(days=1)] if played else []
    return max([*after, *([min(lost)] if lost else [])], default=None)


def _outcome(
    instance: Instance, task: Task, programme: Programme, target: Target, lang: Lang
) -> Outcome:
    book = Book(instance, task.draws, programme)
    breaches = list(Audit(task.grounds, task.draws, programme.appointments).breaches())
    history = set(task.fixed)
    new = [breach for breach in breaches if not breach.keys or not history.issuperset(breach.keys)]
    data = _data(book, lang)
    if new:
        lines = [words.FAILED.text(lang), *(f"  {breach.message.text(lang)}" for breach in new)]
        return Outcome(Exit.BROKEN, "\n".join(lines), data, failure=True)
    lines = [("! " if one.alarm else "") + one.message.text(lang) for one in statements(book)]
    lines += [*(f"  {breach.message.text(lang)}" for breach in breaches)]
    lines += ["", *_written(book, target, lang)]
    data["path"] = str(target.path)
    code = Exit.BROKEN if programme.unplaced else Exit.DONE
    return Outcome(code, "\n".join(lines), data)


def _written(book: Book, target: Target, lang: Lang) -> Iterator[str]:
    try:
        backup = target.write(lambda path: write_fixtures(book, path, lang))
    except OutputError as failure:
        place = Place(str(target.path), None, str(target.path))
        raise Refused([texts.WRITE_LOST.at(place, cause=failure.message)], lang) from failure
    yield texts.WRITTEN(path=str(target.path)).text(lang)
    if backup is not None:
        yield texts.BACKED_UP(path=str(backup)).text(lang)


def _data(book: Book, lang: Lang) -> dict[str, Any]:
    programme = book.programme
    return {
        "fits": not programme.unplaced,
        "unplaced": list(programme.unplaced),
        "levels": [step.model_dump() for step in programme.levels],
        "ways": [way.model_dump(mode="json") for way in programme.ways],
        "moved": list(programme.moved),
        "displaced": list(programme.displaced),
        "fixtures": [_match(match, lang) for match in book.matches],
        "standings": {
            draw.tournament.name: {
                group: [
                    {"team": line.team, "played": line.played, "points": line.points}
                    for line in table_of(draw, group)
                ]
                for group in draw.groups
            }
            for draw in book.draws
        },
        "seconds": programme.seconds,
    }


def _match(match: Match, lang: Lang) -> dict[str, Any]:
    place, score = match.place, match.score
    return {
        "key": match.fixture.key,
        "tournament": match.fixture.tournament,
        "number": match.fixture.number,
        "stage": localize(match.fixture.label, lang),
        "home": match.side("home", lang),
        "away": match.side("away", lang),
        "date": match.date.isoformat() if match.date else None,
        "start": f"{place.start:%H:%M}" if place else None,
        "end": f"{place.end:%H:%M}" if place else None,
        "room": place.room if place else None,
        "court": place.court if place else None,
        "referees": list(place.referees) if place else [],
        "score": [score.home, score.away] if score else None,
    }
