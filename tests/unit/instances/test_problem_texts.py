"""Everything that is said about an input is said in two languages, with a remedy."""

from __future__ import annotations

import re

import pytest

from instances import activity_texts, check_texts, json_texts, problem_texts
from instances.problems import Fault, Place, error
from instances.workbook.sheet import ColumnSpec, SheetSpec
from instances.workbook.spec import SHEETS, WISHES_LIST
from instances.workbook.table import column_of, plain_heading

FAULTS = {
    f"{module.__name__}.{name}": fault
    for module in (activity_texts, check_texts, json_texts, problem_texts)
    for name, fault in vars(module).items()
    if isinstance(fault, Fault)
}
ALL_SHEETS = (*SHEETS, WISHES_LIST)
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_wordings(fault: Fault) -> None:
    for template in (fault.message, fault.remedy):
        assert template.zh.endswith(("。", "}")), template.zh
        assert template.en.endswith((".", "}")), template.en
        assert CHINESE.search(template.zh)
        assert not CHINESE.search(template.en)
        assert '"' not in template.zh
        assert not re.search(r"[,;:!?]", re.sub(r"\{\w+\}", "", template.zh).replace(":30", ""))


@pytest.mark.parametrize(
    ("near", "zh", "en"),
    [
        (["李明"], "是否应为“李明”？", "Maybe “李明”?"),
        ("李明", "是否应为“李明”？", "Maybe “李明”?"),
        (["甲", "乙"], "是否应为“甲”或“乙”？", "Maybe “甲” or “乙”?"),
        (["甲", "乙", "丙"], "是否应为“甲”、“乙”或“丙”？", "Maybe “甲”, “乙” or “丙”?"),
    ],
)
def test_each_name_that_may_be_meant_has_its_own_quotes(
    near: str | list[str], zh: str, en: str
) -> None:
    fault = error("错", "Wrong", "改", "Mend it")
    remedy = fault.at(Place("表", "A1"), near=near).remedy
    assert (remedy.text("zh"), remedy.text("en")) == (zh, en)
    assert fault.at(Place("表", "A1"), near=()).remedy.text("zh") == "改"


def test_no_sentence_is_said_by_two_faults() -> None:
    said = [(fault.message.zh, fault.remedy.zh) for fault in FAULTS.values()]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("spec", ALL_SHEETS, ids=lambda spec: spec.key)
def test_headings_are_told_apart(spec: SheetSpec) -> None:
    for column in spec.columns:
        for heading in (column.title.zh, column.title.en):
            assert column_of(spec, heading) is column
            assert column_of(spec, f" {heading} * ") is column
        for alias in column.aliases:
            assert column_of(spec, alias) is column, alias


def test_sheets_are_told_apart() -> None:
    titles = [plain_heading(title) for spec in SHEETS for title in spec.titles]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    "column",
    [column for spec in ALL_SHEETS for column in spec.columns],
    ids=lambda column: column.key,
)
def test_columns_are_explained(column: ColumnSpec) -> None:
    assert CHINESE.search(column.note.zh)
    assert column.note.en
    assert not CHINESE.search(column.note.en)
    assert (column.low is None) is (column.high is None)
