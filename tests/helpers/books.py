"""Small workbooks for tests: a good school, of which a test changes what it is about."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from instances.messages import Lang
from instances.workbook.spec import SHEET_BY_KEY, WISHES_LIST, SheetSpec

DAYS = {"zh": ["周一", "周二", "周三", "周四", "周五"], "en": ["Mon", "Tue", "Wed", "Thu", "Fri"]}
Rows = list[dict[str, Any]]

GOOD: dict[str, Rows] = {
    "term": [
        {"school": "示范小学"},
        {"name": "第一学期"},
        {"start": "2026-09-01"},
        {"end": "2027-01-22"},
        {"service_start": "2026-09-07"},
    ],
    "calendar": [
        {"type": "放假", "name": "国庆节", "start": "2026-10-01", "end": "2026-10-07"},
        {"type": "调休", "start": "2026-10-10", "follows": "周三", "runs": "是"},
        {"type": "考试周", "start": "2026-11-09", "end": "2026-11-13"},
        {"type": "放假", "name": "元旦", "start": "2027-01-01"},
    ],
    "classes": [
        {"name": "三（1）班", "grade": "三年级", "size": 45, "home_teacher": "王芳"},
        {"name": "三（2）班", "grade": 3, "size": 43, "home_teacher": "李明"},
    ],
    "rooms": [
        {"name": "操场", "capacity": 400, "groups": 4, "closures": ""},
        {"name": "音乐室", "capacity": 50, "features": "钢琴"},
    ],
    "staff": [
        {"name": "王芳", "number": "T01", "skills": "语文", "default": "可以", "cap_day": 2},
        {"name": "李明", "skills": "足球、体育", "default": "愿意", "coefficient": 0.5},
        {"name": "赵静", "skills": "音乐", "default": "", "outside": "是"},
    ],
    "wishes": [
        {"staff": "王芳", "周一 第一段": "不行"},
        {"staff": "李明"},
        {
            "staff": "赵静",
            **{f"{day} {band}": "可以" for day in DAYS["zh"] for band in ("第一段", "第二段")},
        },
    ],
    "busy": [{"staff": "王芳", "weekday": "周三", "start": "15:30", "end": "16:10"}],
    "leave": [{"staff": "李明", "start": "2026-11-02", "end": "2026-11-06", "reason": "培训"}],
    "activities": [
        {"name": "作业看护", "kind": "作业看护"},
        {
            "name": "足球社",
            "kind": "社团",
            "weekdays": "周二、周四",
            "segments": "第二段",
            "per_week": 1,
            "rooms": "操场",
            "posts": "指导教师（足球）",
            "capacity": 30,
            "minimum": 10,
        },
    ],
    "pins": [{"activity": "足球社", "weekday": "周二", "staff": "李明"}],
}

EVENTS: Rows = [
    {
        "name": "运动会",
        "kind": "运动会",
        "start": "2026-10-12",
        "end": "2026-10-30",
        "length": 1,
        "venues": "操场",
        "posts": "裁判",
        "agreed": "王芳、李明",
        "reserve": "2026-11-04",
    },
    {"name": "县运动会", "start": "2026-10-14", "clubs": "足球社", "place": "县体育场"},
]
"""Events that the good school could have."""


class Book:
    """The rows of a workbook by sheet and column; columns without a key are headings as such.

    ``above`` rows are put over the headings. Rows are counted from 0.
    """

    def __init__(self, rows: dict[str, Rows] | None = None, lang: Lang = "zh") -> None:
        self.rows = deepcopy(GOOD if rows is None else rows)
        self.lang = lang
        self.above: dict[str, list[list[Any]]] = {}
        self.titles: dict[str, str] = {}

    def set(self, sheet: str, row: int, column: str, value: object) -> Book:
        """Put a value into a cell; a row beyond the last is added."""
        rows = self.rows.setdefault(sheet, [])
        if sheet == "term":
            rows[:] = [item for item in rows if column not in item] + [{column: value}]
            return self
        while len(rows) <= row:
            rows.append({})
        rows[row][column] = value
        return self

    def drop(self, sheet: str) -> Book:
        del self.rows[sheet]
        return self

    def spec(self, sheet: str) -> SheetSpec:
        long = sheet == "wishes" and any("level" in row for row in self.rows[sheet])
        return WISHES_LIST if long else SHEET_BY_KEY[sheet]

    def columns(self, sheet: str) -> list[str]:
        return list(dict.fromkeys(column for row in self.rows[sheet] for column in row))

    def title(self, sheet: str) -> str:
        return self.titles.get(sheet, SHEET_BY_KEY[sheet].title.text(self.lang))

    def heading(self, sheet: str, column: str) -> str:
        spec = self.spec(sheet)
        known = {known.key: known.title.text(self.lang) for known in spec.columns}
        return known.get(column, column)

    def cell(self, sheet: str, row: int, column: str) -> str:
        """The address of a cell; row -1 is that of the headings."""
        above = len(self.above.get(sheet, ()))
        if sheet == "term":
            keys = [key for item in self.rows["term"] for key in item]
            return f"B{keys.index(column) + 1 + above}"
        letter = get_column_letter(self.columns(sheet).index(column) + 1)
        return f"{letter}{row + 2 + above}"

    def workbook(self) -> Workbook:
        book = Workbook()
        book.remove(book.worksheets[0])
        for key, rows in self.rows.items():
            sheet = book.create_sheet(self.title(key))
            for line in self.above.get(key, ()):
                sheet.append(line)
            if key == "term":
                for item in rows:
                    for column, value in item.items():
                        sheet.append([self.heading(key, column), value])
                continue
            columns = self.columns(key)
            sheet.append([self.heading(key, column) for column in columns])
            for row in rows:
                sheet.append([row.get(column) for column in columns])
        return book

    def save(self, folder: Path, name: str = "school.xlsx") -> Path:
        path = folder / name
        self.workbook().save(path)
        return path
