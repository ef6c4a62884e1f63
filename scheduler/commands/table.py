"""Columns of text that line up on a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

GAP = "  "


def table(rows: Sequence[Sequence[str]], *, right: bool = True) -> Iterator[str]:
    """The rows with their columns aligned: the first to the left, the others to the right."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first + " " * (widths[0] - cell_len(first))]
        for text, width in zip(others, widths[1:], strict=True):
            blank = " " * (width - cell_len(text))
            cells.append(blank + text if right else text + blank)
        yield GAP.join(cells).rstrip()
