"""Write the generated pages of ``docs/``: the rules, the commands.

Example: python -m scripts.docs          writes them
         python -m scripts.docs --check  fails if a page is not what would be written

To add pages: a function that returns their texts by path, and its name in ``SOURCES``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.docs_commands import command_pages
from scripts.docs_rules import rule_pages

DOCS = Path(__file__).resolve().parents[1] / "docs"
Pages = dict[str, str]
SOURCES: tuple[Callable[[], Pages], ...] = (rule_pages, command_pages)
WHOLLY_GENERATED = ("rules",)
"""Folders in which every page comes from here: a page of a rule that is gone goes too."""


def pages() -> Pages:
    """Every generated page by its path below ``docs/``."""
    return {path: text for source in SOURCES for path, text in source().items()}


def stale(folder: Path, wanted: Pages) -> Iterator[str]:
    """Paths of pages that differ from what would be written, are missing, or are left over."""
    for path, text in wanted.items():
        page = folder / path
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            yield path
    yield from left_over(folder, wanted)


def left_over(folder: Path, wanted: Pages) -> Iterator[str]:
    for top in WHOLLY_GENERATED:
        for page in sorted((folder / top).glob("**/*.md")):
            path = page.relative_to(folder).as_posix()
            if path not in wanted:
                yield path


def write(folder: Path, wanted: Pages) -> None:
    for path in left_over(folder, wanted):
        (folder / path).unlink()
    for path, text in wanted.items():
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None, folder: Path = DOCS) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail if stale")
    wanted = pages()
    if not parser.parse_args(arguments).check:
        write(folder, wanted)
        return 0
    found = list(stale(folder, wanted))
    for path in found:
        print(f"docs/{path} is not what the code says. Maybe: make docs", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
