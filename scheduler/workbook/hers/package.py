"""What is hers in the package of a workbook: coloured cells, notes, sheets of her own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from xml.etree import ElementTree

from instances.workbook.foreign import relations
from scheduler.workbook.sheet import NOTE_AUTHOR, OWN_NOTE, Note, Tint

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"<(?:\w+:)?c\s([^>]*?)/?>")
_STYLE, _ADDRESS = re.compile(r'\bs="(\d+)"'), re.compile(r'\br="([A-Z]+\d+)"')
_FIRST_ROW = re.compile(r"<(?:\w+:)?row\s.*?</(?:\w+:)?row>", re.DOTALL)
_NOTES = re.compile(r"xl/comments[^/]*\.xml|xl/comments/[^/]+\.xml", re.IGNORECASE)
_THREADED = "tc={"
_SAID = re.compile(r"(?:Comment|注释|批注)[:：]\s*\n?")
"""Where the words begin in the plain note that stands in for a threaded comment."""
EMPTY = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)


def tinted_cells(
    package: zipfile.ZipFile, part: str, tints: dict[int, Tint]
) -> Iterator[tuple[str, Tint]]:
    """The cells of a sheet in one of these styles."""
    if not tints:
        return
    for cell in _CELL.finditer(package.read(part).decode("utf-8")):
        style = _STYLE.search(cell[1])
        tint = tints.get(int(style[1])) if style else None
        address = _ADDRESS.search(cell[1])
        if tint is not None and address is not None:
            yield address[1], tint


def her_notes(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Note]]:
    """The notes of a sheet that are not ours; of one with both, her part of it."""
    for _, target in relations(package, part):
        if not _NOTES.fullmatch(target):
            continue
        table = ElementTree.fromstring(package.read(target))
        authors = [author.text or "" for author in table.iter(f"{_MAIN}author")]
        for comment in table.iter(f"{_MAIN}comment"):
            number = int(comment.get("authorId", 0))
            author = authors[number] if number < len(authors) else ""
            text = _text(comment).partition(OWN_NOTE)[0]
            if author.startswith(_THREADED):
                text, author = _SAID.split(text, maxsplit=1)[-1], ""
            if author != NOTE_AUTHOR and text.strip():
                yield comment.get("ref", ""), Note(text.strip(), author)


def _text(comment: ElementTree.Element) -> str:
    """The words of a note, phonetic guides left out."""
    runs = comment.findall(f"{_MAIN}text/{_MAIN}t") + comment.findall(
        f"{_MAIN}text/{_MAIN}r/{_MAIN}t"
    )
    return "".join(run.text or "" for run in runs).replace("\r\n", "\n")


def width(package: zipfile.ZipFile, part: str) -> int:
    """The number of columns with something in the first row of a sheet."""
    text = package.read(part).decode("utf-8")
    first = _FIRST_ROW.search(text)
    return len(re.findall(r"<(?:\w+:)?c\s[^>]*[^/]>", first[0])) if first else 0


def without_sheets(package: zipfile.ZipFile, parts: Collection[str]) -> bytes:
    """The workbook with some of its sheets empty, so that the others are quickly read."""
    found = io.BytesIO()
    unwanted = {_relations_of(part) for part in parts}
    with zipfile.ZipFile(found, "w") as new:
        for name in package.namelist():
            if name in parts:
                new.writestr(name, EMPTY)
            elif name not in unwanted:
                new.writestr(name, package.read(name))
    return found.getvalue()


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"
