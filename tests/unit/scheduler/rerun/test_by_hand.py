"""A rerun of a timetable edited by hand: an edit is kept, or listed with the cell and the rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from constraints.context import Context
from constraints.examples import CLUBS
from instances.messages import LANGS
from instances.timetable import DatedChange, When, moved_key
from scheduler.rerun import rerun as the_rerun
from scheduler.rerun.by_hand import rerun_edited as keeping
from scheduler.rerun.by_hand.report import overridden, replaced_where_moved
from scheduler.workbook.edits import Edit
from scheduler.workbook.sheet import coordinate
from scheduler.workbook.view import View
from tests.helpers.by_hand import (
    CLASSES,
    DATE,
    DUTY_WEDNESDAY,
    GRID,
    GRID_ROOM,
    GRID_THURSDAY,
    GRID_TUESDAY,
    GRID_WHEN,
    KEY,
    LAST_THURSDAY,
    LAST_TUESDAY,
    ROOM,
    SESSIONS,
    STAFF,
    STATUS,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Edited,
    grid_row,
    key_of,
    published,
    read,
    row_of,
    typed,
)


def test_a_room_that_the_club_may_not_use_is_not_kept_bug() -> None:
    """The choir may only be in 音乐室 or 体育馆."""
    row = row_of(TUESDAY, "合唱")
    found = typed({(SESSIONS, row, ROOM): "操场"})
    assert found.said == [
        f"“场次”J{row}改成了操场，但这样违反必须遵守的规则“场地不合适”：“合唱”（10人，只可用：音乐室、"
        "体育馆）不能用操场（容纳400人）。现为音乐室。"
    ]
    assert found.rows(TUESDAY, "合唱") == [("王芳", "音乐室", "正常")]


def test_care_moved_into_a_room_that_is_taken_is_not_kept_bug() -> None:
    """Class 三1 would be in its room twice on the Thursday."""
    row = row_of(TUESDAY, "看护", "三1")
    found = typed({(SESSIONS, row, DATE): THURSDAY})
    (said,) = found.said
    assert f"“场次”A{row}改成了9月17日社团，但这样违反必须遵守的规则" in said
    assert said.endswith("现为9月15日社团。")
    assert found.rows(TUESDAY, "看护")[0] == ("李明", "三1", "正常")


def test_a_move_to_a_date_that_an_event_takes_is_not_kept_bug() -> None:
    row = row_of(LAST_TUESDAY, "合唱")
    found = typed({(SESSIONS, row, DATE): LAST_THURSDAY})
    (said,) = found.said
    assert f"“场次”A{row}改成了9月24日社团" in said
    assert "书画" in said
    assert found.rows(LAST_TUESDAY, "合唱") == [("王芳", "音乐室", "正常")]


def test_where_a_meeting_moved_somebody_hands_their_post_on_to_lead_it() -> None:
    """On Thursdays 王芳 has not agreed; 何平 may lead the choir, but has chess, which 陈红 leads
    then instead."""
    found = typed({(SESSIONS, row_of(TUESDAY, "合唱"), DATE): THURSDAY})
    assert found.said == []
    assert found.rows(TUESDAY, "合唱") == [("王芳", "音乐室", "调整")]
    assert found.rows(THURSDAY, "合唱") == [("何平", "音乐室", "调整")]
    assert found.rows(THURSDAY, "棋艺") == [("陈红", "操场", "代课")]


def test_a_move_without_its_leader_is_kept_and_says_why_nobody_comes_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On Thursdays 王芳 has not agreed, and nobody else may lead the choir but 何平, who has chess
    and does not hand it on here."""
    monkeypatch.setattr(the_rerun, "chained", lambda _, timetable, *_rest: timetable)
    row = row_of(TUESDAY, "合唱")
    found = typed({(SESSIONS, row, DATE): THURSDAY})
    assert found.said == []
    assert found.rows(TUESDAY, "合唱") == [("王芳", "音乐室", "调整")]
    assert found.rows(THURSDAY, "合唱") == [(None, "音乐室", "空缺")]
    (told,) = found.replaced
    assert told.message.text("zh") == (
        f"“场次”A{row}移到了9月17日社团，已保留；但王芳那时去不了，否则违反必须遵守的规则"
        "“未经本人同意”：王芳没有同意周四社团的“合唱”（9月17日）。现为（空缺）。"
    )
    assert "王芳 cannot be there" in told.message.text("en")
    assert told.message.text("en").endswith("Who comes: nobody.")
    moved = next(one for one in found.sessions if one.date == THURSDAY and one.moved_from)
    assert View(found.new, "zh").reason(moved) == "王芳：届时不能到场"


