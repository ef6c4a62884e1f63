"""The page of the commands says every code with which a command ends."""

from __future__ import annotations

import re

import pytest

from scheduler.commands.ending import BUG
from scheduler.commands.interrupt import INTERRUPTED
from scheduler.commands.outcome import Exit
from scripts.docs_commands import HEAD


@pytest.mark.parametrize(
    ("start", "end", "open_posts"),
    [("退出码：", "。", "有空缺岗位也是 0"), ("Exit codes:", "\n\n", "also where posts stay open")],
)
def test_every_exit_code_is_documented(start: str, end: str, open_posts: str) -> None:
    """0, 1 and 2 as design §5 has them; open posts alone are no failure."""
    text = f"{HEAD}\n\n".split(start)[1].split(end)[0]
    codes = {int(code) for code in re.findall(r"(?<![\d.])\d+", text)}
    assert codes == {*map(int, Exit), BUG, INTERRUPTED}
    assert open_posts in text
