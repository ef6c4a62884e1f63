"""The command day: today's sheet, on the terminal and as one A4 page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from instances.derivation import derive
from instances.messages import Lang
from instances.problems import Place
from instances.text import Misread
from instances.timetable import Session
from instances.when import read_date
from scheduler.commands import texts
from scheduler.commands.files import WORKBOOK, Target, refuse_bad
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.day import DaySheet, NoService, day_sheet
from scheduler.result import Published
from scheduler.workbook.errors import OutputError
from scheduler.workbook.readback import read_timetable

TODAY = ("today", "今天", "今日")


@command
def run(
    timetable: Path, date: str, *, output: Path | None, overwrite: bool, lang: Lang | None
) -> Outcome:
    """What takes place on a date; with ``output`` also as a page to print."""
    back = read_timetable(timetable)
    lang = lang or back.lang
    target = Target(output, overwrite, WORKBOOK, (timetable,)) if output else None
    errors = [problem for problem in back.problems if problem.is_error]
    refuse_bad([target] if target else [], lang, errors)
    if back.published is None or back.timetable is None:
        raise Refused(back.problems, lang)
    published = back.published.model_copy(update={"timetable": back.timetable})
    sheet = _sheet(published, date, lang)
    lines = [sheet.chat(lang)]
    data = _data(sheet, lang)
    if target is not None:
        backup = _write(sheet, target, lang)
        lines += ["", texts.WRITTEN(path=str(target.path)).text(lang)]
        if backup is not None:
            lines.append(texts.BACKED_UP(path=str(backup)).text(lang))
        data["path"] = str(target.path)
    return Outcome(Exit.DONE, "\n".join(lines), data)


def _sheet(published: Published, date: str, lang: Lang) -> DaySheet:
    place = Place(date, None, date)
    try:
        term = published.instance.term
        wanted = (
            dt.date.today() if date.strip() in TODAY else read_date(date, (term.start, term.end))
        )
        return day_sheet(published, wanted)
    except Misread:
        raise Refused([texts.NO_DATE.at(place)], lang) from None
    except NoService as reason:
        days = [day.date for day in derive(published.instance).calendar.days]
        nearest = sorted(sorted(days, key=lambda day: abs(day - wanted))[:3])
        problem = texts.NO_SERVICE.at(place, reason=reason.message, near_days=nearest)
        raise Refused([problem], lang) from None


def _write(sheet: DaySheet, target: Target, lang: Lang) -> Path | None:
    from scheduler.workbook.day import write_day

    try:
        return target.write(lambda path: write_day(sheet, path, lang))
    except OutputError as failure:
        place = Place(str(target.path), None, str(target.path))
        raise Refused([texts.WRITE_LOST.at(place, cause=failure.message)], lang) from failure


def _data(sheet: DaySheet, lang: Lang) -> dict[str, Any]:
    sessions = [*sheet.leaders, *(s for part in sheet.segments for s in part.sessions)]
    return {
        "date": sheet.date.isoformat(),
        "weekday": int(sheet.weekday),
        "follows": int(sheet.follows),
        "week": sheet.week,
        "sessions": [_session(one) for one in (*sessions, *sheet.cancelled)],
        "open": len(sheet.open_posts),
        "covers": len(sheet.covers),
        "text": sheet.chat(lang),
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "key": session.key,
        "segment": session.segment,
        "start": f"{session.start:%H:%M}",
        "end": f"{session.end:%H:%M}",
        "activity": session.post.activity,
        "classes": list(session.classes),
        "room": session.room,
        "role": session.post.role.value,
        "staff": session.staff,
        "originally": session.planned,
        "status": session.status.value,
    }
