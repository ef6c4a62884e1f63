"""Saving a workbook beside its name first, so that a file is whole or not there."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import tempfile
import zipfile
from pathlib import Path

from openpyxl import Workbook

_EPOCH = dt.datetime(2026, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def save(book: Workbook, path: Path) -> None:
    """Save under ``path``; the same content always gives the same bytes."""
    book.properties.created = _EPOCH
    buffer = io.BytesIO()
    book.save(buffer)
    replace(path, _timeless(buffer))


def replace(path: Path, content: bytes) -> None:
    """Write a file aside, then put it in the place of ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        aside.chmod(0o666 & ~mask)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _timeless(packed: io.BytesIO) -> bytes:
    """The same package without the time of saving."""
    result = io.BytesIO()
    stamp = f"{_EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + stamp, part)
            entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return result.getvalue()
