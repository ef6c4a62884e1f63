"""The command validate: every problem of the input, and whether supply can meet demand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from instances.messages import Lang, join
from instances.problems import Place, Problem, Reading
from instances.workbook.spec import SHEET_BY_KEY
from scheduler.commands import texts
from scheduler.commands.deficit_cells import at_cells, cells_of
from scheduler.commands.files import WORKBOOK, Target, read_school, refuse_bad
from scheduler.commands.outcome import Exit, Outcome, Refused, command, problems_json
from scheduler.commands.table import table
from scheduler.deficit import Deficit
from scheduler.preflight import Preflight, preflight
from scheduler.workbook.errors import OutputError

REMEDIES = {
    "pins": texts.PIN_REMEDY,
    "rooms": texts.ROOM_REMEDY,
    "people": texts.DEFICIT_REMEDY,
}
SHEETS = {"pins": "pins", "rooms": "rooms", "people": "wishes"}


@command
def run(school: Path, *, annotate: Path | None, overwrite: bool, lang: Lang | None) -> Outcome:
    """Check a school's input; on request colour its problems in a copy."""
    reading = read_school(school)
    lang = lang or reading.lang
    target = Target(annotate, overwrite, WORKBOOK, (school,)) if annotate else None
    refuse_bad([target] if target else [], lang)
    counted = preflight(reading.instance) if reading.instance is not None else None
    deficits = counted.deficits if counted else ()
    lines = [*problem_lines(reading.problems, lang)]
    if counted is not None:
        lines += ["", *_supply(counted, reading, lang)]
    data = problems_json(reading.problems, lang)
    data["warnings"] += [_as_problem(deficit, reading, lang) for deficit in deficits]
    data["deficits"] = [deficit.to_json(lang) for deficit in deficits]
    data["slots"] = [slot.to_json() for slot in counted.slots] if counted else []
    if target is not None and school.is_file():
        lines += _annotate(school, reading.problems, target, lang)
        data["path"] = str(target.path)
    code = Exit.BAD_INPUT if reading.errors else Exit.BROKEN if deficits else Exit.DONE
    return Outcome(code, "\n".join(lines), data)


def _as_problem(deficit: Deficit, reading: Reading, lang: Lang) -> dict[str, str | None]:
    """A deficit among the warnings: no cell is wrong, but posts will stay open, or worse."""
    sheet = SHEET_BY_KEY[SHEETS[deficit.of]].title.text(lang)
    here = (place.cell for place in _cells(deficit, reading) if place.sheet == sheet)
    return {
        "sheet": sheet,
        "cell": next(here, None),
        "value": f"{deficit.available} < {deficit.needed}",
        "message": deficit.what.text(lang),
        "remedy": REMEDIES[deficit.of].text(lang),
    }


def _cells(deficit: Deficit, reading: Reading) -> list[Place]:
    assert reading.instance is not None
    return cells_of(deficit, reading.instance, reading.places)


def _supply(counted: Preflight, reading: Reading, lang: Lang) -> Iterator[str]:
    """Supply against demand: a line for each time of the week, then what cannot be staffed."""
    yield texts.SUPPLY.text(lang)
    heads = [label.text(lang) for label in texts.SUPPLY_HEADS]
    rows = [
        [
            f"{slot.weekday.text(lang)} {join(slot.segments, lang)}",
            str(slot.needed),
            str(slot.most),
            str(slot.available),
            f"{slot.spare:+d}",
        ]
        for slot in counted.slots
    ]
    yield from (f"  {line}" for line in table([heads, *rows]))
    yield ""
    if not counted.deficits:
        yield texts.ENOUGH.text(lang)
        return
    yield texts.DEFICITS(count=len(counted.deficits)).text(lang)
    for deficit in counted.deficits:
        yield f"  - {at_cells(deficit.what.text(lang), _cells(deficit, reading), lang)}"
    kinds = {deficit.of for deficit in counted.deficits}
    yield from (remedy.text(lang) for of, remedy in REMEDIES.items() if of in kinds)


def problem_lines(problems: Sequence[Problem], lang: Lang) -> Iterator[str]:
    """All problems, the errors first."""
    errors = [problem for problem in problems if problem.is_error]
    warnings = [problem for problem in problems if not problem.is_error]
    for heading, some in ((texts.ERRORS, errors), (texts.WARNINGS, warnings)):
        if some:
            yield heading(count=len(some)).text(lang)
            yield from (f"  {problem.text(lang)}" for problem in some)
    if not problems:
        yield texts.NO_PROBLEMS().text(lang)


def _annotate(
    school: Path, problems: Sequence[Problem], target: Target, lang: Lang
) -> Iterator[str]:
    from instances.workbook.annotate import annotate

    try:
        backup = target.write(lambda path: annotate(school, problems, path, lang))
    except OutputError as failure:
        place = Place(str(target.path), None, str(target.path))
        raise Refused([texts.WRITE_LOST.at(place, cause=failure.message)], lang) from failure
    yield texts.WRITTEN(path=str(target.path)).text(lang)
    if backup is not None:
        yield texts.BACKED_UP(path=str(backup)).text(lang)
