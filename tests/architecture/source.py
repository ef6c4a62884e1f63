"""The project's own Python files, parsed once, for the tests about its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("instances", "constraints", "scheduler", "cli")
ABOVE = ("scripts", "benchmarks", "tests")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def files(*tops: str) -> list[Path]:
    """Every source file of the packages and modules named ``tops``, relative to the root."""
    found = [path for top in tops for path in ROOT.glob(f"{top}.py")]
    found += [path for top in tops for path in (ROOT / top).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of everything ``path`` imports, at any depth of the code."""
    for node in ast.walk(parsed(ROOT / path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parts[: len(path.parts) - node.level] if node.level else ()
            yield node.lineno, ".".join((*package, *([node.module] if node.module else [])))
