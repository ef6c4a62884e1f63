"""An English school stays English: every command, every cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints.catalogue import rulebook
from instances.samples import rural_6, rural_6_en
from scheduler import solve as solving
from scheduler.search import Effort
from tests.cli.running import REPEATABLE, SAMPLES, TINY, edited, run

ENGLISH = SAMPLES / "rural-6-en.xlsx"
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def is_english(text: str) -> bool:
    """Whether something is said, and no word or mark of it is Chinese; what is, is printed."""
    foreign = [line for line in text.splitlines() if CHINESE.search(line)]
    print(*foreign, sep="\n")
    return bool(text.strip()) and not foreign


@pytest.mark.parametrize("text", ["", " \n", "Mon\n周一", "Mon、Tue", "（Mon）"])
def test_silence_and_a_chinese_mark_are_not_english(text: str) -> None:
    assert not is_english(text)


def shown(book: Path) -> str:
    """All that is written in a workbook: its sheets' names, cells, notes and drop-downs."""
    texts = []
    for sheet in load_workbook(book).worksheets:
        texts.append(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                texts.append(str(cell.value or ""))
                texts.append(cell.comment.text if cell.comment else "")
        for rule in sheet.data_validations.dataValidation:
            texts += [str(rule.formula1), str(rule.error), str(rule.prompt)]
        for edge in (sheet.oddHeader, sheet.oddFooter):
            texts += (
                [str(part.text) for part in (edge.left, edge.center, edge.right)] if edge else []
            )
    return "\n".join(texts)


@pytest.fixture(scope="module")
def timetable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("english") / "timetable.xlsx"
    with pytest.MonkeyPatch.context() as patch:  # any timetable will do, the first is enough
        patch.setattr(solving, "SMALL", Effort(deterministic=0.1))
        patch.setattr(solving, "improve", lambda *given, **_: given[2])
        ended = run("solve", ENGLISH, "-o", path, *REPEATABLE, code=0)
    assert is_english(ended.stdout)
    assert is_english(ended.stderr)
    return path


def test_every_word_of_the_sample_is_translated() -> None:
    assert is_english(rural_6_en.build().model_dump_json())
    chinese, english = rural_6.build(), rural_6_en.build()
    assert [p.wishes[0].level for p in english.staff] == [p.wishes[0].level for p in chinese.staff]
    assert is_english(shown(ENGLISH))


def test_the_timetable_and_its_audit(timetable: Path) -> None:
    assert is_english(shown(timetable))
    assert is_english(run("check", ENGLISH, timetable, code=0).stdout)


def test_a_day_with_a_cover(timetable: Path, tmp_path: Path) -> None:
    page = tmp_path / "day.xlsx"
    assert is_english(run("day", timetable, "2026-11-17", "-o", page, code=0).stdout)
    assert is_english(shown(page))


def test_mistakes_in_the_workbook(tmp_path: Path) -> None:
    cells = {("Staff", "A3"): "He Zhigang", ("Classes", "B2"): "ninth", ("Activities", "B2"): "?"}
    school, coloured = edited(ENGLISH, tmp_path / "s.xlsx", cells), tmp_path / "c.xlsx"
    assert is_english(run("validate", school, "--annotate", coloured, code=2).stdout)
    assert is_english(shown(coloured))


@pytest.mark.parametrize("preset", ["empty", "S"])
def test_templates(preset: str, tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    assert is_english(
        run("template", "--preset", preset, "--lang", "en", "-o", path, code=0).stdout
    )
    assert is_english(shown(path))
    assert is_english(run("validate", path, code=0 if preset == "S" else 2).stdout)


def test_rules() -> None:
    assert is_english(run("rules", "--lang", "en", code=0).stdout)
    for rule in rulebook():
        statement = run("rules", rule, "--lang", "en", code=0).stdout.split("Example")[0]
        assert is_english(statement)


@pytest.mark.parametrize("command", [("validate", "gone.xlsx"), ("day", TINY, "2026-09-14")])
def test_refusals(command: tuple[object, ...]) -> None:
    assert is_english(run(*command, "--lang", "en", code=2).output)
