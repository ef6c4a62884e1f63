"""What can be wrong with a timetable workbook that somebody has edited."""

from __future__ import annotations

from instances.problems import error

NO_DATA = error(
    "这不是本程序写出的课表文件，或者是发给大家的副本（--share），或隐藏的数据已被删除。",
    "This is not a timetable written by this program, or it is the copy to send round (--share), "
    "or its hidden data has been removed.",
    "请使用求解时用 -o 生成的课表文件，并用“另存为 .xlsx”保存（不要复制到新的工作簿）。",
    "Use the timetable file that solve wrote with -o, saved as .xlsx (not copied into a new "
    "workbook).",
)
DAMAGED = error(
    "文件中的隐藏数据已损坏，无法读取。",
    "The hidden data of this file is damaged and cannot be read.",
    "请改用未损坏的备份，或重新求解。",
    "Use an undamaged backup, or solve again.",
)
NEWER = error(
    "此文件由更新版本的程序写出。",
    "This file was written by a newer version of the program.",
    "请升级程序后再读取。",
    "Update the program, then read it again.",
)
BAD_JSON = error(
    "此 JSON 文件不是课表（{cause}）。",
    "This JSON file is not a timetable ({cause}).",
    "请使用求解时写出的 .json 文件。",
    "Use a .json file that solve wrote.",
)
NO_SHEET = error(
    "缺少工作表“{name}”。",
    "The sheet '{name}' is missing.",
    "请不要删除或重命名它；可从原文件复制回来。",
    "Do not delete or rename it; take it from the original file.",
)
NO_COLUMN = error(
    "缺少列“{name}”。",
    "The column '{name}' is missing.",
    "请恢复第一行的列标题。",
    "Restore the headings of the first row.",
)
NO_COLUMNS = error(
    "第一行里没有应有的列标题。",
    "The first row has none of the headings that belong there.",
    "请恢复第一行；若整张表已被清空，请从原文件复制回来。",
    "Restore the first row; if the whole sheet was emptied, take it from the original file.",
)
NO_STAFF = error(
    "没有名为“{value}”的人员。",
    "Nobody is called '{value}'.",
    "请填写人员表中的姓名；清空表示空缺。",
    "Write a name of the staff list; empty means open.",
)
SEVERAL_STAFF = error(
    "“{value}”是几个人，一格只能填一人。",
    "'{value}' names several people; a cell holds one.",
    "请只留一人；其他人请填到别的岗位的格里。",
    "Keep one of them; the others belong in the cells of other posts.",
)
WHICH_STAFF = error(
    "有多人叫“{value}”。",
    "Several people are called '{value}'.",
    "请写明工号，例如：{names}。",
    "Add the number: {names}.",
)
NO_ROOM = error(
    "没有名为“{value}”的场地。",
    "There is no room called '{value}'.",
    "请填写场地表中的名称。",
    "Write a name of the room list.",
)
ROOM_EMPTIED = error(
    "场地被清空，原为“{old}”。",
    "The room was emptied; it was '{old}'.",
    "请恢复；若当天不举行，请把状态改为“取消”。",
    "Restore it; if the session does not take place, set its status to 'cancelled'.",
)
NO_STATUS = error(
    "“{value}”不是状态。",
    "'{value}' is not a status.",
    "请从下拉列表中选择。",
    "Choose one from the list.",
)
STATUS_ALONE = error(
    "状态改为“{value}”，但没有写明改成什么。",
    "The status was set to '{value}', but nothing says what changes.",
    "代课请改“人员”，换场地请改“场地”，改时间请改“日期”或“时段”；状态会自动更新。",
    "Change Staff for a cover, Room, Date or Segment for a move; the status follows by itself.",
)
STATUS_AGAINST = error(
    "状态“{value}”与人员“{staff}”矛盾。",
    "The status '{value}' contradicts the staff '{staff}'.",
    "取消或空缺的场次不要填写新的人员。",
    "Do not name somebody new for a session that is cancelled or open.",
)
FIXED_CELL = error(
    "“{column}”不能修改，原为“{old}”。",
    "'{column}' cannot be edited; it was '{old}'.",
    "请恢复原值；本表只能改日期、时段、班级（合班）、场地、人员和状态。",
    "Restore it; in this sheet only date, segment, classes, room, staff and status may be edited.",
)
ROW_GONE = error(
    "缺少场次 {date} {segment} {activity}（{role}）。",
    "The session {date} {segment} {activity} ({role}) is missing.",
    "请恢复这一行；若当天不举行，请保留该行并把状态改为“取消”。",
    "Restore the row; if it does not take place, keep it and set its status to 'cancelled'.",
)
ROWS_GONE = error(
    "缺少 {count} 个场次，第一个是 {date} {segment} {activity}（{role}）。",
    "{count} {count:session is|sessions are} missing, the first is "
    "{date} {segment} {activity} ({role}).",
    "请恢复这些行（可从原文件复制）；不想看到时可以筛选或隐藏，当天不举行的把状态改为“取消”。",
    "Restore the rows from the original file; filter or hide those that you do not want to see, and"
    " set the status of what does not take place to 'cancelled'.",
)
ROW_TWICE = error(
    "场次号重复，第一次出现在 {first}。",
    "This session key stands twice; first at {first}.",
    "请删除多余的一行。",
    "Delete one of the rows.",
)
ROW_UNKNOWN = error(
    "场次号“{value}”不存在。",
    "There is no session with the key '{value}'.",
    "请恢复原来的场次号；不能在此新增场次，移动场次请直接改原行的日期或时段。",
    "Restore the key; sessions cannot be added here. To move one, edit date or segment of its row.",
)
COPY_EDITED = error(
    "本表为副本，修改无效；此格原为“{old}”。",
    "This sheet is a copy, the edit has no effect; the cell was '{old}'.",
    "请恢复此格；改每周安排请改“{grid}”，改某一天请改“{sessions}”。",
    "Restore the cell; edit '{grid}' for every week, '{sessions}' for one date.",
)
GRID_FIXED = error(
    "此格不能修改，原为“{old}”。",
    "This cell cannot be edited; it was '{old}'.",
    "请恢复；总课表中只能改浅黄色（或空缺的红色）格。",
    "Restore it; only the pale yellow (or red, open) cells of the grid may be edited.",
)
GRID_ROWS_LOST = error(
    "这张表少了{count}行或列，从“{what}”起。",
    "{count} rows or columns of this sheet are gone, the first “{what}”.",
    "请撤销删除，或从原文件复制回整张表（包括隐藏的第一行和第一列）。",
    "Undo the deletion, or take the sheet from the original file, with its hidden first row and "
    "column.",
)
GRID_LOST = error(
    "此格已不在表中：{what}。",
    "A cell of the grid is gone: {what}.",
    "请恢复被删除的行或列（包括隐藏的第一行和第一列）。",
    "Restore the deleted row or column (with the hidden first row and column).",
)
GRID_TWICE = error(
    "此行是复制出来的（{what}），无法判断以哪一行为准。",
    "This row is a copy ({what}); it is unclear which one holds.",
    "请删除多余的一行。",
    "Delete one of the rows.",
)
CONTRADICTION = error(
    "与总课表 {cell} 的修改矛盾：那里改为“{grid}”，这里是“{value}”。",
    "This contradicts the edit at {cell} of the master grid: '{grid}' there, '{value}' here.",
    "请只保留其中一处修改，或把两处改成同一个人。",
    "Keep one of the two edits, or name the same person in both.",
)
