"""Writing a published timetable from a command, so that no result is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from instances.messages import Lang, Message
from instances.problems import Place
from scheduler.commands import texts
from scheduler.commands.files import Target, rescue
from scheduler.commands.interrupt import GivenUp
from scheduler.commands.outcome import Refused
from scheduler.result import Published
from scheduler.workbook.errors import OutputError
from scheduler.workbook.hers.adopt import Adopted
from scheduler.workbook.hers.read import NOTHING, Hers
from scheduler.workbook.write import write_share, write_timetable


@dataclass
class Written:
    """What a command says of the files it wrote, and what they carry of the file before."""

    lines: list[str] = field(default_factory=list)
    adopted: Adopted = field(default_factory=Adopted)


def write_outputs(
    published: Published,
    target: Target,
    copy: Target | None,
    lang: Lang,
    hers: Hers = NOTHING,
) -> Written:
    """Write the outputs; ``hers`` goes into the timetable and not into the copy sent round."""
    written = Written()
    try:
        _write_all(written, published, target, copy, lang, hers)
    except KeyboardInterrupt:
        raise GivenUp(written.lines) from None
    return written


def _write_all(
    written: Written,
    published: Published,
    target: Target,
    copy: Target | None,
    lang: Lang,
    hers: Hers,
) -> None:
    def timetable(path: Path) -> None:
        written.adopted = write_timetable(published, path, lang, hers)

    said = texts.WRITTEN(path=str(target.path))
    written.lines += _write_one(target, timetable, said, lang)
    written.lines += written.adopted.lines(lang)
    if copy is not None:
        said = texts.SHARED(path=str(copy.path))
        written.lines += _write_one(
            copy, lambda path: write_share(published, path, lang), said, lang
        )


def _write_one(
    target: Target, write: Callable[[Path], None], said: Message, lang: Lang
) -> Iterator[str]:
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
