"""What a workbook holds that does not survive being opened and saved again here.

Her own file is never touched; this says what a copy of it lacks. It looks into the package
itself, for what the library does not know it also does not mention.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from instances.messages import Label

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_SHEET = r"xl/worksheets/[^/]+\.xml"
_DRAWING = r"xl/drawings/drawing[^/]*\.xml"


@dataclass(frozen=True)
class Trace:
    """Parts of the package, and what in them, that betray something not carried over."""

    what: Label
    part: str
    inside: bytes | None = None

    def found(self, name: str, content: bytes) -> bool:
        return bool(
            re.fullmatch(self.part, name, re.IGNORECASE)
            and (self.inside is None or re.search(self.inside, content))
        )


@dataclass(frozen=True)
class Loss:
    """Something that a copy lacks, and the sheets where it is (none: the workbook)."""

    what: Label
    sheets: tuple[str, ...]


_PICTURES = Trace(Label("图片", "pictures"), _DRAWING, rb"<(\w+:)?pic[\s>]")
CHARTS = Trace(
    Label("图表（可能缺失或样子不同）", "charts (missing or different in looks)"),
    r"xl/charts/chart[^/]*\.xml",
)
DROP_DOWNS = Trace(
    Label("引用其他表的下拉列表", "drop-down lists that refer to other sheets"),
    _SHEET,
    rb"<x14:dataValidations?[\s>]",
)
FORMULAS = Trace(
    Label(
        "公式的计算结果（用 Excel 或 WPS 打开后会重新计算）",
        "results of formulas (computed again when opened in Excel or WPS)",
    ),
    _SHEET,
    rb"<f[\s>/]",
)
MACROS = Trace(Label("宏", "macros"), r"xl/vbaProject\.bin")
TRACES: tuple[Trace, ...] = (
    Trace(
        Label("形状、文本框、连接线", "shapes, text boxes and connectors"),
        _DRAWING,
        rb"<(\w+:)?(sp|cxnSp|grpSp)[\s>]",
    ),
    CHARTS,
    Trace(
        Label(
            "批注讨论（文字保留为普通批注）", "threaded comments (their text stays as a plain note)"
        ),
        r"xl/threadedComments/[^/]+\.xml",
    ),
    DROP_DOWNS,
    Trace(
        Label("数据条、图标集等条件格式", "data bars, icon sets and similar conditional formats"),
        _SHEET,
        rb"<x14:conditionalFormattings?[\s>]",
    ),
    Trace(Label("迷你图", "sparklines"), _SHEET, rb"<x14:sparklineGroups?[\s>]"),
    Trace(Label("WPS 单元格图片", "WPS pictures in cells"), r"xl/cellimages\.xml"),
    Trace(Label("单元格内图片", "pictures in cells"), r"xl/richData/[^/]+\.xml"),
    Trace(Label("切片器", "slicers"), r"xl/(slicers|timelines)/[^/]+\.xml"),
    Trace(Label("按钮等控件", "buttons and other controls"), r"xl/(ctrlProps|activeX)/[^/]+"),
    Trace(Label("嵌入的文件", "embedded files"), r"xl/embeddings/[^/]+"),
    Trace(Label("数据连接", "data connections"), r"xl/(connections\.xml|queryTables/[^/]+)"),
    FORMULAS,
)


def losses(path: Path, *, macros_kept: bool = False) -> list[Loss]:
    """Everything in a workbook that a copy of it made here lacks."""
    traces = list(TRACES)
    if find_spec("PIL") is None:
        traces.append(_PICTURES)
    if not macros_kept:
        traces.append(MACROS)
    where: dict[Label, dict[str, None]] = {}
    try:
        with zipfile.ZipFile(path) as package:
            owners = _owners(package)
            for name in package.namelist():
                content = package.read(name)
                for trace in traces:
                    if trace.found(name, content):
                        where.setdefault(trace.what, {}).update(dict.fromkeys(owners[name]))
    except (OSError, zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        return []
    return [Loss(trace.what, tuple(where[trace.what])) for trace in traces if trace.what in where]


def _owners(package: zipfile.ZipFile) -> defaultdict[str, list[str]]:
    """Which sheets each part belongs to, directly or through what a sheet refers to."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for title, target in sheet_parts(package).items():
        waiting = [target]
        while waiting:
            part = waiting.pop()
            if title not in owners[part]:
                owners[part].append(title)
                waiting += [found for _, found in relations(package, part)]
    return owners


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The titles of the sheets of a workbook, each with the part that holds it."""
    targets = dict(relations(package, "xl/workbook.xml"))
    return {
        element.get("name", ""): targets[element.get(_ID, "")]
        for element in ElementTree.fromstring(package.read("xl/workbook.xml")).iter()
        if element.tag.endswith("}sheet") and element.get(_ID, "") in targets
    }


def relations(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Identity and full name of every part that a part refers to."""
    folder, name = posixpath.split(part)
    try:
        content = package.read(f"{folder}/_rels/{name}.rels")
    except KeyError:
        return
    for element in ElementTree.fromstring(content).iter(_RELATIONS):
        target = element.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if element.get("TargetMode") != "External":
            yield element.get("Id", ""), posixpath.normpath(full)
