"""The command calendar: a published timetable as iCalendar files."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Lang, Template
from instances.problems import Place, error
from scheduler.commands.files import refuse_bad
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.workbook.errors import cause_of
from scheduler.workbook.readback import read_timetable

NOT_A_FOLDER = error(
    "这是文件，不是文件夹。",
    "This is a file, not a folder.",
    "日历文件有许多个，请给一个文件夹名，例如 日历。",
    "There are many calendar files; name a folder, such as calendars.",
)
NO_PARENT = error(
    "文件夹“{folder}”不存在。",
    "The folder “{folder}” does not exist.",
    "请先建立它，或检查路径。",
    "Create it, or check the path.",
)
FOLDER_EXISTS = error(
    "文件夹已有内容，没有改动它。",
    "This folder has something in it already and was not touched.",
    "请换一个名称，或加上 --overwrite（会先保留一份备份）。",
    "Choose another name, or add --overwrite (which keeps a backup).",
)
FOREIGN = error(
    "文件夹里有不是本程序写的文件（{files}），没有改动它。",
    "This folder has files that are not calendars of this program ({files}); it was not touched.",
    "请换一个文件夹，或先把这些文件移走。",
    "Choose another folder, or move those files away first.",
)
NOT_WRITTEN = error(
    "无法写入（{cause}）。",
    "It cannot be written ({cause}).",
    "请换一个位置，或检查写入权限和剩余空间。",
    "Choose another place, or check permissions and free space.",
)
WRITTEN = Template(
    "已写入 {files} 个日历文件：{path}\n个人 {staff} 个，班级 {classes} 个，全校 1 个。",
    "Calendar files written ({files}): {path}\nPeople {staff}, classes {classes}, school 1.",
)
BACKED_UP = Template("原文件夹已备份为：{path}", "The old folder was kept as: {path}")


@command
def run(timetable: Path, output: Path, *, overwrite: bool, lang: Lang | None) -> Outcome:
    """One file per person and class and one for the school, in the folder ``output``."""
    back = read_timetable(timetable)
    lang = lang or back.lang
    problems = [problem for problem in back.problems if problem.is_error]
    place = Place(str(output), None, str(output))
    from scheduler.calendars.folder import CLASSES, STAFF, calendars, foreign, replace_folder

    if output.exists() and not output.is_dir():
        problems.append(NOT_A_FOLDER.at(place))
    elif not output.parent.is_dir():
        problems.append(NO_PARENT.at(place, folder=str(output.parent)))
    elif output.is_dir() and (strange := foreign(output)):
        problems.append(FOREIGN.at(place, files=strange[:3]))
    elif output.is_dir() and any(output.iterdir()) and not overwrite:
        problems.append(FOLDER_EXISTS.at(place))
    refuse_bad([], lang, problems)
    if back.published is None or back.timetable is None:
        raise Refused(back.problems, lang)
    files = calendars(back.published.model_copy(update={"timetable": back.timetable}), lang)
    try:
        backup = replace_folder(output, files)
    except OSError as failure:
        raise Refused([NOT_WRITTEN.at(place, cause=cause_of(failure))], lang) from failure
    counts = {
        "files": len(files),
        "staff": sum(path.parts[0] == STAFF for path in files),
        "classes": sum(path.parts[0] == CLASSES for path in files),
    }
    lines = [WRITTEN(path=str(output), **counts).text(lang)]
    if backup is not None:
        lines.append(BACKED_UP(path=str(backup)).text(lang))
    return Outcome(Exit.DONE, "\n".join(lines), {**counts, "path": str(output)})
