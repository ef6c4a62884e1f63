"""A timetable of another school in the place of one of this school: refused, before all else."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Template
from instances.problems import Place, Problem, Reading, error
from scheduler.diff import may_follow
from scheduler.workbook.readback import ReadBack

OTHER_SCHOOL = error(
    "课表是{old}的，工作簿是{new}的，不是同一所学校。",
    "The timetable is of {old}, the workbook of {new}: not the same school.",
    "请核对两个文件；如果只是改了校名、班名，请先改回与课表相同的名称。",
    "Check the two files. If the school or its classes were only renamed, restore the names that "
    "the timetable has.",
)
SCHOOL = Template("“{name}”（{classes}个班）", "“{name}” ({classes} {classes:class|classes})")


def other_school(reading: Reading, back: ReadBack, path: Path) -> list[Problem]:
    """The problem, if the timetable cannot be what this school's input came from."""
    new, published = reading.instance, back.published
    if new is None or published is None or may_follow(published.instance, new):
        return []
    old, now = (
        SCHOOL(name=school.school, classes=len(school.classes))
        for school in (published.instance, new)
    )
    return [OTHER_SCHOOL.at(Place(path.name, None, str(path)), old=old, new=now)]
