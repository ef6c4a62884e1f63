"""What can be wrong with sessions that somebody has moved in time or merged by hand."""

from __future__ import annotations

from instances.problems import error

NO_SERVICE = error(
    "{date}没有课后服务，不能把场次移到这一天。",
    "There is no after-school service on {date}; a session cannot be moved there.",
    "请改为有服务的日期，例如{near_days}。",
    "Choose a date with service, such as {near_days}.",
)
NO_SEGMENT = error(
    "没有名为“{value}”的时段。",
    "No segment is called '{value}'.",
    "请填写这一天的时段之一：{segments}。",
    "Write one of the segments of that day: {segments}.",
)
SEGMENT_OFF = error(
    "{date}没有时段“{segment}”。",
    "The segment '{segment}' does not take place on {date}.",
    "请改为当天的时段之一：{segments}。",
    "Choose one of the segments of that day: {segments}.",
)
OTHER_GRADES = error(
    "时段“{segment}”不是为这些班级（{classes}）开设的。",
    "The segment '{segment}' is not for these classes ({classes}).",
    "请改为当天的其他时段：{segments}。",
    "Choose another segment of that day: {segments}.",
)
DERIVED = error(
    "“{column}”由日期和时段得出，不能单独修改；此处应为“{old}”。",
    "'{column}' follows from date and segment and cannot be edited; it should be '{old}'.",
    "请恢复此格；要移动场次，请改“日期”或“时段”。",
    "Restore the cell; to move a session, edit its date or segment.",
)
UNLIKE = error(
    "同一活动当天的各行没有移到同一时间：第{rows}行。",
    "The rows of one meeting on that date have not been moved alike: rows {rows}.",
    "请把这些行的“日期”改成同一天，同一时段的行“时段”也改成同一个。",
    "Give all these rows the same date, and those of one segment the same new segment.",
)
MOVED_AWAY = error(
    "此行是移走前的位置，场次已移到{date} {segment}。",
    "This row is the old place; the session has been moved to {date} {segment}.",
    "请恢复此格并修改新位置的那一行；要撤销移动，把此行“状态”改为“正常”。",
    "Restore it and edit the row at the new place; to take the move back, set the status of "
    "this row to 'planned'.",
)
MOVED_BACK = error(
    "此场次已移到另一时间，状态不能改为“{value}”。",
    "This session has been moved to another time; its status cannot be '{value}'.",
    "要撤销移动，请把“日期”和“时段”改回原处。",
    "To take the move back, restore its date and segment.",
)
MOVED_AND = error(
    "此场次既改了时间，又把状态改为“{value}”。",
    "This session was given another time, and the status '{value}' as well.",
    "请只保留其中一项修改。",
    "Keep one of the two edits.",
)
OWN_CLASSES = error(
    "班级“{missing}”本来就在这一场，不能从中删去。",
    "The classes {missing} belong to this session and cannot be taken out.",
    "请恢复；要把它们并到别处，请写进接收那一行的“班级”，并把此行状态改为“合班”。",
    "Restore them; to merge them elsewhere, add them to Classes of the receiving row and set the "
    "status of this row to 'merged'.",
)
NO_CLASS = error(
    "没有名为“{value}”的班级。",
    "No class is called '{value}'.",
    "请填写班级表中的名称，用“、”分隔。{near}",
    "Write names of the class list, separated by commas. {near}",
)
NOT_IN_CARE = error(
    "{date} {segment}，“{classes}”没有可以并入的看护。",
    "On {date} {segment} there is no care of {classes} that could be merged into this one.",
    "只能合并同一天、同一时段、同一类看护的班级；请从此格删去。",
    "Only classes in care of the same kind on that date in that segment can be merged; take "
    "them out of this cell.",
)
WHOLE_GROUP = error(
    "“{classes}”在同一组看护，只能整组合并。",
    "{classes} are one group in care and can only be merged together.",
    "请把该组的班级全部写上，或全部删去。",
    "Name all classes of the group, or none.",
)
MERGED_TWICE = error(
    "“{classes}”被并入了不止一处：{cells}。",
    "{classes} have been merged into more than one row: {cells}.",
    "请只保留一处。",
    "Keep one of them.",
)
NOT_MERGED = error(
    "状态改为“合班”，但没有写明与谁合班。",
    "The status was set to 'merged', but nothing says with whom.",
    "请在接收的那一行“班级”中加上这些班级：{classes}。",
    "Add these classes to the cell Classes of the receiving row: {classes}.",
)
MERGED_AWAY = error(
    "此场次已并入{cell}，“{value}”与此矛盾。",
    "This session has been merged into {cell}, which '{value}' contradicts.",
    "请清空人员、恢复其他单元格，状态填“合班”；或从接收的那一行中删去这些班级。",
    "Empty the staff, restore the other cells, and set the status to 'merged'; or take the "
    "classes out of the receiving row.",
)
HOST_STATUS = error(
    "此行接收了其他班级，状态不能改为“{value}”。",
    "Other classes have been merged into this row; its status cannot be '{value}'.",
    "请先从“班级”中删去并入的班级。",
    "First take the other classes out of the cell Classes.",
)
CLUB_PLACE = error(
    "“{activity}”不能排在“{value}”。",
    "'{activity}' cannot meet at '{value}'.",
    "请从下拉列表中选择：{options}。要用别的时段，请先在学校工作簿“活动”中允许它。",
    "Choose from the list: {options}. For another time, first allow it in the sheet Activities of "
    "the school workbook.",
)
CLUB_NOWHERE = error(
    "“{activity}”没有任何允许的时段，不能排在“{value}”。",
    "'{activity}' has no slot at all that is allowed, so it cannot meet at '{value}'.",
    "请先在学校工作簿“活动”中写明允许的时段。",
    "First name the slots allowed in the sheet Activities of the school workbook.",
)
CLUB_MOVED = error(
    "“{activity}”的每周时间已在总课表 {cell} 改为“{new}”，与此处的修改矛盾。",
    "The weekly time of '{activity}' was changed to '{new}' at {cell} of the master grid, which "
    "this edit contradicts.",
    "请只保留其中一处；改了每周时间之后，再次写出课表才能改单次。",
    "Keep one of the two; single dates can be edited once the timetable is written anew.",
)
ROOM_NO_TIME = error(
    "“{activity}”没有排入课表，不能只写场地“{value}”。",
    "'{activity}' is not placed, so it cannot have the room '{value}' alone.",
    "请同时在“时间”中选择它的时段。",
    "Choose its time in the cell When as well.",
)
NOT_BACK = error(
    "{since}之前是历史，不能把场次移到那时。",
    "What lies before {since} is history; a session cannot be moved there.",
    "请改为{since}或以后的日期。",
    "Choose {since} or a later date.",
)
