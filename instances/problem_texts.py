"""What is said about a single cell, a sheet or a file that cannot be read as it stands."""

from __future__ import annotations

from instances.problems import error, warning

# Cells

TURNED_INTO_DATE = error(
    "“{value}”是日期或时间，这里应为文字（Excel 会把“3-1”“1-5”自动变成日期）。",
    "“{value}” is a date or time where text is expected (Excel turns 3-1 or 1-5 into a date).",
    "请把单元格格式设为“文本”后重新填写，或改写成“三（1）班”“周一至周五”这样的文字。",
    "Format the cell as text and type it again, or write it in words: Class 3-1, Mon-Fri.",
)
TOO_LONG = error(
    "内容超过{longest}个字。",
    "This is longer than {longest} characters.",
    "请缩短；较长的说明可写在另外的列中，不影响读取。",
    "Shorten it; put longer remarks into a column of your own, which is not read.",
)
NOT_A_NUMBER = error(
    "“{value}”不是数字。",
    "“{value}” is not a number.",
    "请只填数字，例如45。",
    "Enter a number only, such as 45.",
)
NOT_WHOLE = error(
    "“{value}”不是整数。",
    "“{value}” is not a whole number.",
    "请填整数，例如45。",
    "Enter a whole number, such as 45.",
)
OUT_OF_RANGE = error(
    "“{value}”不在{low}到{high}之间。",
    "“{value}” is not between {low} and {high}.",
    "请填{low}到{high}之间的数。",
    "Enter a number from {low} to {high}.",
)
TOO_PRECISE = error(
    "“{value}”的小数位数太多。",
    "“{value}” has too many decimals.",
    "请最多保留{places}位小数。",
    "Use {places} decimals at most.",
)
NOT_WEEK_NUMBERS = error(
    "“{item}”不是周次。",
    "“{item}” is not a week number.",
    "请写成“3-8、10”这样的周次。",
    "Write week numbers such as 3-8, 10.",
)
RANGE_BACKWARDS = error(
    "“{item}”前大后小。",
    "“{item}” runs backwards.",
    "请把较小的写在前面，例如“一至三”“周一至周五”。",
    "Put the earlier one first, such as 1-3 or Mon-Fri.",
)
SHARE_UNCLEAR = error(
    "“{value}”看不出是百分之几还是几成。",
    "“{value}” could be a percentage or a mistake.",
    "请写成90%或0.9。",
    "Write 90% or 0.9.",
)
NOT_A_SHARE = error(
    "“{value}”不在0到100%之间。",
    "“{value}” is not between 0 and 100 %.",
    "请填0到100%之间的比例，例如90%。",
    "Enter a share from 0 to 100 %, such as 90%.",
)
WORD_UNCLEAR = error(
    "“{value}”可以有不同理解。",
    "“{value}” could mean more than one thing.",
    "请从这些词中选一个：{options}。",
    "Choose one of: {options}.",
)
WORD_UNKNOWN = error(
    "看不懂“{value}”。",
    "“{value}” is not understood.",
    "请从这些词中选一个：{options}。",
    "Choose one of: {options}.",
)
NOT_A_DATE = error(
    "“{value}”不是日期。",
    "“{value}” is not a date.",
    "请写成2026-09-01。",
    "Write it as 2026-09-01.",
)
NO_SUCH_DATE = error(
    "没有“{value}”这一天，或年份不对。",
    "There is no such date as “{value}”, or its year is wrong.",
    "请核对年、月、日，写成2026-09-01。",
    "Check year, month and day, and write it as 2026-09-01.",
)
NO_YEAR = error(
    "“{value}”没有写年份。",
    "“{value}” has no year.",
    "请写全，例如2026-09-01。",
    "Write it in full, such as 2026-09-01.",
)
NOT_A_TIME = error(
    "“{value}”不是时间。",
    "“{value}” is not a clock time.",
    "请写成15:30。",
    "Write it as 15:30.",
)
TIME_UNCLEAR = error(
    "“{value}”看不出是几点几分。",
    "“{value}” does not say which hour and minute.",
    "请用冒号，写成15:30。",
    "Use a colon: 15:30.",
)
TIME_AT_NIGHT = error(
    "“{value}”是凌晨的时间。",
    "“{value}” is in the night.",
    "下午的时间请写成{guess}。",
    "For the afternoon write {guess}.",
)
NOT_A_WEEKDAY = error(
    "“{value}”不是星期。",
    "“{value}” is not a weekday.",
    "请写成“周一”或“周一至周五”。",
    "Write Mon, or Mon-Fri.",
)
ONE_WEEKDAY_ONLY = error(
    "“{value}”不止一天。",
    "“{value}” is more than one weekday.",
    "这里只能填一天，例如“周五”；多天请分行填写。",
    "Enter one weekday, such as Fri; use a row for each.",
)
NOT_A_GRADE = error(
    "“{value}”不是年级。",
    "“{value}” is not a grade.",
    "请写成“三年级”或“一至三年级”。",
    "Write 3, or 1-3.",
)
GRADE_OUT_OF_RANGE = error(
    "“{value}”超出一至九年级。",
    "“{value}” is not one of the grades 1 to 9.",
    "请填一至九年级（初一为七年级）。",
    "Enter grades from 1 to 9.",
)
ONE_GRADE_ONLY = error(
    "“{value}”不是单独一个年级。",
    "“{value}” is not a single grade.",
    "一个班级只属于一个年级，例如“三年级”。",
    "A class has one grade, such as 3.",
)
POST_UNKNOWN = error(
    "看不懂岗位“{item}”。",
    "The post “{item}” is not understood.",
    "请写成“指导教师（足球）、助教×2”；岗位有：{options}。",
    "Write 'leader (football), assistant x2'; the roles are: {options}.",
)
SLOTS_UNCLEAR = error(
    "“{item}”看不出是哪天的哪个时段。",
    "“{item}” does not say which weekday and segment.",
    "请写成“周二 第二段、周四 第一段”。",
    "Write 'Tue Segment 2, Thu Segment 1'.",
)
CLOSURE_UNCLEAR = error(
    "“{item}”不是关闭日期。",
    "“{item}” is not a date or range of dates.",
    "请写成“2026-11-02~2026-11-13（装修）；2026-12-01”。",
    "Write '2026-11-02~2026-11-13 (repairs); 2026-12-01'.",
)
PARAMETER_UNCLEAR = error(
    "“{item}”不是“名称=数值”。",
    "“{item}” is not of the form name=number.",
    "请写成“上限=3”，各项用顿号隔开。",
    "Write 'limit=3', with commas between several.",
)
FORMULA_WITHOUT_VALUE = error(
    "公式“{value}”还没有算出结果。",
    "The formula “{value}” has no computed value yet.",
    "请用 Excel 或 WPS 打开文件，保存一次后再试，或直接填写数值。",
    "Open the file in Excel or WPS and save it once, or enter the value itself.",
)
EXCEL_ERROR = error(
    "单元格显示错误“{value}”。",
    "The cell shows the error “{value}”.",
    "请修正公式，或直接填写数值。",
    "Correct the formula, or enter the value itself.",
)
MISSING_VALUE = error(
    "“{column}”没有填写。",
    "“{column}” is blank.",
    "请填写。{note}",
    "Fill it in. {note}",
)