def test_a_post_emptied_on_a_date_stays_open_bug() -> None:
    """李明 could come; nobody is asked for."""
    row = row_of(TUESDAY, "看护", "三1")
    for cells in ({STAFF: None, STATUS: "空缺"}, {STAFF: None}, {STATUS: "空缺"}):
        found = typed({(SESSIONS, row, column): value for column, value in cells.items()})
        assert found.said == []
        assert found.rows(TUESDAY, "看护")[0] == (None, "三1", "空缺")
        assert found.rows(LAST_TUESDAY, "看护")[0] == ("李明", "三1", "正常")


def test_a_cell_emptied_in_the_grid_stays_open_bug() -> None:
    found = typed({(GRID, grid_row("门岗"), DUTY_WEDNESDAY): None})
    assert [edit.what for edit in found.edits] == ["holder"]
    assert found.said == []
    assert found.rows(WEDNESDAY, "门岗") == [(None, None, "空缺")]
    assert [one["zh"] for one in found.new.result.open_reasons.values()] == ["手工清空，未安排。"]


def test_a_club_without_a_time_does_not_meet_bug() -> None:
    """It could meet as it did."""
    found = typed({(GRID, grid_row("合唱"), GRID_WHEN): None})
    assert found.said == []
    assert "合唱" not in found.new.timetable.placements
    assert found.rows(TUESDAY, "合唱") == []
    assert [one["en"] for one in found.new.result.open_reasons.values()] == ["Emptied by hand."]


def test_a_time_without_a_leader_names_the_rule_bug() -> None:
    """王芳 has not agreed to Thursdays; 何平, who is also named, has chess then."""
    found = typed({(GRID, row := grid_row("合唱"), GRID_WHEN): "周四 社团"})
    (said,) = found.said
    assert f"“总课表”D{row}改成了周四 社团，但这样违反必须遵守的规则“未经本人同意”：王芳" in said
    assert said.endswith("现为周二 社团。")


def test_what_is_said_of_a_meeting_that_goes_back_keeps_its_people() -> None:
    """何平 may lead the choir, but it may not be on the playground: he leads it where it was."""
    row = row_of(TUESDAY, "合唱")
    found = typed({(SESSIONS, row, ROOM): "操场", (SESSIONS, row, STAFF): "何平"})
    assert len(found.said) == 1
    assert found.rows(TUESDAY, "合唱") == [("何平", "音乐室", "代课")]


def test_a_move_to_a_room_that_is_no_good_is_kept_without_the_room() -> None:
    row = row_of(LAST_TUESDAY, "合唱")
    cells = {(SESSIONS, row, DATE): THURSDAY, (SESSIONS, row, ROOM): "会议室"}
    found = typed({**cells, (SESSIONS, row_of(THURSDAY, "棋艺"), STATUS): "取消"})
    assert [one.edit.what for one in found.dropped] == ["room"]
    assert found.rows(THURSDAY, "合唱") == [("何平", "音乐室", "调整")]


CHOIR, CHESS = "20260915|社团|合唱/leader1", "20260917|社团|棋艺/leader1"


def test_a_club_moved_to_a_date_on_which_its_room_is_taken_gets_another_bug() -> None:
    """Chess is in 音乐室 on the Thursday, by hand as well."""
    choir, chess = row_of(TUESDAY, "合唱"), row_of(THURSDAY, "棋艺")
    found = typed({(SESSIONS, choir, DATE): THURSDAY, (SESSIONS, chess, ROOM): "音乐室"})
    assert found.said == []
    assert found.rows(THURSDAY, "合唱") == [(None, "体育馆", "空缺")]


def test_where_a_club_is_on_the_date_to_which_it_moved_is_told_with_the_rule() -> None:
    to = When(date=THURSDAY, segment=CLUBS)
    changes = {
        CHOIR: DatedChange(to=to),
        moved_key(CHOIR): DatedChange(room="体育馆", open=True),
        CHESS: DatedChange(room="音乐室"),
    }
    timetable = published().timetable.model_copy(update={"changes": changes})
    edit = Edit(SESSIONS, "A11", "moved", CHOIR, "", "", when=to)
    context = Context(published().instance, history=timetable.history)
    known = context, timetable, [edit], timetable
    assert overridden(*known) == ()
    *_, told = replaced_where_moved(*known)
    # nobody leads the choir, so it would be in nobody's way
    assert (
        told.message.text("zh")
        == "“场次”A11移到了9月17日社团，已保留；但那时不在音乐室，现用体育馆。"
    )
    there = {**changes, moved_key(CHOIR): DatedChange(room="体育馆", staff="何平")}
    led = timetable.model_copy(update={"changes": there})
    *_, told = replaced_where_moved(context, led, [edit], led)
    assert told.message.text("zh").startswith(
        "“场次”A11移到了9月17日社团，已保留；但那时用音乐室违反必须遵守的规则“场地冲突”：音乐室"
    )
    assert told.message.text("en").endswith("It is in 体育馆.")


