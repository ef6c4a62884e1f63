"""The command template: an empty workbook, or a realistic school of some size."""

from __future__ import annotations

from pathlib import Path

from constraints.catalogue import rulebook
from instances.messages import Lang
from instances.problems import Place
from scheduler.commands import texts
from scheduler.commands.files import Target, refuse_bad
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.workbook.errors import OutputError

EMPTY = "empty"


@command
def run(output: Path, *, preset: str, seed: int, overwrite: bool, lang: Lang | None) -> Outcome:
    """Write the workbook (or, for a preset, its data as JSON)."""
    lang = lang or "zh"
    target = Target(output, overwrite)
    as_json = output.suffix.lower() == ".json"
    place = Place(str(output), None, str(output))
    refuse_bad([target], lang, [texts.NO_TEMPLATE_JSON.at(place)] * (as_json and preset == EMPTY))
    try:
        backup = target.write(lambda path: _write(path, preset, seed, lang))
    except OutputError as failure:
        lost = texts.WRITE_LOST.at(place, cause=failure.message)
        raise Refused([lost], lang) from failure
    lines = [texts.WRITTEN(path=str(output))]
    if backup is not None:
        lines.append(texts.BACKED_UP(path=str(backup)))
    if preset == EMPTY:
        lines.append(texts.TEMPLATE_NEXT(path=str(output)))
    data = {
        "path": str(output),
        "backup": str(backup) if backup else None,
        "preset": preset,
        "seed": None if preset == EMPTY else seed,
    }
    return Outcome(Exit.DONE, "\n".join(line.text(lang) for line in lines), data)


def _write(path: Path, preset: str, seed: int, lang: Lang) -> None:
    from instances.generate import Preset, generate
    from instances.workbook.template import write_template
    from instances.workbook.writer import write_workbook

    if preset == EMPTY:
        write_template(path, lang, rulebook())
        return
    school = generate(Preset(preset), seed, lang)
    if path.suffix.lower() == ".json":
        path.write_text(school.model_dump_json(indent=1), encoding="utf-8")
    else:
        write_workbook(school, path, lang, rulebook())
