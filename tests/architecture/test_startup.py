"""Asking for help must not load the solver, nor must the rules that only check."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

HEAVY = {"ortools", "openpyxl", "pandas", "numpy", "icalendar"}


@pytest.mark.parametrize(
    "code",
    ["import cli", "import cli; cli.main(['--help'], standalone_mode=False)"],
    ids=["import", "help"],
)
def test_starting_loads_nothing_heavy(code: str) -> None:
    code = f"import sys; {code}; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = HEAVY.intersection(done.stderr.split())
    assert not loaded


def test_rules_that_only_check_load_no_solver() -> None:
    code = (
        "import sys; from constraints.catalogue import rulebook; rulebook();"
        "import scheduler.audit; sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ortools" not in done.stderr.split()