def test_edits_that_only_go_together_are_kept_together() -> None:
    """The classes change rooms on a date."""
    one, other = (row_of(TUESDAY, "看护", name) for name in ("三1", "三2"))
    found = typed({(SESSIONS, one, ROOM): "三2", (SESSIONS, other, ROOM): "三1"})
    assert found.said == []
    assert [room for _, room, _ in found.rows(TUESDAY, "看护")] == ["三2", "三1"]


def test_of_two_groups_in_one_room_the_one_that_came_goes_back() -> None:
    row = row_of(TUESDAY, "看护", "三1")
    found = typed({(SESSIONS, row, ROOM): "三2"})
    (said,) = found.said
    assert f"“场次”J{row}改成了三2，但这样违反必须遵守的规则“场地冲突”" in said
    assert found.rows(TUESDAY, "看护")[0] == ("李明", "三1", "正常")


def test_a_published_room_that_no_longer_suits_is_left() -> None:
    """The choir was to be in 体育馆 on a date, which may no longer be used for it."""
    row = row_of(TUESDAY, "合唱")
    activities = tuple(
        one.model_copy(update={"rooms": ("音乐室",)}) if one.name == "合唱" else one
        for one in published().instance.activities
    )
    found = typed({(SESSIONS, row, ROOM): "体育馆"}, activities=activities)
    assert len(found.said) == 1
    assert found.rows(TUESDAY, "合唱") == [("王芳", "音乐室", "正常")]