# Rows, columns and sheets

UNKNOWN_HEADING = warning(
    "没有名为“{value}”的列，此列未读取。",
    "There is no column called “{value}”; it was not read.",
    "如果是自己的备注列，可以不管。",
    "If it holds remarks of your own, leave it.",
)
NO_HEADING = warning(
    "这一列没有标题，“{value}”没有读取。",
    "This column has no heading, so “{value}” was not read.",
    "请移到应在的列；如果是自己的备注，可以不管。",
    "Move it to the column where it belongs; if it is a remark of your own, leave it.",
)
UNKNOWN_WISH_HEADING = error(
    "标题“{value}”既不是“星期 时段”，也不是活动名称。",
    "The heading “{value}” is neither a weekday with a segment nor an activity.",
    "请写成“{example}”这样的标题；时段有：{options}。",
    "Use a heading such as “{example}”; the segments are: {options}.",
)
IGNORED_WISH_HEADING = warning(
    "列“{value}”不是时段也不是活动，未读取。",
    "The column “{value}” is neither a segment nor an activity; it was not read.",
    "如果是意愿，标题请写成“{example}”；如果是备注，可以不管。",
    "If it holds wishes, head it like “{example}”; if remarks, leave it.",
)
DUPLICATE_HEADING = error(
    "标题“{value}”与{other}重复。",
    "The heading “{value}” says the same as {other}.",
    "请删去其中一列，或改名。",
    "Delete or rename one of the two columns.",
)
MISSING_COLUMN = error(
    "缺少“{column}”这一列。",
    "The column “{column}” is missing.",
    "请在标题行加上这一列。{note}",
    "Add it to the row of headings. {note}",
)
MISSING_ITEM = error(
    "缺少“{column}”这一项。",
    "The item “{column}” is missing.",
    "请加一行，左边写“{column}”，右边填写。{note}",
    "Add a row with “{column}” on the left and its value on the right. {note}",
)
NO_HEADINGS = error(
    "前十行里找不到标题行。",
    "No row of headings was found in the first ten rows.",
    "请在一行中写上这些标题：{columns}。",
    "Put these headings into one row: {columns}.",
)
NO_ROWS = error(
    "只有标题，没有内容。",
    "There are headings but no rows.",
    "请从标题下一行开始填写，每行一项。",
    "Fill it in from the row below the headings.",
)
MISSING_SEGMENTS = error(
    "缺少工作表“{name}”，其他表里却有{count}处用到它的时段。",
    "The sheet “{name}” is missing, but its segments are named in {count} places of other sheets.",
    "请加上这张表；没有它时只有“第一段”和“第二段”。",
    "Add the sheet; without it there are only Segment 1 and Segment 2.",
)
MISSING_SHEET = error(
    "缺少工作表“{name}”。",
    "The sheet “{name}” is missing.",
    "请加上这张表：{purpose}",
    "Add it: {purpose}",
)
NO_WISHES = warning(
    "没有工作表“{name}”，每个人都按默认意愿处理。",
    "There is no sheet “{name}”; everybody's default wish is used.",
    "如已征集意愿，请加上这张表。",
    "If wishes were collected, add the sheet.",
)
UNKNOWN_SHEET = warning(
    "没有名为“{value}”的工作表，此表未读取。",
    "There is no sheet called “{value}”; it was not read.",
    "如果是自己的表，可以不管。",
    "If it is a sheet of your own, leave it.",
)
TWO_SHEETS = error(
    "“{value}”和“{other}”是同一张表的两个名称。",
    "“{value}” and “{other}” are two names of the same sheet.",
    "请删去或改名其中一张。",
    "Delete or rename one of them.",
)
SHEET_NOT_READ = warning(
    "已读取“{other}”，没有读取“{value}”。",
    "“{other}” was read, and “{value}” was not.",
    "如果需要其中的内容，请移到“{other}”；如果是自己的表，可以不管。",
    "Move what is needed to “{other}”; if it is a sheet of your own, leave it.",
)
DUPLICATE = error(
    "“{value}”在{other}已经有了。",
    "“{value}” already stands in {other}.",
    "请删去重复的一行，或改成不同的名称。",
    "Delete one of the two rows, or give them different names.",
)
NO_MORE_THAN_ONE = error(
    "“{value}”与{other}填写的“{first}”不一致。",
    "“{value}” contradicts “{first}” in {other}.",
    "请保留正确的一个，删去另一个。",
    "Keep the right one and delete the other.",
)

