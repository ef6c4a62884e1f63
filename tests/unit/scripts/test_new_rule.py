"""The skeleton of a new rule is a rule: it passes style, types and the contract."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import new_rule

ROOT = Path(__file__).resolve().parents[3]
KINDS = pytest.mark.parametrize("kind", ["soft", "must"])


def run(*command: str, folder: Path = ROOT) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@KINDS
def test_skeleton_has_style_and_types(kind: str, tmp_path: Path) -> None:
    new_rule.main([f"trial-{kind}", f"--{kind}", "--into", str(tmp_path)])
    config = str(ROOT / "pyproject.toml")
    run("-m", "ruff", "check", "--config", config, str(tmp_path))
    run("-m", "ruff", "format", "--check", "--config", config, str(tmp_path))
    run("-m", "mypy", str(tmp_path / f"trial_{kind}.py"))


@KINDS
def test_skeleton_keeps_the_contract(kind: str, tmp_path: Path) -> None:
    """In a copy of the project, so that the catalogue finds it."""
    for part in ("instances", "constraints", "tests"):
        hidden = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=hidden)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    rules = tmp_path / "constraints" / "rules"
    new_rule.main([f"trial-{kind}", f"--{kind}", "--into", str(rules)])
    names = ("catalogue", "post_and_check", "concerns_nothing", "mutations")
    contract = [f"tests/contract/test_{name}.py" for name in names]
    run("-m", "pytest", "-p", "no:cacheprovider", *contract, "-k", f"trial-{kind}", folder=tmp_path)


@pytest.mark.parametrize("name", ["Friday", "late_friday", "friday", "late-Friday"])
def test_other_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        new_rule.main([name, "--soft", "--into", str(tmp_path)])


def test_a_rule_is_not_overwritten(tmp_path: Path) -> None:
    new_rule.main(["late-friday", "--soft", "--into", str(tmp_path)])
    with pytest.raises(SystemExit):
        new_rule.main(["late-friday", "--must", "--into", str(tmp_path)])