@pytest.mark.parametrize("date", [THURSDAY, LAST_THURSDAY])
def test_what_turns_out_to_be_impossible_is_made_anew(
    date: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it was not known before: care in a room that is taken, a club while there is an
    event."""
    monkeypatch.setattr(keeping, "without_impossible", lambda request: request)
    row = row_of(TUESDAY, "看护", "三1") if date == THURSDAY else row_of(LAST_TUESDAY, "合唱")
    found = typed({(SESSIONS, row, DATE): date, (GRID, grid_row("门岗"), DUTY_WEDNESDAY): "李明"})
    assert len(found.said) == 1
    assert f"“场次”A{row}改成了" in found.said[0]
    assert found.rows(WEDNESDAY, "门岗") == [("李明", None, "正常")]


TYPED: dict[str, tuple[tuple[str, int, int, object], ...]] = {
    "room of a club": ((SESSIONS, row_of(TUESDAY, "合唱"), ROOM, "体育馆"),),
    "room too small": ((SESSIONS, row_of(THURSDAY, "棋艺"), ROOM, "会议室"),),
    "room that may not be": ((SESSIONS, row_of(LAST_TUESDAY, "合唱"), ROOM, "操场"),),
    "room of others": ((SESSIONS, row_of(THURSDAY, "看护", "三1"), ROOM, "三2"),),
    "who can": ((SESSIONS, row_of(THURSDAY, "看护", "三2"), STAFF, "王芳"),),
    "who is there already": ((SESSIONS, row_of(TUESDAY, "看护", "三2"), STAFF, "李明"),),
    "who is away": ((SESSIONS, row_of(TUESDAY, "看护", "三1"), STAFF, "陈红"),),
    "who may not": ((SESSIONS, row_of(LAST_TUESDAY, "合唱"), STAFF, "赵静"),),
    "nobody": ((SESSIONS, row_of(WEDNESDAY, "门岗"), STAFF, None),),
    "no leader": ((SESSIONS, row_of(LAST_TUESDAY, "合唱"), STATUS, "空缺"),),
    "club cancelled": ((SESSIONS, row_of(THURSDAY, "棋艺"), STATUS, "取消"),),
    "care cancelled": ((SESSIONS, row_of(LAST_TUESDAY, "看护", "三1"), STATUS, "取消"),),
    "event called off": ((SESSIONS, row_of(LAST_THURSDAY, "棋艺"), STATUS, "正常"),),
    "club moved": ((SESSIONS, row_of(LAST_TUESDAY, "合唱"), DATE, THURSDAY),),
    "club moved to an event": ((SESSIONS, row_of(TUESDAY, "合唱"), DATE, LAST_THURSDAY),),
    "care moved": ((SESSIONS, row_of(TUESDAY, "看护", "三2"), DATE, THURSDAY),),
    "duty moved": ((SESSIONS, row_of(WEDNESDAY, "门岗"), DATE, THURSDAY),),
    "merged": (
        (SESSIONS, row_of(LAST_TUESDAY, "看护", "三2"), CLASSES, "三2、三1"),
        (SESSIONS, row_of(LAST_TUESDAY, "看护", "三1"), STAFF, None),
        (SESSIONS, row_of(LAST_TUESDAY, "看护", "三1"), STATUS, "合班"),
    ),
    "holder who can": ((GRID, grid_row("三1"), GRID_TUESDAY, "王芳"),),
    "holder who is busy": ((GRID, grid_row("三2"), GRID_TUESDAY, "李明"),),
    "holder who may not": ((GRID, grid_row("三2"), GRID_THURSDAY, "王芳"),),
    "nobody every week": ((GRID, grid_row("三1"), GRID_THURSDAY, None),),
    "club at another time": ((GRID, grid_row("棋艺"), GRID_WHEN, "周二 社团"),),
    "club at a time without leaders": ((GRID, grid_row("合唱"), GRID_WHEN, "周四 社团"),),
    "club without a time": ((GRID, grid_row("棋艺"), GRID_WHEN, None),),
    "club in another room": ((GRID, grid_row("合唱"), GRID_ROOM, "体育馆"),),
    "club in a room that may not be": ((GRID, grid_row("合唱"), GRID_ROOM, "会议室"),),
    "club without a room": ((GRID, grid_row("棋艺"), GRID_ROOM, None),),
}
"""Edits of every kind, good ones and bad ones."""
ALONE = {"club at another time", "club at a time without leaders", "club without a time"}
"""What is said of dates of a club that moves every week is an error, so these are by themselves."""


def kept(
    found: Edited, sheet: str, row: int, column: int, value: object, off: Collection[int]
) -> bool:
    """Whether the new timetable has what was typed, read off its own workbook; ``off``: rows that
    are to be cancelled."""
    if sheet == GRID:
        if value is None and column == GRID_WHEN:
            value = "未排入"
        return str(found.grid(row, column) or "") == str(value or "")
    key = key_of(row)
    rows = [one for one in found.written_rows if one[KEY - 1] in (key, f"{key}>")]
    if column == STATUS:
        now = {str(one[STATUS - 1]) for one in rows}
        return value in now or (value == "正常" and now <= {"正常", "代课", "调整"})
    if column == DATE:
        return any(one[DATE - 1] == value and one[STATUS - 1] != "取消" for one in rows)
    if column == CLASSES:
        return any(
            set(str(one[CLASSES - 1]).split("、")) == set(str(value).split("、")) for one in rows
        )
    if row in off and {one[STATUS - 1] for one in rows} == {"取消"}:
        return True  # whoever would come, and wherever, it does not take place
    return any(one[column - 1] == value and one[STATUS - 1] != "取消" for one in rows)


def held_to_account(names: tuple[str, ...]) -> None:
    """Every cell is kept, or listed with what there is instead; nothing is both."""
    cells = [cell for name in names for cell in TYPED[name]]
    wanted = {(sheet, row, column): value for sheet, row, column, value in cells}
    if len(wanted) < len(cells) or read(wanted).problems:
        return  # edits that contradict one another are refused
    found = typed(wanted)
    listed = {(one.edit.sheet, one.edit.cell) for one in found.dropped}
    assert len(listed) == len(found.dropped)
    edits = {(edit.sheet, edit.cell) for edit in found.edits}
    off = {row for _, row, column, value in cells if column == STATUS and value == "取消"}
    for sheet, row, column, value in cells:
        cell = (sheet, coordinate(row, column))
        assert cell in edits
        assert kept(found, sheet, row, column, value, off) is not (cell in listed), (
            cell,
            found.said,
        )
    for one in found.dropped:
        for lang in LANGS:
            assert one.edit.cell in one.message.text(lang)


@pytest.mark.parametrize("name", TYPED)
def test_an_edit_of_any_kind_is_kept_or_listed(name: str) -> None:
    held_to_account((name,))


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.sampled_from(sorted(TYPED.keys() - ALONE)), min_size=2, max_size=6, unique=True))
def test_edits_of_all_kinds_together_are_kept_or_listed(names: list[str]) -> None:
    held_to_account(tuple(names))
