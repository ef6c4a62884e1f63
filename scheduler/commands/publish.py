"""Writing a published timetable from a command, so that no result is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from instances.messages import Lang, Message
from instances.problems import Place
from scheduler.commands import texts
from scheduler.commands.files import Target, rescue
from scheduler.commands.outcome import Refused
from scheduler.result import Published
from scheduler.workbook.errors import OutputError
from scheduler.workbook.write import write_share, write_timetable


def write_outputs(
    published: Published, target: Target, copy: Target | None, lang: Lang
) -> Iterator[str]:
    """Write the outputs; the lines that say so."""
    yield from _write_one(published, target, texts.WRITTEN(path=str(target.path)), lang)
    if copy is not None:
        yield from _write_one(published, copy, texts.SHARED(path=str(copy.path)), lang, share=True)


def _write_one(
    published: Published, target: Target, said: Message, lang: Lang, *, share: bool = False
) -> Iterator[str]:
    def write(path: Path) -> None:
        (write_share if share else write_timetable)(published, path, lang)

    try:
        backup = target.write(write)
    except Exception as failure:
        rescued = rescue(target, write)
        if not isinstance(failure, OutputError):
            failure.add_note(texts.RESCUED(path=str(rescued)).text(lang))
            raise
        place = Place(str(target.path), None, str(target.path))
        fault = texts.WRITE_LOST if rescued is None else texts.WRITE_FAILED
        problem = fault.at(place, cause=failure.message, rescued=str(rescued))
        raise Refused([problem], lang) from failure
    yield said.text(lang)
    if backup is not None:
        yield texts.BACKED_UP(path=str(backup)).text(lang)
