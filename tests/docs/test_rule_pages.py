"""The generated pages say what the code says, and a stale one is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from constraints.catalogue import catalogue
from scripts import docs


def test_pages_are_fresh() -> None:
    assert list(docs.stale(docs.DOCS, docs.pages())) == []


def test_every_rule_has_a_page() -> None:
    for rule_id, rule in catalogue().items():
        page = docs.pages()[f"rules/{rule_id}.md"]
        assert rule.title.zh in page
        assert rule.title.en in page
        for example in rule.examples:
            assert example.title.zh in page
            assert example.title.en in page


def test_check_fails_until_pages_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert docs.main(["--check"], tmp_path) == 1
    assert "docs/rules/teacher-overlap.md" in capsys.readouterr().err
    assert docs.main([], tmp_path) == 0
    assert docs.main(["--check"], tmp_path) == 0


def test_page_of_a_rule_that_is_gone_goes_too(tmp_path: Path) -> None:
    docs.main([], tmp_path)
    gone = tmp_path / "rules" / "gone.md"
    gone.write_text("", encoding="utf-8")
    assert docs.main(["--check"], tmp_path) == 1
    docs.main([], tmp_path)
    assert not gone.exists()


def test_every_command_is_in_the_page() -> None:
    main = pytest.importorskip("cli").main
    page = docs.pages()["commands.md"]
    for name in main.commands:
        assert f"## {name}\n" in page
