"""What is said about a JSON file that is not the data of a school."""

from __future__ import annotations

from instances.problems import error

NOT_JSON = error(
    "“{value}”不是有效的 JSON 文件（第{line}行第{column}个字符处出错）。",
    "“{value}” is not valid JSON (line {line}, column {column}).",
    "请重新导出；如果是手工改过，请核对该处的引号、逗号和括号。",
    "Export it again; if it was edited by hand, check quotes, commas and brackets there.",
)
NOT_UTF8 = error(
    "“{value}”不是 UTF-8 编码的文本。",
    "“{value}” is not text in UTF-8.",
    "请以 UTF-8 编码另存。",
    "Save it in the UTF-8 encoding.",
)
FIELD_MISSING = error(
    "缺少“{name}”。",
    "“{name}” is missing.",
    "请补上“{name}”。",
    "Add “{name}”.",
)
FIELD_UNKNOWN = error(
    "没有名为“{name}”的项。",
    "There is no field called “{name}”.",
    "请删去它；可用的项：{options}。",
    "Delete it; the fields are: {options}.",
)
NOT_ONE_OF = error(
    "“{value}”不在可选的值之中。",
    "“{value}” is not one of the accepted values.",
    "可选的值：{options}。",
    "The accepted values are: {options}.",
)
TOO_SMALL = error(
    "“{value}”太小。",
    "“{value}” is too small.",
    "不得小于{bound}。",
    "It must not be below {bound}.",
)
TOO_LARGE = error(
    "“{value}”太大。",
    "“{value}” is too large.",
    "不得大于{bound}。",
    "It must not be above {bound}.",
)
WRONG_TYPE = error(
    "“{value}”的类型不对。",
    "“{value}” is of the wrong type.",
    "这里应为{wanted}。",
    "It must be {wanted}.",
)
NOT_ACCEPTED = error(
    "“{value}”不符合要求（{code}）。",
    "“{value}” is not accepted ({code}).",
    "请对照导出的样例文件修改。",
    "Compare it with an exported example and correct it.",
)
