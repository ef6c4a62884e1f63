"""Workbooks with the marks that WPS leaves in a file, made from any workbook of ours.

WPS writes its name, a namespace of its own, no dimension, phonetic guides in shared strings and
pictures in cells (a part of its own, shown by the function DISPIMG). We write texts inline; WPS,
as every other program, keeps them in one list. Old files count their dates from 1904.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

ETC = "http://www.wps.cn/officeDocument/2017/etCustomData"
_APP = "<Application>WPS 表格</Application><AppVersion>12.0000</AppVersion>"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PHONETIC = '<rPh sb="0" eb="1"><t>zhongwen</t></rPh><phoneticPr fontId="1"/>'
_SHARED = f'<Relationship Id="rIdT" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
_SHARED_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_IMAGES = (
    f'<etc:cellImages xmlns:etc="{ETC}"'
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    "<etc:cellImage/></etc:cellImages>"
)
_IMAGE_TYPE = (
    '<Override PartName="/xl/cellimages.xml" ContentType="application/vnd.wps-officedocument.'
    'cellimage+xml"/></Types>'
)
_FORMULA = "_xlfn.DISPIMG(&quot;ID_0A1B2C&quot;,1)"
_INLINE = re.compile(
    r'<c(?P<before>[^>]*) t="inlineStr"(?P<after>[^>]*)><is>(?P<text>.*?)</is></c>', re.DOTALL
)
Edit = Callable[[str, str], str]
"""The new text of a part of the package, from its name and old text."""


def rewrite(source: Path, target: Path, edit: Edit, **added: Callable[[], str]) -> Path:
    """A copy of a workbook with some of its parts edited; ``added`` parts lie in ``xl/``."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".xml", ".rels")):
                content = edit(name, content.decode("utf-8")).encode("utf-8")
            new.writestr(name, content)
        for name, text in added.items():
            new.writestr(f"xl/{name}.xml", text())
    return target


def saved_by_wps(source: Path, target: Path) -> Path:
    """As WPS saves it."""
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(f"<si>{found['text']}{_PHONETIC}</si>")
        return f'<c{found["before"]} t="s"{found["after"]}><v>{len(texts) - 1}</v></c>'

    def edit(name: str, text: str) -> str:
        if name == "docProps/app.xml":
            return re.sub("<Application>.*?</AppVersion>", _APP, text, flags=re.DOTALL)
        if name == "xl/workbook.xml":
            return text.replace("<workbook ", f'<workbook xmlns:etc="{ETC}" ', 1)
        if name == "xl/_rels/workbook.xml.rels":
            return text.replace("</Relationships>", f"{_SHARED}</Relationships>")
        if name == "[Content_Types].xml":
            return text.replace("</Types>", f"{_SHARED_TYPE}</Types>")
        if name.startswith("xl/worksheets/sheet"):
            pattern = (
                r'<c(?P<before>[^>]*) t="inlineStr"(?P<after>[^>]*)><is>(?P<text>.*?)</is></c>'
            )
            return re.sub(pattern, share, re.sub("<dimension [^>]*/>", "", text), flags=re.DOTALL)
        return text

    def shared() -> str:
        return f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{"".join(texts)}</sst>'

    return rewrite(source, target, edit, sharedStrings=shared)


def with_cell_picture(source: Path, target: Path, sheet: int, cell: str) -> Path:
    """With a picture of WPS in an empty cell below everything else on a sheet."""
    row = re.sub(r"\D", "", cell)
    value = f'<c r="{cell}" t="str"><f>{_FORMULA}</f><v>=DISPIMG("ID_0A1B2C",1)</v></c>'

    def edit(name: str, text: str) -> str:
        if name == f"xl/worksheets/sheet{sheet}.xml":
            return text.replace("</sheetData>", f'<row r="{row}">{value}</row></sheetData>')
        return text.replace("</Types>", _IMAGE_TYPE) if name == "[Content_Types].xml" else text

    return rewrite(source, target, edit, cellimages=lambda: _IMAGES)


def counted_from_1904(source: Path, target: Path) -> Path:
    """With dates counted from 1904, as old Excel on a Mac does."""
    book = load_workbook(source)
    book.epoch = CALENDAR_MAC_1904
    book.save(target)
    return target


def with_dates_as_text(source: Path, target: Path, form: str = "%Y/%m/%d") -> Path:
    """With every date typed as text."""
    book = load_workbook(source)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, dt.date):
                    cell.value = f"{cell.value:{form}}"
                    cell.number_format = "@"
    book.save(target)
    return target
