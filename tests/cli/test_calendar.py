"""The command calendar: read back and expanded, its files are the sessions of the term."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path, PurePath

import pytest

from instances.timetable import DatedChange, Session, When
from instances.words import Kind, Role
from scheduler.calendars.folder import calendars
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.view import View
from tests.cli.running import data, located, run
from tests.helpers.calendars import expanded


def local(session: Session) -> tuple[dt.datetime, dt.datetime]:
    zone = dt.timezone(dt.timedelta(hours=8))
    start, end = (dt.datetime.combine(session.date, t, zone) for t in (session.start, session.end))
    return start, end


@pytest.fixture(scope="module")
def view(village: Path) -> View:
    back = read_timetable(village)
    assert back.published is not None
    return View(back.published, "zh")


@pytest.fixture(scope="module")
def folder(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calendar") / "日历"
    run("calendar", village, "-o", path, code=0)
    return path


def test_each_person_has_exactly_their_sessions(folder: Path, view: View) -> None:
    people = view.sessions_of_staff
    assert {path.stem for path in (folder / "staff").iterdir()} == set(people)
    for name, own in people.items():
        text = (folder / "staff" / f"{name}.ics").read_bytes()
        assert taken(text) == given(own), name


def taken(text: bytes) -> Counter[object]:
    """Start, end and room of all that a file shows."""
    return Counter(slot[1:] for slot in expanded(text).elements())


def given(sessions: list[Session]) -> Counter[object]:
    return Counter((*local(one), one.room or "") for one in sessions)


def test_a_cover_a_move_and_a_cancelled_date_reach_the_files(village: Path, view: View) -> None:
    name, own = max(view.sessions_of_staff.items(), key=lambda item: len(item[1]))
    other = next(one for one in view.sessions_of_staff if one != name)
    line = own[0].post.line, own[0].segment
    mine = [one for one in own if (one.post.line, one.segment) == line]
    days = [day.date for day in view.calendar.days]
    free = next(d for d in days if mine[2].date < d < mine[3].date and d.isoweekday() < 5)
    changes = view.timetable.changes | {
        mine[0].key: DatedChange(cancelled=True),
        mine[1].key: DatedChange(staff=other),
        mine[2].key: DatedChange(to=When(date=free, segment=mine[2].segment)),
    }
    timetable = view.timetable.model_copy(update={"changes": changes})
    published = view.published.model_copy(update={"timetable": timetable})
    after = View(published, "zh")
    files = calendars(published, "zh")
    for who in (name, other):
        text = files[PurePath("staff") / f"{who}.ics"]
        assert (
            taken(text) == given(after.sessions_of_staff[who]) != given(view.sessions_of_staff[who])
        )
    held = {local(one) for one in after.whole_term if one.takes_place}
    assert {slot[1:3] for slot in expanded(files[PurePath("school.ics")])} == held


def test_each_class_and_the_school_have_exactly_their_meetings(folder: Path, view: View) -> None:
    everything = {one for one in view.whole_term if one.takes_place}
    for one in view.instance.classes:
        mine = {
            (s.post.activity, *local(s), s.room or "")
            for s in everything
            if one.name in s.classes
            and (s.post.kind is not Kind.CLUB or s.post.role is Role.LEADER)
        }
        assert set(expanded((folder / "classes" / f"{one.name}.ics").read_bytes())) == mine
    times = {local(one) for one in everything}
    assert {slot[1:3] for slot in expanded((folder / "school.ics").read_bytes())} == times


def test_a_week_is_a_rule_and_not_a_list_of_dates(folder: Path) -> None:
    text = (folder / "school.ics").read_bytes()
    assert b"RRULE:FREQ=WEEKLY" in text
    assert b"\nRDATE" not in text  # Outlook leaves out whatever has one
    assert b"EXDATE;TZID=Asia/Shanghai:" in text
    assert max(map(len, text.split(b"\r\n"))) <= 75
    text.decode("utf-8")


def test_the_same_timetable_gives_the_same_bytes(
    folder: Path, village: Path, tmp_path: Path
) -> None:
    found = data("calendar", village, "-o", tmp_path / "again", code=0)
    files = list(folder.rglob("*.ics"))
    assert found["files"] == len(files) == found["staff"] + found["classes"] + 1
    for path in files:
        assert (tmp_path / "again" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_a_folder_is_replaced_only_if_asked_and_only_if_ours(village: Path, tmp_path: Path) -> None:
    target = tmp_path / "cal"
    run("calendar", village, "-o", target, code=0)
    assert located(data("calendar", village, "-o", target, code=2)["errors"])
    run("calendar", village, "-o", target, "--overwrite", code=0)
    assert len(list(tmp_path.glob("cal.backup-*"))) == 1
    (target / "mine.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")
    found = data("calendar", village, "-o", target, "--overwrite", "--lang", "en", code=2)
    assert "mine.ics" in found["errors"][0]["message"]
    assert (target / "mine.ics").exists()
    for bad in (village, tmp_path / "no" / "such"):
        assert located(data("calendar", village, "-o", bad, code=2)["errors"])
