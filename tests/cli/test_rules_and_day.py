"""The commands rules and day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from constraints.catalogue import rulebook
from tests.cli.running import VILLAGE, cell_of, data, edited, located, run

SERVICE, WEEKEND, AFTER = "2026-09-14", "2026-11-15", "2027-05-15"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_catalogue_as_json(lang: str) -> None:
    found = data("rules", "--lang", lang, code=0)
    assert [one["id"] for one in found] == list(rulebook())
    for one in found:
        assert isinstance(one["hard"], bool)
        assert one["statement"]
    assert {one["hard"] for one in found} == {True, False}
    narrowed = {one["id"]: one["narrowed_by"] for one in found}
    assert narrowed["room-overlap"] == []
    assert narrowed["uneven-load"] == ["staff"]


def test_the_catalogue_in_words() -> None:
    text = run("rules", code=0).stdout
    assert all(rule in text for rule in rulebook())


def test_one_rule_is_found_however_it_is_written() -> None:
    for name in ("uneven-load", "UNEVEN_LOAD", " uneven-load "):
        (found,) = data("rules", name, code=0)
        assert found["id"] == "uneven-load"
    for rule in rulebook():
        assert rule in run("rules", rule, "--lang", "en", code=0).stdout


@pytest.mark.parametrize("typo", ["unven-load", "uneven load", "uneven_lod"])
def test_a_typo_is_answered_with_the_nearest_rule(typo: str) -> None:
    found = data("rules", typo, code=2)
    assert located(found["errors"])
    assert "uneven-load" in found["errors"][0]["remedy"]
    assert "uneven-load" in run("rules", typo, code=2).stderr


def test_nothing_near_is_answered_with_the_way_to_the_list() -> None:
    assert located(data("rules", "zzzzzzzz", code=2)["errors"])


@pytest.mark.parametrize("date", [SERVICE, "9月14日", "2026/9/14", "2026年9月14日"])
def test_a_day_of_service(date: str, village: Path) -> None:
    found = data("day", village, date, code=0)
    assert (found["date"], found["weekday"], found["open"]) == (SERVICE, 1, 0)
    assert len(found["sessions"]) > 10
    assert all(session["staff"] for session in found["sessions"])
    text = run("day", village, date, code=0).stdout
    assert found["text"] in text
    assert "作业辅导 15:30–16:30" in text


def test_a_day_with_a_cover_names_both_people(village: Path) -> None:
    found = data("day", village, "2026-11-17", code=0)
    assert "唐美华" not in {session["staff"] for session in found["sessions"]}
    planned = [one for one in found["sessions"] if one["originally"] == "唐美华"]
    assert found["covers"] == len(planned)


@pytest.mark.parametrize("date", [WEEKEND, AFTER, "2026-10-01", "2026-08-31", "someday", "9-31"])
def test_a_date_without_service_is_refused_with_a_remedy(
    date: str, village: Path, tmp_path: Path
) -> None:
    output = tmp_path / "today.xlsx"
    found = data("day", village, date, "-o", output, code=2)
    assert located(found["errors"])
    assert found["errors"][0]["value"] == date
    assert not output.exists()


def test_the_nearest_days_are_offered(village: Path) -> None:
    remedy = data("day", village, WEEKEND, "--lang", "en", code=2)["errors"][0]["remedy"]
    assert remedy.count("Nov") == 3
    assert "11月13日" in run("day", village, WEEKEND, code=2).stderr


def test_today_is_a_date(village: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fixed(dt.date):
        @classmethod
        def today(cls) -> Fixed:
            return cls(2026, 9, 14)

    monkeypatch.setattr("scheduler.commands.day.dt", SimpleNamespace(date=Fixed))
    for word in ("today", "今天"):
        assert data("day", village, word, code=0)["date"] == SERVICE


def test_the_page_to_print(village: Path, tmp_path: Path) -> None:
    output = tmp_path / "today.xlsx"
    found = data("day", village, SERVICE, "-o", output, code=0)
    assert found["path"] == str(output)
    (sheet,) = (one for one in load_workbook(output) if one.sheet_state == "visible")
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    shown = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert all(session["staff"] in shown for session in found["sessions"])
    before = output.read_bytes()
    run("day", village, SERVICE, "-o", output, code=2)
    assert output.read_bytes() == before
    run("day", village, SERVICE, "-o", output, "--overwrite", code=0)
    assert len(list(tmp_path.iterdir())) == 2


def test_the_page_never_replaces_the_timetable(village: Path) -> None:
    before = village.read_bytes()
    run("day", village, SERVICE, "-o", village, "--overwrite", code=2)
    assert village.read_bytes() == before


def test_an_edited_date_shows_the_edit(village: Path, tmp_path: Path) -> None:
    cell = cell_of(village, "场次", "人员", lambda row: row["日期"] == dt.datetime(2026, 9, 14))
    book = edited(village, tmp_path / "t.xlsx", {("场次", cell): None})
    assert data("day", book, SERVICE, code=0)["open"] == 1
    assert data("day", book, "2026-09-15", code=0)["open"] == 0


def test_a_school_is_no_timetable() -> None:
    assert located(data("day", VILLAGE, SERVICE, code=2)["errors"])
