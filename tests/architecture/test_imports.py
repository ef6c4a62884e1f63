"""Imports run one way, and the heavy libraries stay where they belong."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.source import ABOVE, LAYERS, files, imports

HOMES = {
    "ortools": ("constraints/model*.py", "scheduler/*.py"),
    "icalendar": ("scheduler/calendars/*.py",),
    "openpyxl": ("instances/workbook/*.py", "scheduler/workbook/*.py"),
}


def breaches(path: Path) -> list[str]:
    """Every import of ``path`` that points up the house, or brings a library where it may not be.

    ``from . import name`` counts as an import of the package itself, which is in its own layer.
    """
    own = path.parts[0].removesuffix(".py")
    higher = (*LAYERS[LAYERS.index(own) + 1 :], *ABOVE)
    found = []
    for line, name in imports(path):
        top = name.split(".")[0]
        homes = HOMES.get(top)
        if top in higher or (homes and not any(fnmatch(path.as_posix(), home) for home in homes)):
            found.append(f"{path}:{line} imports {name}")
    return found


def test_imports_run_one_way() -> None:
    found = [breach for path in files(*LAYERS) for breach in breaches(path)]
    assert not found, "\n".join(found)
