"""What the timetable workbook looks like to a program: columns, dates, pages, charts."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from instances.derivation import derive
from instances.messages import Lang
from instances.timetable import expand
from scheduler.result import Published
from scheduler.workbook import emit, wording
from scheduler.workbook.errors import OutputError
from scheduler.workbook.view import View
from scheduler.workbook.write import write_share, write_timetable
from tests.unit.scheduler.workbook.sample import LEAVE, NAMES, PHONE, published

TITLES = {
    "zh": "总览 总课表 班级课表 个人课表 场地课表 社团 例外与代课 空缺 工作量 场次".split(),
    "en": [
        "Overview",
        "Master grid",
        "Class sheets",
        "Staff sheets",
        "Room sheets",
        "Club sheets",
        "Exceptions and covers",
        "Open posts",
        "Load and fairness",
        "Sessions",
    ],
}
COLUMNS = {
    "zh": (
        "日期 星期 周次 时段 开始 结束 活动 类别 班级 场地 岗位 人员 工作量 状态 原人员 移自 场次号"
    ).split(),
    "en": (
        "Date,Weekday,Week,Segment,Start,End,Activity,Kind,Classes,Room,Role,Staff,Units,"
        "Status,Originally,Moved from,Session key"
    ).split(","),
}
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.fixture(scope="module", params=LANGS)
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Lang, Path]:
    lang: Lang = request.param
    path = tmp_path_factory.mktemp(lang) / "timetable.xlsx"
    write_timetable(published(lang), path, lang)
    return lang, path


@pytest.fixture(scope="module")
def book(written: tuple[Lang, Path]) -> Workbook:
    return load_workbook(written[1])


def sheet(book: Workbook, number: int) -> Worksheet:
    found = book.worksheets[number]
    assert isinstance(found, Worksheet)
    return found


def test_the_sheets_in_their_order(written: tuple[Lang, Path], book: Workbook) -> None:
    visible = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    assert visible == TITLES[written[0]]
    assert book.sheetnames[-1] == "_afterschool"


def test_the_columns_of_sessions(written: tuple[Lang, Path], book: Workbook) -> None:
    heads = [cell.value for cell in sheet(book, 9)[1]]
    assert heads == COLUMNS[written[0]]


def test_a_row_for_every_session_with_real_dates_and_times(book: Workbook) -> None:
    instance = published().instance
    sessions = expand(derive(instance), published().timetable)
    rows = list(sheet(book, 9).iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(sessions)
    for row, session in zip(rows, sessions, strict=True):
        assert isinstance(row[0], dt.datetime)
        assert row[0].date() == session.date
        assert (row[4], row[5]) == (session.start, session.end)
        assert row[16] == session.key
        assert row[12] == session.load / 100


def test_a_make_up_sunday_is_shown_as_sunday(written: tuple[Lang, Path], book: Workbook) -> None:
    days = {
        row[1]
        for row in sheet(book, 9).iter_rows(min_row=2, values_only=True)
        if row[0] == dt.datetime(2026, 9, 20)
    }
    assert days == {"周日" if written[0] == "zh" else "Sun"}


def test_covers_moves_and_cancellations_are_told(
    written: tuple[Lang, Path], book: Workbook
) -> None:
    rows = list(sheet(book, 9).iter_rows(min_row=2, values_only=True))
    cover, moved, cancelled = ("代课", "调整", "取消")
    if written[0] == "en":
        cover, moved, cancelled = ("cover", "moved", "cancelled")
    assert [row[14] for row in rows if row[13] == cover] == [NAMES[1]] * 2
    assert [(row[9], row[15]) for row in rows if row[13] == moved] == [("多功能厅", "音乐教室")] * 2
    assert [row[12] for row in rows if row[13] == cancelled] == [0, 0]


def test_sessions_can_be_filtered_and_printed(book: Workbook) -> None:
    page = sheet(book, 9)
    assert page.auto_filter.ref == f"A1:Q{page.max_row}"
    assert page.freeze_panes == "B2"
    assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    ("number", "count"), [(2, 8), (3, 20), (5, 5)], ids=["classes", "staff", "clubs"]
)
def test_a_page_for_each(book: Workbook, number: int, count: int) -> None:
    assert len(sheet(book, number).row_breaks.brk) == count


def test_every_sheet_fits_the_width_of_a4(book: Workbook) -> None:
    for page in book.worksheets[:-1]:
        assert isinstance(page, Worksheet)
        setup = page.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert str(page.page_setup.paperSize) == "9"
        head, foot = page.oddHeader, page.oddFooter
        assert head is not None
        assert foot is not None
        assert (head.left.text, head.right.text) == ("实验小学", "2026学年第一学期")
        assert foot.right.text == "&P / &N"


def test_the_overview_has_charts_of_fairness(written: tuple[Lang, Path]) -> None:
    with zipfile.ZipFile(written[1]) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        text = archive.read(charts[0]).decode()
    assert len(charts) == 3  # load, wishes, unwelcome work
    assert TITLES[written[0]][8] in text


def test_no_chart_of_the_overview_is_cut_by_a_page(written: tuple[Lang, Path]) -> None:
    page = sheet(load_workbook(written[1]), 0)
    breaks = [brk.id for brk in page.row_breaks.brk]
    charts = page._charts  # type: ignore[attr-defined]
    assert len(charts) == 3
    for chart in charts:
        first, last = chart.anchor._from.row + 1, chart.anchor.to.row
        assert not any(first <= row < last for row in breaks)
        start = max((row for row in breaks if row < first), default=0)
        heights = (page.row_dimensions[row].height or 15 for row in range(start + 1, last + 1))
        # A4 has 842 - 1.4 * 72 = 741 points between its margins; 8 columns of 92.5 pixels are
        # 555 points, printed on 595 - 72 = 523 of them: 741 * 555 / 523 = 786
        assert sum(heights) <= 786


def test_copies_say_that_they_are_copies(written: tuple[Lang, Path], book: Workbook) -> None:
    word = "副本" if written[0] == "zh" else "Copy"
    for number in (0, 2, 3, 4, 5, 6, 7, 8):
        texts = [row[0] for row in sheet(book, number).iter_rows(max_row=5, values_only=True)]
        assert any(word in str(text) for text in texts), number


def test_names_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    text = published().model_dump_json().replace("音乐教室", "=1+1")
    path = tmp_path / "a.xlsx"
    write_timetable(Published.model_validate_json(text), path, "zh")
    rows = load_workbook(path)["场次"].iter_rows(min_col=10, max_col=10)
    kinds = {cell.data_type for (cell,) in rows if cell.value == "=1+1"}
    assert kinds
    assert "f" not in kinds


@pytest.mark.parametrize("lang", LANGS)
def test_the_copy_to_send_round_has_nothing_private(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "share.xlsx"
    write_share(published(lang), path, lang)
    with zipfile.ZipFile(path) as archive:
        everything = "\n".join(archive.read(n).decode("utf-8") for n in archive.namelist())
    private = [PHONE, LEAVE, "prefers", "rather_not", "_afterschool", "chart", "自愿", "agreed"]
    private += ["意愿", "尽量不", "应得", "rather not", "ishes", "fair share", "Fair"]
    assert [word for word in private if word in everything] == []
    book = load_workbook(path)
    assert TITLES[lang][8] not in book.sheetnames
    units = [row[12] for row in sheet(book, -1).iter_rows(min_row=2, values_only=True)]
    assert set(units) == {None}


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "timetable.xlsx"
    path.write_bytes(b"old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(emit, "_splice", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_timetable(published(), path, "zh")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_said_clearly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(emit, "_splice", full)
    with pytest.raises(OutputError) as error:
        write_timetable(published(), tmp_path / "a.xlsx", "zh")
    assert "磁盘已满" in error.value.message.text("zh")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".~lock.a.xlsx#").write_text("mei", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        write_timetable(published(), tmp_path / "a.xlsx", "en")
    assert "open in another program" in error.value.message.text("en")


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        write_timetable(published(), tmp_path / "nowhere" / "a.xlsx", "en")
    assert re.search("folder does not exist", error.value.message.text("en"))


def test_the_same_term_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_timetable(published(), tmp_path / f"{name}.xlsx", "zh")
    parts = []
    for name in "ab":
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx") as archive:
            parts.append({n: archive.read(n) for n in archive.namelist()})
    for part in parts:
        part.pop("docProps/core.xml")
    assert parts[0] == parts[1]


def test_programs_that_stream_rows_find_all_sessions(written: tuple[Lang, Path]) -> None:
    lang, path = written
    title = wording.SESSIONS.text(lang)
    book = load_workbook(path, read_only=True)
    streamed = list(book[title].iter_rows(values_only=True))
    book.close()
    sessions = View(published(lang), lang).sessions
    assert len(streamed) == len(sessions) + 1
    head, first = streamed[0], streamed[1]
    assert list(head) == [column.text(lang) for column in wording.SESSION_COLUMNS]
    row = dict(zip(head, first, strict=True))
    date, start, key = (wording.SESSION_COLUMNS[n].text(lang) for n in (0, 4, 16))
    assert row[date] == dt.datetime.combine(sessions[0].date, dt.time())
    assert row[start] == sessions[0].start
    assert row[key] == sessions[0].key


def test_reasons_say_who_is_away_and_why(written: tuple[Lang, Path], book: Workbook) -> None:
    # NAMES[1] is on leave from 12 to 16 October; somebody else covers, or nobody
    sheet = book[wording.EXCEPTIONS.text(written[0])]
    why = {"zh": f"{NAMES[1]}：{LEAVE}", "en": f"{NAMES[1]}: {LEAVE}"}[written[0]]
    reasons = {
        row[9]
        for row in sheet.iter_rows(min_row=5, values_only=True)
        if isinstance(row[0], dt.datetime) and 12 <= row[0].day <= 16 and row[0].month == 10
    }
    assert reasons - {None} == {why}
