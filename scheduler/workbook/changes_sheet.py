"""Changes: what was and what is, the weekly ones first, then single dates."""

from __future__ import annotations

from collections.abc import Iterator

from instances.messages import Label
from scheduler.change_groups import ChangeGroup
from scheduler.change_texts import is_listed, sides, when_text
from scheduler.changes import ChangeKind
from scheduler.workbook import wording
from scheduler.workbook.flat import Column, flat_sheet
from scheduler.workbook.sheet import Sheet, Value
from scheduler.workbook.view import View

COLUMNS = (
    Column(Label("范围", "Scope"), 10, "text"),
    Column(Label("起始日期", "From"), 12, "date"),
    Column(Label("截止日期", "To"), 12, "date"),
    Column(Label("次数", "Dates"), 7, "text"),
    Column(Label("星期", "Weekday"), 9, "text"),
    Column(Label("时间", "Time"), 13, "text"),
    Column(Label("活动", "Activity"), 18),
    Column(Label("班级", "Classes"), 16),
    Column(Label("岗位", "Post"), 11, "text"),
    Column(Label("变动", "What"), 16, "text"),
    Column(Label("原安排", "Was"), 22),
    Column(Label("现安排", "Is now"), 22, "left_new"),
    Column(Label("说明", "When"), 26),
)
WEEKLY = Label("每周", "weekly")
SINGLE = Label("单次", "one date")
SOME = Label("多次", "some dates")
NOT_THERE = "—"
NONE = Label("与上一份课表相比没有变动。", "Nothing differs from the timetable before.")


def changes_sheet(view: View) -> Sheet:
    """The changes from the timetable that this one was made from, ready to be filtered."""
    return flat_sheet(view, wording.CHANGES, COLUMNS, _rows(view), none=NONE)


def _rows(view: View) -> Iterator[tuple[Value, ...]]:
    for single in (False, True):
        for group in view.news.groups:
            if group.is_single is single:
                yield _row(view, group)


def _scope(group: ChangeGroup) -> Label:
    if group.is_single:
        return SINGLE
    return SOME if is_listed(group) else WEEKLY


def _row(view: View, group: ChangeGroup) -> tuple[Value, ...]:
    lang, change = view.lang, group.one
    old, new = (part.text(lang) for part in sides(group))
    if ChangeKind.NEW in change.kinds:
        old = NOT_THERE
    if ChangeKind.GONE in change.kinds:
        new = NOT_THERE
    return (
        _scope(group).text(lang),
        group.first,
        group.last,
        len(group.changes),
        group.weekday.text(lang),
        "\n".join(group.clocks),
        change.activity,
        None if change.activity in view.news.clubs else view.joined(list(change.classes)),
        change.role.text(lang),
        view.joined([kind.text(lang) for kind in change.kinds]),
        old,
        new,
        when_text(group).text(lang),
    )
