"""What is wrong with a file, a sheet, a heading or a formula, rather than with one answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from instances import check_texts, problem_texts
from instances.problems import Fault, Problem, Reading
from instances.reading import read_instance
from tests.helpers.books import Book

P, T = problem_texts, check_texts


def only(reading: Reading) -> Problem:
    assert reading.instance is None or not reading.errors
    (problem,) = reading.problems
    for lang in ("zh", "en"):
        assert problem.message.text(lang)
        assert problem.remedy.text(lang)
    return problem


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("school.xls", b"anything", P.SAVE_AS_XLSX),
        ("school.et", b"anything", P.SAVE_AS_XLSX),
        ("school.csv", "姓名,意愿\n".encode("gbk"), P.SAVE_AS_XLSX),
        ("school.pdf", b"%PDF", P.UNKNOWN_FORMAT),
        ("school.xlsx", b"", P.EMPTY_FILE),
        ("school.xlsx", b"no zip at all", P.NOT_A_WORKBOOK),
        ("school.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", P.ENCRYPTED),
        ("school.json", b"", P.EMPTY_FILE),
    ],
)
def test_unusable_files(name: str, content: bytes, fault: Fault, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    problem = only(read_instance(path))
    assert (problem.fault, problem.sheet, problem.cell) == (fault, name, None)


@pytest.mark.parametrize("name", ["none.xlsx", "none.json", "none.xls"])
def test_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    assert only(read_instance(tmp_path / name)).fault is P.NO_FILE


@pytest.mark.parametrize("name", ["folder.xlsx", "folder.json"])
def test_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    assert only(read_instance(tmp_path / name)).fault is P.IS_FOLDER


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Book().save(tmp_path)

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert only(read_instance(path)).fault is P.NOT_READABLE


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert only(read_instance(path)).fault is P.NOT_A_WORKBOOK


def test_workbook_with_a_damaged_part(tmp_path: Path) -> None:
    whole = Book().save(tmp_path)
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:200] if "sheet3" in name else content)
    assert only(read_instance(path)).fault is P.NOT_A_WORKBOOK


def test_workbook_of_something_else(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["收入", "支出"])
    book.save(tmp_path / "money.xlsx")
    problem = only(read_instance(tmp_path / "money.xlsx"))
    assert problem.fault is P.NONE_OF_OUR_SHEETS
    assert "学期、班级、教师、意愿、活动" in problem.remedy.text("zh")


@pytest.mark.parametrize("sheet", ["term", "classes", "staff", "wishes", "activities"])
def test_missing_sheet_is_one_error(sheet: str, tmp_path: Path) -> None:
    book = Book().drop(sheet)
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.sheet) == (P.MISSING_SHEET, book.title(sheet))
    # by the name that the sheets of this file have, whatever language it is told in
    assert f"The sheet “{book.title(sheet)}” is missing." in problem.text("en")


def test_five_sheets_are_enough(tmp_path: Path) -> None:
    book = Book()
    book.set("activities", 1, "rooms", None)
    for sheet in ("calendar", "rooms", "busy", "leave", "pins"):
        book.drop(sheet)
    reading = read_instance(book.save(tmp_path))
    assert {problem.fault for problem in reading.problems} == {T.PUBLIC_HOLIDAY}  # a warning
    assert reading.instance is not None
    assert [segment.name for segment in reading.instance.segments] == ["第一段", "第二段"]


def test_wishes_may_be_left_out_where_all_have_a_default(tmp_path: Path) -> None:
    book = Book().drop("wishes").set("staff", 2, "default", "不行")
    reading = read_instance(book.save(tmp_path))
    assert [problem.fault for problem in reading.problems] == [P.NO_WISHES]
    assert reading.instance is not None


@pytest.mark.parametrize("sheet", ["classes", "staff", "activities"])
def test_headings_without_rows(sheet: str, tmp_path: Path) -> None:
    book = Book()
    book.rows[sheet] = [dict.fromkeys(book.columns(sheet))]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.sheet, problem.cell) == (P.NO_ROWS, book.title(sheet), "A2")


def test_sheet_without_headings(tmp_path: Path) -> None:
    book = Book()
    book.rows["staff"] = [{"甲": "王芳", "乙": "李明"}]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.sheet, problem.cell) == (P.NO_HEADINGS, "教师", "A1")
    assert "姓名" in problem.remedy.text("zh")


def test_missing_column(tmp_path: Path) -> None:
    book = Book()
    for row in book.rows["classes"]:
        del row["size"]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (P.MISSING_COLUMN, "D1")
    assert "人数" in problem.message.text("zh")


def test_missing_item_of_the_term(tmp_path: Path) -> None:
    book = Book()
    book.rows["term"] = [item for item in book.rows["term"] if "end" not in item]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (P.MISSING_ITEM, "A5")


def test_blank_item_of_the_term(tmp_path: Path) -> None:
    book = Book().set("term", 0, "end", None)
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (P.MISSING_VALUE, "B5")
    assert problem.message.text("en") == "“放假日期” is blank."


def test_column_twice(tmp_path: Path) -> None:
    book = Book().set("classes", 0, "学生人数", 44)
    problem = only(read_instance(book.save(tmp_path)))
    where = book.cell("classes", -1, "学生人数")
    assert (problem.fault, problem.cell) == (P.DUPLICATE_HEADING, where)


def test_same_sheet_in_two_languages(tmp_path: Path) -> None:
    book = Book().workbook()
    book.create_sheet("Staff").append(["Name"])
    book.save(tmp_path / "school.xlsx")
    problem = only(read_instance(tmp_path / "school.xlsx"))
    assert (problem.fault, problem.sheet) == (P.TWO_SHEETS, "Staff")


@pytest.mark.parametrize(
    ("title", "fault"),
    [("时段表", P.UNKNOWN_SHEET), ("教师名单", P.SHEET_NOT_READ), ("通讯录", None)],
)
def test_further_sheets(title: str, fault: Fault | None, tmp_path: Path) -> None:
    book = Book().workbook()
    book.create_sheet(title).append(["姓名", "开始"])
    book.save(tmp_path / "school.xlsx")
    reading = read_instance(tmp_path / "school.xlsx")
    assert reading.instance is not None
    assert [problem.fault for problem in reading.problems] == ([fault] if fault else [])


def test_heading_that_is_nearly_known(tmp_path: Path) -> None:
    book = Book().set("staff", 0, "每周上线", 3)
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.value) == (P.UNKNOWN_HEADING, "每周上线")
    assert problem.remedy.text("zh") == "是否应为“每周上限”？"


def test_own_columns_are_not_looked_at(tmp_path: Path) -> None:
    book = Book().set("staff", 0, "备注", "#REF!").set("classes", 1, "多媒体", "坏了")
    book.set("wishes", 0, "提交时间", "2026-08-30")
    assert read_instance(book.save(tmp_path)).problems == ()


def test_formula_never_computed(tmp_path: Path) -> None:
    book = Book().set("classes", 0, "size", "=40+5")
    problem = only(read_instance(book.save(tmp_path)))
    where = book.cell("classes", 0, "size")
    assert (problem.fault, problem.cell, problem.value) == (
        P.FORMULA_WITHOUT_VALUE,
        where,
        "=40+5",
    )


def test_computed_formula_counts_as_its_value(tmp_path: Path) -> None:
    whole = Book().set("classes", 0, "size", "=40+5").save(tmp_path)
    path = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name,
                content.replace(b"<v></v>", b"<v>45</v>")
                .replace(b"<v/>", b"<v>45</v>")
                .replace(b"<v />", b"<v>45</v>"),
            )
    assert load_workbook(path, data_only=True)["班级"]["C2"].value == 45
    reading = read_instance(path)
    assert reading.problems == ()
    assert reading.instance is not None
    assert reading.instance.classes[0].size == 45


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#DIV/0!"])
def test_error_in_a_cell(value: str, tmp_path: Path) -> None:
    book = Book().set("staff", 0, "default", value)
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.value) == (P.EXCEL_ERROR, value)


def test_two_who_share_a_name_are_told_apart_by_number(tmp_path: Path) -> None:
    book = Book()
    book.set("staff", 3, "name", "王芳").set("staff", 3, "number", "T02")
    book.set("staff", 3, "default", "可以")
    faults = {problem.fault for problem in read_instance(book.save(tmp_path)).problems}
    assert faults == {T.AMBIGUOUS_STAFF}
    book.set("classes", 0, "home_teacher", "王芳（T02）").set("wishes", 0, "staff", "王芳(T01)")
    book.set("busy", 0, "staff", "T02")
    reading = read_instance(book.save(tmp_path))
    assert reading.problems == ()
    assert reading.instance is not None
    assert reading.instance.classes[0].home_teacher == "王芳(T02)"
    assert reading.instance.staff_by_key["王芳(T02)"].busy
    assert reading.instance.staff_by_key["王芳(T01)"].wishes


def test_ambiguous_person_lists_the_candidates(tmp_path: Path) -> None:
    book = Book()
    book.set("staff", 3, "name", "王芳").set("staff", 3, "number", "T02")
    book.set("staff", 3, "default", "可以")
    problems = read_instance(book.save(tmp_path)).problems
    assert all("王芳(T01)、王芳(T02)" in problem.remedy.text("zh") for problem in problems)
    assert {problem.cell for problem in problems if problem.sheet == "班级"} == {
        book.cell("classes", 0, "home_teacher")
    }


def test_contradicting_wishes_of_one_person(tmp_path: Path) -> None:
    book = Book().set("wishes", 3, "staff", "王芳").set("wishes", 3, "周一 第一段", "愿意")
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (
        T.WISH_CONTRADICTS,
        book.cell("wishes", 3, "周一 第一段"),
    )
    book.set("wishes", 3, "周一 第一段", "不行")
    assert only(read_instance(book.save(tmp_path))).fault is T.WISHES_TWICE


def test_person_without_default_who_is_not_in_the_wishes(tmp_path: Path) -> None:
    book = Book()
    del book.rows["wishes"][2]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.sheet, problem.cell) == (
        T.NO_DEFAULT,
        "教师",
        book.cell("staff", 2, "default"),
    )
    assert "10" in problem.message.text("zh")


def test_class_in_two_kinds_of_care(tmp_path: Path) -> None:
    from instances.activity_texts import CLASS_TWICE

    book = Book().set("activities", 2, "name", "延时看护").set("activities", 2, "kind", "延时看护")
    book.set("activities", 2, "segments", "第二段")
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (CLASS_TWICE, "A4")
    assert "活动 A2" in problem.message.text("zh")
    book.set("activities", 0, "segments", "第一段")
    assert read_instance(book.save(tmp_path)).problems == ()


def test_segments_of_one_grade_overlap(tmp_path: Path) -> None:
    book = Book()
    first = {"name": "第一段", "start": "15:30", "end": "16:30", "grades": "一至三年级"}
    second = {"name": "第二段", "start": "16:20", "end": "17:30", "grades": "三至六年级"}
    book.rows["segments"] = [first, second]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (T.SEGMENTS_OVERLAP, "B3")
    assert "三年级" in problem.message.text("zh")


def test_rows_of_one_segment_disagree(tmp_path: Path) -> None:
    book = Book()
    row = {"name": "第一段", "start": "15:30", "end": "16:30", "weekdays": "周一至周四", "units": 1}
    other = {**row, "weekdays": "周五", "start": "15:00", "units": 2}
    second = {"name": "第二段", "start": "16:30", "end": "17:30", "weekdays": "每天"}
    book.rows["segments"] = [row, other, second]
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (T.SEGMENT_DISAGREES, "E3")


def test_segment_of_an_unknown_phase(tmp_path: Path) -> None:
    book = Book()
    row = {"name": "第一段", "start": "15:30", "end": "16:30", "phase": None}
    book.rows["segments"] = [row, {**row, "name": "第二段", "start": "16:30", "end": "17:30"}]
    book.rows["segments"].append({**row, "start": "15:00", "end": "16:00", "phase": "冬季"})
    problem = only(read_instance(book.save(tmp_path)))
    assert (problem.fault, problem.cell) == (T.UNKNOWN_PHASE, "D4")
    assert "日历" in problem.remedy.text("zh")


def test_make_up_day_twice_and_phases_that_overlap(tmp_path: Path) -> None:
    book = Book()
    book.rows["calendar"].append({"type": "调休", "start": "2026-10-10", "follows": "周四"})
    phase = {"type": "阶段", "name": "冬", "start": "2026-11-01", "end": "2027-01-22"}
    book.rows["calendar"] += [phase, {**phase, "name": "春"}]
    problems = read_instance(book.save(tmp_path)).problems
    assert [(problem.fault, problem.cell) for problem in problems] == [
        (T.MAKE_UP_TWICE, "C6"),
        (T.PHASES_OVERLAP, "C8"),
    ]


def test_term_without_a_day_of_service(tmp_path: Path) -> None:
    book = Book().set("term", 0, "service_start", "2026-10-01")
    book.set("term", 0, "service_end", "2026-10-07")
    problems = read_instance(book.save(tmp_path)).errors
    assert [problem.fault for problem in problems] == [T.NO_SERVICE_DAYS]


def test_blank_wish_column_of_a_slot_without_service(tmp_path: Path) -> None:
    book = Book().set("wishes", 0, "周六 第一段", None).set("wishes", 0, "周一 第九段", None)
    assert read_instance(book.save(tmp_path)).problems == ()


def test_missing_staff_and_wishes_are_both_told(tmp_path: Path) -> None:
    book = Book().drop("staff").drop("wishes")
    problems = read_instance(book.save(tmp_path)).problems
    assert {(problem.fault, problem.sheet) for problem in problems} == {
        (P.MISSING_SHEET, "教师"),
        (P.MISSING_SHEET, "意愿"),
    }


def test_segments_named_everywhere_but_on_no_sheet_are_one_problem(tmp_path: Path) -> None:
    """Two headings of wishes name one: 2 places."""
    book = Book().set("wishes", 0, "周一 晚一", "可以").set("wishes", 0, "周二 晚一", "可以")
    missing = only(read_instance(book.save(tmp_path)))
    assert (missing.fault, missing.sheet) == (P.MISSING_SEGMENTS, "时段")
    assert "有2处" in missing.message.text("zh")
