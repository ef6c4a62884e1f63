"""What is written as a workbook is read back as the same school."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings

from instances.generate import Preset, generate
from instances.messages import LANGS, Label, Lang
from instances.problems import Severity
from instances.rulebook import ParameterInfo, Rulebook, RuleInfo
from instances.school import Instance, RuleSetting
from instances.validate import validate
from instances.workbook.reader import read_workbook
from instances.workbook.writer import write_workbook
from tests.helpers.any_schools import schools

RULEBOOK: Rulebook = {
    "teacher-overlap": RuleInfo(
        "teacher-overlap", Label("同时两处", "In two places"), Label("一人一处。", "One."), None
    ),
    "class-churn": RuleInfo(
        "class-churn",
        Label("班级频繁换人", "Many faces"),
        Label("每班一周不超过3人。", "At most 3."),
        10,
        (ParameterInfo("limit", Label("允许人数（每周）", "People allowed"), 3, 1, 9),),
    ),
}


def check(instance: Instance, lang: Lang, path: Path, rulebook: Rulebook | None = None) -> None:
    """Write, read, and compare; the language is that of the book."""
    write_workbook(instance, path, lang, rulebook)
    reading = read_workbook(path, rulebook)
    assert [problem.text("en") for problem in reading.errors] == []
    assert reading.instance == instance.model_copy(update={"lang": lang})


@pytest.mark.parametrize("lang", LANGS)
@hypothesis_settings(max_examples=7)
@given(school=schools())
def test_any_school_comes_back(lang: Lang, school: Instance) -> None:
    assume(all(flaw.fault.severity is Severity.WARNING for flaw in validate(school)))
    with tempfile.TemporaryDirectory() as folder:
        check(school, lang, Path(folder) / "school.xlsx")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("names", LANGS)
@pytest.mark.parametrize("preset", [Preset.S, Preset.M])
def test_generated_school_comes_back(
    preset: Preset, names: Lang, lang: Lang, tmp_path: Path
) -> None:
    check(generate(preset, 3, names), lang, tmp_path / "school.xlsx", RULEBOOK)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "rules",
    [
        (),
        (RuleSetting(rule="class-churn"),),
        (RuleSetting(rule="class-churn", parameters={"limit": 4}, weight=0),),
        (RuleSetting(rule="class-churn", enabled=False), RuleSetting(rule="teacher-overlap")),
    ],
)
def test_settings_of_rules_come_back(
    rules: tuple[RuleSetting, ...], lang: Lang, tmp_path: Path
) -> None:
    school = generate(Preset.S, 1).model_copy(update={"rules": rules})
    check(school, lang, tmp_path / "school.xlsx", RULEBOOK)


def test_same_school_gives_same_bytes(tmp_path: Path) -> None:
    school = generate(Preset.S, 1)
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(school, tmp_path / name, "zh", RULEBOOK)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
