"""Files that commands read and write: checked before the work, written whole, backed up."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from constraints.catalogue import rulebook
from instances.messages import Lang
from instances.problems import Place, Problem, Reading
from instances.reading import read_instance
from scheduler.commands import texts
from scheduler.commands.outcome import Refused
from scheduler.workbook.errors import NO_NEW_FILES, cause_of, output_error

WORKBOOK_OR_JSON = (".xlsx", ".json")
WORKBOOK = (".xlsx",)
ROOM_NEEDED = 10_000_000
"""Free bytes without which writing is not even tried."""


def read_school(path: Path) -> Reading:
    """A school from its workbook or JSON, its rules checked against the catalogue.

    Of a timetable in the place of a school only that is said.
    """
    reading = read_instance(path, rulebook())
    if reading.instance is None and path.suffix.lower() == ".xlsx":
        from scheduler.workbook.raw import is_timetable

        if is_timetable(path):
            problem = texts.SCHOOL_IS_TIMETABLE.at(Place(path.name, None, path.name))
            return Reading(None, (problem,), reading.lang)
    return reading


@dataclass(frozen=True)
class Target:
    """A file that a command is asked to write."""

    path: Path
    overwrite: bool = False
    suffixes: tuple[str, ...] = WORKBOOK_OR_JSON
    inputs: tuple[Path, ...] = ()

    def problems(self) -> Iterator[Problem]:
        """Whatever would keep the file from being written, found before any work is done."""
        place = Place(str(self.path), None, str(self.path))
        try:
            yield from self._problems(self.path, place)
        except OSError as failure:  # a name too long, a folder that may not be looked into
            yield texts.OUTPUT_NOT_WRITABLE.at(place, cause=cause_of(failure))

    def _problems(self, path: Path, place: Place) -> Iterator[Problem]:
        if path.is_dir():
            yield texts.OUTPUT_IS_FOLDER.at(place)
            return
        if not path.suffix:
            yield texts.OUTPUT_NO_SUFFIX.at(place, suffixes=self.suffixes)
        elif path.suffix.lower() not in self.suffixes:
            yield texts.OUTPUT_SUFFIX.at(place, suffix=path.suffix, suffixes=self.suffixes)
        if not path.parent.is_dir():
            file = next((str(part) for part in path.parents if part.is_file()), None)
            if file is not None:
                yield texts.OUTPUT_IN_FILE.at(place, file=file)
            else:
                yield texts.OUTPUT_NO_FOLDER.at(place, folder=str(path.parent))
            return
        if any(_same(path, other) for other in self.inputs):
            yield texts.OUTPUT_IS_INPUT.at(place)
        elif path.exists() and not self.overwrite:
            yield texts.OUTPUT_EXISTS.at(place)
        else:
            yield from _unwritable(path, place)

    def write(self, write: Callable[[Path], None]) -> Path | None:
        """Write the file; where one stood before, the name under which it was kept.

        Raises
        ------
        OutputError
            If it cannot be written; the old file is still in its place.
        """
        backup = None
        try:
            if self.path.exists():
                backup = _free_name(self.path, f"backup-{_now()}")
                shutil.copy2(self.path, backup)
            write(self.path)
        except BaseException as failure:
            if backup is not None:
                with suppress(OSError):
                    backup.unlink(missing_ok=True)
            if isinstance(failure, OSError):
                raise output_error(self.path, failure) from failure
            raise
        return backup


def refuse_bad(targets: Iterable[Target], lang: Lang, others: Iterable[Problem] = ()) -> None:
    """Refuse the command if any of its outputs could not be written, with all that is wrong."""
    problems = list(others)
    seen: list[Path] = []
    for target in targets:
        problems += target.problems()
        if any(_same(target.path, other) for other in seen):
            problems.append(texts.OUTPUT_TWICE.at(Place(str(target.path), None, str(target.path))))
        seen.append(target.path)
    if problems:
        raise Refused(problems, lang)


def rescue(target: Target, write: Callable[[Path], None]) -> Path | None:
    """Save a result elsewhere when its own place failed; ``None`` if nowhere is left.

    Beside that place, in the home folder, among temporary files; and as JSON, if it may be,
    where no workbook can be written.
    """
    path = target.path
    for suffix in dict.fromkeys((path.suffix, *target.suffixes)):
        for folder in (path.parent, Path.home(), Path(tempfile.gettempdir())):
            other = _free_name(folder / f"{path.stem}{suffix}", f"rescued-{_now()}")
            with suppress(Exception):
                write(other)
                return other
    return None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()


def _unwritable(path: Path, place: Place) -> Iterator[Problem]:
    for lock in (f".~lock.{path.name}#", f"~${path.name}"):
        if path.with_name(lock).exists():
            yield texts.OUTPUT_OPEN.at(place, lock=lock)
            return
    try:
        if path.exists():
            with path.open("r+b"):
                pass
        handle, name = tempfile.mkstemp(prefix=".afterschool-", dir=path.parent)
        os.close(handle)
        Path(name).unlink()
        if shutil.disk_usage(path.parent).free < ROOM_NEEDED:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except FileNotFoundError:  # the folder is there, but one of the system, such as /proc
        yield texts.OUTPUT_NOT_WRITABLE.at(place, cause=NO_NEW_FILES)
    except OSError as failure:
        yield texts.OUTPUT_NOT_WRITABLE.at(place, cause=cause_of(failure))


def _now() -> str:
    return f"{dt.datetime.now():%Y%m%d-%H%M%S}"


def _free_name(path: Path, mark: str) -> Path:
    """A name beside ``path`` that no file has: timetable.backup-20261201-081500.xlsx."""
    found = path.with_name(f"{path.stem}.{mark}{path.suffix}")
    number = 2
    while found.exists():
        found = path.with_name(f"{path.stem}.{mark}-{number}{path.suffix}")
        number += 1
    return found
