"""The command validate: every problem of the input, and whether supply can meet demand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from instances.messages import Lang
from instances.problems import Place, Problem
from scheduler.commands import texts
from scheduler.commands.files import WORKBOOK, Target, read_school, refuse_bad
from scheduler.commands.outcome import Exit, Outcome, Refused, command, problems_json
from scheduler.workbook.errors import OutputError


@command
def run(school: Path, *, annotate: Path | None, overwrite: bool, lang: Lang | None) -> Outcome:
    """Check a school's input; on request colour its problems in a copy."""
    reading = read_school(school)
    lang = lang or reading.lang
    target = Target(annotate, overwrite, WORKBOOK, (school,)) if annotate else None
    refuse_bad([target] if target else [], lang, ())
    lines = [*problem_lines(reading.problems, lang)]
    data = problems_json(reading.problems, lang)
    if target is not None and school.is_file():
        lines += _annotate(school, reading.problems, target, lang)
        data["path"] = str(target.path)
    code = Exit.BAD_INPUT if reading.errors else Exit.DONE
    return Outcome(code, "\n".join(lines), data)


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