# Files

NO_FILE = error(
    "找不到文件“{value}”。",
    "There is no file “{value}”.",
    "请核对文件名和所在文件夹。",
    "Check the name and the folder.",
)
IS_FOLDER = error(
    "“{value}”是文件夹，不是文件。",
    "“{value}” is a folder, not a file.",
    "请写出文件夹里的那个 .xlsx 文件。",
    "Name the .xlsx file inside it.",
)
EMPTY_FILE = error(
    "文件“{value}”是空的（0字节）。",
    "The file “{value}” is empty (0 bytes).",
    "可能没有传完或没有保存好，请重新复制或保存。",
    "It may not have been copied or saved completely; copy or save it again.",
)
NOT_READABLE = error(
    "没有权限读取“{value}”，或文件正被占用。",
    "“{value}” may not be read, or another program holds it.",
    "请关闭正在打开它的 Excel 或 WPS，或把文件复制到自己的文件夹。",
    "Close it in Excel or WPS, or copy it to a folder of your own.",
)
ENCRYPTED = error(
    "“{value}”设有密码，或其实是旧式 .xls 文件。",
    "“{value}” is protected by a password, or is really an old .xls file.",
    "请在 Excel 或 WPS 中打开，去掉打开密码，另存为 .xlsx。",
    "Open it in Excel or WPS, remove the password to open, and save it as .xlsx.",
)
NOT_A_WORKBOOK = error(
    "“{value}”不是 Excel 工作簿，或者已经损坏。",
    "“{value}” is not an Excel workbook, or it is damaged.",
    "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿 (.xlsx)”。",
    "Open it in Excel or WPS and save it as an Excel workbook (.xlsx).",
)
SAVE_AS_XLSX = error(
    "不能读取 {suffix} 文件“{value}”。",
    "A {suffix} file such as “{value}” cannot be read.",
    "请用 Excel 或 WPS 打开，选“文件 → 另存为 → Excel 工作簿 (.xlsx)”。",
    "Open it in Excel or WPS and choose File, Save as, Excel workbook (.xlsx).",
)
UNKNOWN_FORMAT = error(
    "不能读取 {suffix} 文件“{value}”。",
    "A {suffix} file such as “{value}” cannot be read.",
    "请给出 .xlsx 工作簿或 .json 文件。",
    "Give an .xlsx workbook or a .json file.",
)
NONE_OF_OUR_SHEETS = error(
    "“{value}”里没有本系统的工作表。",
    "“{value}” has none of the sheets that are needed.",
    "请确认选对了文件；需要的工作表：{sheets}。",
    "Check that it is the right file; it needs the sheets: {sheets}.",
)
