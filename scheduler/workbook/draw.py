"""Charts as Excel's own, from their descriptions."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.workbook.charts import ChartSpec
from scheduler.workbook.styles import FAINT, INK

LINE_WIDTH = 22_000
"""In the format's own unit, 12,700 to a point."""
TITLE_SIZE, LABEL_SIZE = 1100, 800
"""In hundredths of a point."""
GRID = "E3E8EC"


def drawn(source: Worksheet, spec: ChartSpec) -> BarChart:
    """The chart over the cells of ``source``, anchored to the cells it shall cover."""
    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = 40
    line = LineChart()
    for series in spec.series:
        part = chart if series.shape == "bar" else line
        part.add_data(
            Reference(source, min_col=series.column, min_row=spec.first - 1, max_row=spec.last),
            titles_from_data=True,
        )
        look = part.series[-1]
        if series.shape == "bar":
            look.graphicalProperties = GraphicalProperties(solidFill=series.colour)
        else:
            ink = LineProperties(solidFill=series.colour, w=LINE_WIDTH)
            look.graphicalProperties = GraphicalProperties(ln=ink)
            look.smooth = False
    names = Reference(source, min_col=spec.names, min_row=spec.first, max_row=spec.last)
    chart.set_categories(names)
    if line.series:
        line.set_categories(names)
        chart += line
    _frame(chart, spec)
    top, left = spec.corner
    rows, columns = spec.size
    chart.anchor = TwoCellAnchor(  # type: ignore[assignment]
        _from=AnchorMarker(col=left - 1, row=top - 1),
        to=AnchorMarker(col=left - 1 + columns, row=top - 1 + rows),
    )
    return chart


def _frame(chart: BarChart, spec: ChartSpec) -> None:
    """Title, legend, axes: small and quiet."""
    chart.title = spec.title
    title = chart.title
    assert isinstance(title, Title)
    assert title.tx is not None
    assert title.tx.rich is not None
    for paragraph in title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=_ink(TITLE_SIZE, bold=True))
        for run in paragraph.r or ():
            run.rPr = _ink(TITLE_SIZE, bold=True)
    title.overlay = False
    if len(spec.series) == 1:
        chart.legend = None
    elif chart.legend:
        chart.legend.position = "t"
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = RichText(
            p=[Paragraph(pPr=ParagraphProperties(defRPr=_ink(LABEL_SIZE)), endParaRPr=_ink(800))]
        )
    quiet = LineProperties(solidFill=GRID)
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=quiet))
    chart.y_axis.number_format = "0"
    chart.y_axis.scaling.min = 0


def _ink(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=INK if bold else FAINT)
