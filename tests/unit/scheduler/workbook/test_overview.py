"""The first page of the overview is filled."""

from __future__ import annotations

import pytest

from scheduler.workbook import overview
from scheduler.workbook.view import View
from tests.unit.scheduler.workbook.sample import published


@pytest.mark.parametrize(("left", "height", "ends"), [(14 * 12, 12, False), (14 * 9, 16, True)])
def test_a_chart_is_lower_rather_than_on_another_page(
    monkeypatch: pytest.MonkeyPatch, left: int, height: int, ends: bool
) -> None:
    """Its 14 rows have 12 points each where 168 are left; with 126 it begins a page."""
    view = View(published("en"), "en")
    sheet = overview.overview_sheet(view)
    first = sheet.charts[0].corner[0]
    used = sum(sheet.heights.get(row, 15.0) for row in range(1, first))
    monkeypatch.setattr(overview, "PAGE", used + left)
    again = overview.overview_sheet(view)
    assert {again.heights[row] for row in range(first, first + 14)} == {height}
    assert (first - 1 in again.breaks) == ends


def test_the_headings_of_coverage_stand_on_its_further_pages() -> None:
    sheet = overview.overview_sheet(View(published("en"), "en"))
    assert sheet.print_rows is not None
    first, last = sheet.print_rows
    assert first == last
    assert sheet.cells[first, 1] == ("Class", "head")
    assert sheet.last_row > first + 1
