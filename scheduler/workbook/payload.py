"""What a timetable file carries unseen: the published term, and which cell was which."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from instances.messages import Lang
from instances.school import Record
from instances.text import shown
from scheduler.result import Published
from scheduler.workbook import wording
from scheduler.workbook.sheet import Sheet, chunks, coordinate

MAGIC = "afterschool-timetable"
FORMAT = 1
CHUNK = 30_000
"""Characters of a cell; the format allows 32,767."""


class Broken(ValueError):
    """The hidden data is there but cannot be used; ``newer``: written by a later version."""

    def __init__(self, *, newer: bool = False) -> None:
        super().__init__("newer format" if newer else "damaged data")
        self.newer = newer


class Payload(Record):
    """The hidden data of a timetable workbook.

    ``lines`` says for each editable cell of the master grid ("row:column" as written) which
    line of posts it is, ``places`` which club's time or room; ``grid`` and ``copies`` what
    stood in the other cells.
    """

    format: Literal[1] = 1
    lang: Lang
    published: Published
    lines: dict[str, str] = Field(default_factory=dict)
    places: dict[str, tuple[Literal["when", "room"], str]] = Field(default_factory=dict)
    grid: dict[str, str] = Field(default_factory=dict)
    copies: dict[str, dict[str, str]] = Field(default_factory=dict)


def cells_of(sheet: Sheet) -> dict[str, str]:
    """What a person sees in each cell of a sheet, as written."""
    return {
        coordinate(row, column): shown(value) for (row, column), (value, _) in sheet.cells.items()
    }


def payload_sheet(payload: Payload) -> Sheet:
    """The hidden sheet: a heading, then the data in pieces, one under the other."""
    text = payload.model_dump_json(exclude_defaults=True, exclude_unset=False)
    packed = base64.b64encode(zlib.compress(text.encode("utf-8"), 6)).decode("ascii")
    pieces = chunks(packed, CHUNK)
    sheet = Sheet(wording.DATA, hidden=True)
    digest = hashlib.sha256(packed.encode("ascii")).hexdigest()
    sheet.line(1, 1, (MAGIC, FORMAT, digest, len(pieces)), "id")
    for row, piece in enumerate(pieces, 2):
        sheet.put(row, 1, piece, "id")
    return sheet


def unpack(rows: Iterable[Sequence[object]]) -> Payload:
    """The payload from the rows of the hidden sheet.

    Raises
    ------
    Broken
        If it is not what was written, or written in a form not known here.
    """
    found = [row for row in rows if row]
    heading = [shown(value) for value in found[0]] if found else []
    if len(heading) < 4 or heading[0] != MAGIC:
        raise Broken
    if heading[1] != str(FORMAT):
        raise Broken(newer=True)
    packed = "".join(shown(row[0]) for row in found[1:])
    if hashlib.sha256(packed.encode("utf-8")).hexdigest() != heading[2]:
        raise Broken
    try:
        data = json.loads(zlib.decompress(base64.b64decode(packed)))
        return Payload.model_validate(data)
    except ValueError as error:
        raise Broken from error
