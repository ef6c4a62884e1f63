"""The walk-through of a rule shows lines that the rule really has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## Adding a rule: a real walk-through"


def test_code_shown_is_the_code() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split(TITLE)[1]
    section = section.split("\n## ", maxsplit=1)[0]
    rule = (ROOT / "constraints/rules/home_teacher_absent.py").read_text(encoding="utf-8")
    shown = re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)
    assert len(shown) >= 4
    for block in shown:
        assert block in rule
