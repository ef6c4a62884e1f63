"""The sentences of the commands, in both languages."""

from __future__ import annotations

from instances.messages import Label, Template
from instances.problems import error

OUTPUT_EXISTS = error(
    "文件已存在，没有改动它。",
    "This file exists already and was not touched.",
    "请换一个文件名，或加上 --overwrite（会先保留一份备份）。",
    "Choose another name, or add --overwrite (which keeps a backup).",
)
OUTPUT_IS_FOLDER = error(
    "这是文件夹，不是文件。",
    "This is a folder, not a file.",
    "请在后面加上文件名，例如 课表.xlsx。",
    "Add a file name, such as timetable.xlsx.",
)
OUTPUT_SUFFIX = error(
    "不支持“{suffix}”类型的文件。",
    "Files of type “{suffix}” are not written.",
    "文件名请以 {suffixes} 结尾。",
    "End the name with {suffixes}.",
)
OUTPUT_NO_SUFFIX = error(
    "文件名没有后缀。",
    "The file name has no ending.",
    "文件名请以 {suffixes} 结尾。",
    "End the name with {suffixes}.",
)
OUTPUT_IN_FILE = error(
    "“{file}”是文件，不是文件夹。",
    "“{file}” is a file, not a folder.",
    "请换一个文件夹，或检查路径。",
    "Choose a folder, or check the path.",
)
OUTPUT_NO_FOLDER = error(
    "文件夹“{folder}”不存在。",
    "The folder “{folder}” does not exist.",
    "请先建立文件夹，或检查路径。",
    "Create it, or check the path.",
)
OUTPUT_NOT_WRITABLE = error(
    "无法写入（{cause}）。",
    "It cannot be written ({cause}).",
    "请换一个位置或文件名，或检查写入权限和剩余空间。",
    "Choose another place or name, or check permissions and free space.",
)
OUTPUT_OPEN = error(
    "文件正被其他程序打开（{lock}）。",
    "It is open in another program ({lock}).",
    "请先关闭；若早已关闭，请删除“{lock}”。",
    "Close it; if it has long been closed, delete “{lock}”.",
)
OUTPUT_IS_INPUT = error(
    "这是输入文件本身，不能作为输出。",
    "This is the input itself and cannot be the output.",
    "请换一个文件名。",
    "Choose another name.",
)
OUTPUT_TWICE = error(
    "两个输出不能是同一个文件。",
    "Two outputs cannot be the same file.",
    "请为其中一个换一个文件名。",
    "Give one of them another name.",
)
SCHOOL_IS_TIMETABLE = error(
    "这是排好的课表文件，不是填写学校情况的工作簿。",
    "This is a timetable, not the workbook that describes the school.",
    "请使用填写班级、教师和意愿的工作簿；与课表一起给出时，它在前面。",
    "Use the workbook with the classes, the staff and their wishes; where both are given, it comes "
    "first.",
)
WRITE_FAILED = error(
    "结果没能写入：{cause}",
    "The result could not be written: {cause}",
    "结果已另存为“{rescued}”。",
    "It was saved as “{rescued}” instead.",
)
WRITE_LOST = error(
    "结果没能写入：{cause}",
    "The result could not be written: {cause}",
    "其他位置也无法保存，请清理磁盘空间后重试。",
    "No other place could be written either; free some disk space and try again.",
)
RESCUED = Template("结果已另存为“{path}”。", "The result was saved as “{path}”.")
NO_TEMPLATE_JSON = error(
    "空白模板只能是 .xlsx 文件。",
    "An empty template can only be an .xlsx file.",
    "请把文件名改为以 .xlsx 结尾，或用 --preset 选择规模。",
    "End the name with .xlsx, or choose a size with --preset.",
)
NO_RULE = error(
    "没有名为“{value}”的规则。",
    "There is no rule called “{value}”.",
    "用 rules 命令可列出全部规则。",
    "The command rules lists them all.",
)
WRITTEN = Template("已写入：{path}", "Written: {path}")
BACKED_UP = Template("原文件已备份为：{path}", "The old file was kept as: {path}")
SHARED = Template(
    "已写入可发送的副本（不含意愿、请假原因、电话）：{path}",
    "Written for sending round (without wishes, reasons of leave, phones): {path}",
)
ERRORS = Template("错误 {count} 个（必须改正）：", "Errors ({count}), to be corrected:")
WARNINGS = Template("提醒 {count} 个（请看一眼）：", "Warnings ({count}), worth a look:")
NO_PROBLEMS = Template("没有发现问题。", "No problems were found.")
TEMPLATE_NEXT = Template(
    "下一步：在 Excel 或 WPS 中填写，然后运行 validate {path}",
    "Next: fill it in with Excel or WPS, then run: validate {path}",
)
NOT_SHOWN = Template(
    "审核发现课表有 {count} 处违反必须遵守的规则，因此没有写出课表。这是程序的错误，请报告。",
    "The audit found {count} {count:breach|breaches} of rules that must hold, so no timetable "
    "was written. "
    "This is a fault of the program; please report it.",
)
NOT_FOUND = Template(
    "在给定的时间内没有找到课表，因此没有写出文件。请加大 --time-limit，或不加限制。",
    "No timetable was found in the time given, so nothing was written. Raise --time-limit, or "
    "leave it out.",
)
NO_ROOMS = Template(
    "场地不够，任何课表都排不出，因此没有写出文件（{count} 处）：",
    "There are not enough rooms for any timetable, so nothing was written ({count}):",
)
STOPPING = Template(
    "正在停止，将保留目前最好的课表……（再按一次 Ctrl-C 立即放弃）",
    "Stopping with the best timetable found so far … (Ctrl-C again gives up at once)",
)
TOOK = Template("用时 {seconds} 秒。", "It took {seconds} s.")
OPEN_POSTS = Template(
    "空缺岗位（每周课表中 {count} 个；原因见“空缺”表）：",
    "Open posts ({count} of the weekly pattern; reasons on the sheet of open posts):",
)
AND_MORE = Template("……另有 {count} 条", "… and {count} more")
MUST = Label("必须", "must")
WEIGHT = Template("权重 {weight}", "weight {weight}")
SUPPLY = Label(
    "人手核对（每个时段取最紧的一天；“至少”按所有社团都开起来、看护人数最少来算）：",
    "Supply against demand (tightest date of each slot; “at least” counts care as if every club"
    " that could meet then did):",
)
SUPPLY_HEADS = (
    Label("时段", "Slot"),
    Label("至少需要", "at least"),
    Label("最多需要", "at most"),
    Label("可安排", "available"),
    Label("余量", "spare"),
)
ENOUGH = Label(
    "按人数计算没有发现缺口（能否排成，以求解结果为准）。",
    "Counting finds no deficit (whether all fits together, solving will tell).",
)
DEFICITS = Template("已证明的缺口 {count} 处（任何课表都避免不了）：", "Proved deficits ({count}):")
DEFICIT_REMEDY = Label(
    "可以这样补救：请更多的人同意这些时段，增加具备条件的人，放宽上限，或减少、合并岗位。",
    "Ways out: more people who agree to these slots or qualify, higher caps, fewer or merged"
    " posts.",
)
PIN_REMEDY = Label(
    "固定项不能满足可以这样补救：在“固定”表里删去或改正其中一条，或先满足它所需要的条件（同意、技能、"
    "可用场地）。",
    "Ways out where pins cannot hold: delete or correct one of them on the sheet Pins, or first"
    " provide what it needs (consent, skills, rooms).",
)
ROOM_REMEDY = Label(
    "场地不够可以这样补救：为这些活动另填可用场地，核对“场地”表的容纳人数、可同时使用的组数和设施，"
    "或错开时段。",
    "Ways out where rooms are short: name further rooms for these activities, check how many"
    " children and groups each room holds and its features, or use other segments.",
)
OTHER_INPUT = Label(
    "注意：学校工作簿与生成这份课表时所用的内容不同；以下按现在的工作簿审核。",
    "Note: the school workbook differs from the one this timetable was made from; what follows is"
    " judged by the workbook as it is now.",
)
EDITS = Template("课表中改动了 {count} 格：", "Cells edited in the timetable ({count}):")
EDIT = Template("“{sheet}”{cell}：{old} → {new}", "{sheet} {cell}: {old} → {new}")
EMPTY_CELL = Label("（空）", "(empty)")
HARD = Template(
    "违反必须遵守的规则 {count} 处，请先改正：", "Breaches of rules that must hold ({count}):"
)
NO_HARD = Label("必须遵守的规则全部满足。", "Every rule that must hold is kept.")
SOFT = Template(
    "尽量满足的规则共扣 {points} 分：",
    "Wishes and fairness: {points} penalty {points:point|points}:",
)
NO_SOFT = Label("尽量满足的规则也全部满足。", "Every other rule is kept, too.")
NONE_OPEN = Label(
    "没有空缺：每个岗位、每一天都有人。", "None open: each post is filled on every date."
)
OPEN_SESSIONS = Template(
    "空缺 {count} 个场次（每周课表中 {lines} 个岗位）：",
    "{count} dated {count:post is|posts are} open ({lines} {lines:post|posts} of the weekly "
    "pattern):",
)
NO_DATE = error(
    "“{value}”不是日期。",
    "“{value}” is not a date.",
    "请写成 2026-09-14、9月14日，或“今天”。",
    "Write it as 2026-09-14, or today.",
)
NO_SERVICE = error(
    "{reason}",
    "{reason}",
    "请换一个日期；最近的服务日：{near_days}。",
    "Choose another date; the nearest with service: {near_days}.",
)
EVENTS_MISSING = Template(
    "这些大型活动不在课表中：{events}。请用 rerun 排入。",
    "These events are not in the timetable: {events}. Run rerun to place them.",
)
TO_PASTE = Label("可直接粘贴到群里的文字：", "Text to paste into a group chat:")
WHY_WHOM = error(
    "请指明一个人、一个班或一项活动。",
    "Name one person, one class or one activity.",
    "写 --staff 姓名、--class 班级、--activity 活动中的一项。",
    "Give one of --staff NAME, --class NAME, --activity NAME.",
)
WHY_NO_STAFF = error(
    "课表里没有教职工“{value}”。",
    "Nobody called “{value}” is on the staff of this timetable.",
    "请照“教师”表的写法填写姓名，有工号的写成 王芳(T01)。",
    "Write the name as on the staff sheet; with a number: 王芳(T01).",
)
WHY_SHARED_NAME = error(
    "叫“{value}”的有几位：{candidates}。",
    "Several people are called “{value}”: {candidates}.",
    "请连工号一起写。",
    "Give the number, too.",
)
WHY_NO_CLASS = error(
    "课表里没有班级“{value}”。",
    "There is no class “{value}” in this timetable.",
    "请照“班级”表的写法填写。",
    "Write it as on the sheet of classes.",
)
WHY_NO_ACTIVITY = error(
    "课表里没有活动“{value}”。",
    "There is no activity “{value}” in this timetable.",
    "请照“活动”表的写法填写。",
    "Write it as on the sheet of activities.",
)
WHY_STOPPING = Label(
    "正在停止，信里不再试排……（再按一次 Ctrl-C 立即放弃）",
    "Stopping; the letter goes without further trials … (Ctrl-C again gives up at once)",
)
