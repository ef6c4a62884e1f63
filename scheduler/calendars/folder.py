"""The calendar files of a timetable, and the folder that holds them."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from instances.event_dates import WHOLE_DAY
from instances.event_sessions import bare_rows, event_line
from instances.messages import Lang
from instances.timetable import Session
from scheduler.calendars.entries import Entry, of_all, of_staff
from scheduler.calendars.ics import CHINA, PRODID, Stamp, ics
from scheduler.calendars.series import series_of
from scheduler.result import Published
from scheduler.workbook.view import View

STAFF, CLASSES, SCHOOL = "staff", "classes", "school"
SUFFIX = ".ics"


def calendars(published: Published, lang: Lang) -> dict[PurePath, bytes]:
    """The files by their place in the folder: people with sessions, all classes, the school."""
    view = View(published, lang)
    sessions, instance = tuple(_sessions(view)), published.instance
    files: dict[PurePath, bytes] = {}

    def add(folder: str, name: str, entries: Iterable[Entry]) -> None:
        stamp = Stamp(
            owner=f"{folder}/{name}",
            name=name,
            school=instance.school,
            term=instance.term.start,
            number=published.number,
            created=published.result.created.replace(tzinfo=CHINA).astimezone(dt.UTC),
        )
        place = PurePath() if folder == SCHOOL else PurePath(folder)
        path, number = place / f"{_safe(name)}{SUFFIX}", 2
        if folder == SCHOOL:
            path = PurePath(f"{SCHOOL}{SUFFIX}")
        while path in files:
            path, number = place / f"{_safe(name)}-{number}{SUFFIX}", number + 1
        files[path] = ics(stamp, series_of(entries))

    for key in sorted(view.sessions_of_staff):
        add(STAFF, key, of_staff(sessions, key, lang))
    for one in instance.classes:
        add(CLASSES, one.name, of_all(sessions, lang, one.name))
    add(SCHOOL, instance.school, of_all(sessions, lang))
    return files


def _sessions(view: View) -> Iterator[Session]:
    """The sessions of the term. Rows of events are known by their event instead of their date,
    so that one that moves is updated where it was imported; a whole day is one entry."""
    held = {event_line(one, ""): one for one in view.timetable.events}
    seen: set[tuple[str, int]] = set()
    for session in (*view.whole_term, *bare_rows(view.expansion)):
        line = session.post.line
        one = held.get(f"{line.rpartition('/')[0]}/") if session.event is not None else None
        if one is None or session.date not in one.dates:
            yield session
            continue
        day = one.dates.index(session.date)
        if not one.whole_day:
            yield replace(session, key=f"{line}|{day}|{one.segments.index(session.segment)}")
        elif (line, day) not in seen:
            seen.add((line, day))
            start, end = WHOLE_DAY
            yield replace(session, key=f"{line}|{day}", start=start, end=end)


def _safe(name: str) -> str:
    """A name that every system takes as a file name."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(". ") or "_"


def foreign(folder: Path) -> list[str]:
    """Files in a folder, however deep, that are not calendars of this program."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() and not _ours(path)
    ]


def _ours(path: Path) -> bool:
    return path.suffix == SUFFIX and PRODID.encode() in path.read_bytes()[:200]


def replace_folder(folder: Path, files: dict[PurePath, bytes]) -> Path | None:
    """Write all files or none; where the folder held some before, the name they are kept under.

    Raises
    ------
    OSError
        If they cannot be written; the old folder is still in its place.
    """
    new = Path(tempfile.mkdtemp(prefix=".afterschool-", dir=folder.parent))
    backup: Path | None = None
    try:
        new.chmod(0o755)
        for path, content in files.items():
            (new / path).parent.mkdir(exist_ok=True)
            (new / path).write_bytes(content)
        if folder.is_dir() and any(folder.iterdir()):
            backup = _free(folder)
            folder.rename(backup)
        elif folder.is_dir():
            folder.rmdir()
        new.rename(folder)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if backup is not None and backup.is_dir() and not folder.exists():
            backup.rename(folder)
        raise
    return backup


def _free(folder: Path) -> Path:
    name = f"{folder.name}.backup-{dt.datetime.now():%Y%m%d-%H%M%S}"
    found, number = folder.with_name(name), 2
    while found.exists():
        found, number = folder.with_name(f"{name}-{number}"), number + 1
    return found
