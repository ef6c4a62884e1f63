"""Long files and long functions hide a missing idea."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import LAYERS, ROOT, files, parsed

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def too_long(path: Path) -> Iterator[str]:
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    if lines > LONGEST_FILE:
        yield f"{path} has {lines} lines"
    for node in ast.walk(parsed(ROOT / path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno} {node.name} has {length} lines"


def test_nothing_is_too_long() -> None:
    looked_at = files(*LAYERS, "scripts", "benchmarks")
    found = [finding for path in looked_at for finding in too_long(path)]
    assert not found, "\n".join(found)
