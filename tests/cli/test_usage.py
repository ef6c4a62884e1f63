"""Errors of usage in the reader's language, with exit code 2."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli import main
from scheduler.commands import usage
from tests.cli.running import run

SOLVE = "solve school.xlsx -o t.xlsx "
SAYS = {
    "rerun a.xlsx --from t.xlsx -o b.xlsx": "缺少选项“--since”。",
    "solve school.xlsx": "缺少选项“-o” / “--output”。",
    "day t.xlsx": "缺少参数“DATE”。",
    "solve --nope": "没有选项“--nope”。",
    SOLVE + "--timelimit 3": "没有选项“--timelimit”。是否应为“--time-limit”？",
    "nope": "没有命令“nope”。",
    "solv": "没有命令“solv”。是否应为“solve”？",
    "solve school.xlsx -o": "选项“-o”后面缺少内容。",
    SOLVE + "--overwrite=1": "选项“--overwrite”后面不能带内容。",
    SOLVE + "more.xlsx": "多出了这些内容：more.xlsx。",
    SOLVE + "more.xlsx 3": "多出了这些内容：more.xlsx 3。",
    SOLVE + "--time-limit abc": "选项“--time-limit”的值不对：“abc”不是数。",
    SOLVE + "--time-limit 0": "选项“--time-limit”的值不对：0.0不行，应大于0。",
    SOLVE + "--workers 1.5": "选项“--workers”的值不对：“1.5”不是整数。",
    SOLVE + "--workers 0": "选项“--workers”的值不对：0不行，应不小于1。",
    "template -o a.xlsx --seed x": "选项“--seed”的值不对：“x”不是整数。",
    SOLVE + "--seed -1": "选项“--seed”的值不对：-1不行，应在0到2147483647之间。",
    SOLVE + "--lang fr": "选项“--lang”的值不对：“fr”不行，只能填“zh”、“en”之一。",
    "diff a.xlsx b.xlsx --by nobody": "选项“--by”的值不对：“nobody”不行，只能填“person”、“class”、"
    "“room”、“club”、“date”之一。",
}  # fmt: skip


@pytest.mark.parametrize(("line", "said"), SAYS.items())
def test_what_is_wrong_with_the_arguments_is_said_in_chinese(line: str, said: str) -> None:
    """Whatever click's version says is recognized: nothing is left in English."""
    ended = run(*line.split(), code=2)
    assert ended.stderr.splitlines()[-1] == f"错误：{said}"
    assert "Usage" not in ended.stderr
    assert "Error" not in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("lang", [("--lang", "en"), ("--lang=en",)])
def test_in_english_it_is_said_as_click_says_it(lang: tuple[str, ...]) -> None:
    ended = run("rerun", "a.xlsx", *lang, "--allow", "-1", code=2)
    assert ended.stderr.splitlines()[-1] == (
        "Error: Invalid value for '--allow': -1 is not in the range x>=0."
    )
    assert "Try 'main rerun --help' for help." in ended.stderr


def test_how_the_command_is_used_is_said_in_chinese() -> None:
    first, second, *_ = run("day", "t.xlsx", code=2).stderr.splitlines()
    assert first == "用法：main day [OPTIONS] TIMETABLE DATE"
    assert second == "用 main day --help 可查看全部选项。"


def test_several_names_that_are_near_are_all_offered() -> None:
    said = "(Did you mean one of: '--date', '--data'?)"
    assert usage.said(said, "zh") == "是否应为“--date”、“--data”中的一个？"
    near = f"No such option '--dat'. {said}"
    assert usage.said(near, "zh") == "没有选项“--dat”。是否应为“--date”、“--data”中的一个？"


def test_a_sentence_that_is_not_known_is_shown_as_it_is() -> None:
    assert usage.said("Takes 2 values.", "zh") == "Takes 2 values."


def test_no_arguments_at_all_are_answered_with_the_help() -> None:
    ended = CliRunner().invoke(main, [])
    assert ended.exit_code == 2
    assert "First steps:" in ended.output
    assert "错误" not in ended.output
