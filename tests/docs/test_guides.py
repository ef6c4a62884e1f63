"""The guides: twins of each other, whose commands are understood and whose links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "README.zh.md", "docs/guide.md", "docs/guide.zh.md")]
COMMAND = re.compile(
    r"(?:cli\.py|^\|.*?\| `)\s*"
    r"((?:template|validate|explain|solve|check|diff|why|day|rules|tournament|calendar)\b[^`\n]*)"
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_are_understood(page: Path) -> None:
    found = [
        line
        for text in page.read_text(encoding="utf-8").splitlines()
        for line in COMMAND.findall(text)
        if "…" not in line
    ]
    assert found
    for line in found:
        name, *arguments = shlex.split(line.replace("\\", "/"))
        command = main.commands[name]
        if name == "solve" and "-o" not in arguments:
            arguments += ["-o", "timetable.xlsx"]
        # as its group would: a command remembers the names of its help option
        with click.Context(main, **main.context_settings) as group:
            command.make_context(name, arguments, parent=group)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert links
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("pair", [PAGES[:2], PAGES[2:]], ids=["readme", "guide"])
def test_twins_have_the_same_parts(pair: list[Path]) -> None:
    here, there = (page.read_text(encoding="utf-8").splitlines() for page in pair)
    assert [_level(line) for line in here if _level(line)] == [
        _level(line) for line in there if _level(line)
    ]


def _level(line: str) -> int:
    """How deep a heading is; 0 for any other line."""
    return len(line) - len(line.lstrip("#")) if line.startswith("#") else 0
