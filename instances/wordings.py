"""Other ways in which people write the words of the field, and those that say too little."""

from __future__ import annotations

from instances.words import Family, Form, Kind, Level, Parity, Role, Rota, TeamKind, Word
from instances.workbook.sheet import DateKind, YesNo

_TICKS = ("√", "✓", "✔", "☑", "y", "yes", "true", "是", "对")
_CROSSES = ("×", "✗", "✘", "✕", "x", "n", "no", "false", "否", "错")

WORDINGS: dict[Word, tuple[str, ...]] = {
    Level.PREFERS: (
        "非常愿意",
        "很愿意",
        "最愿意",
        "优先",
        "首选",
        "喜欢",
        "很想",
        "prefer",
        "preferred",
    ),
    Level.WILLING: (*_TICKS, "都行", "都可以", "均可", "可", "行", "能", "同意", "ok", "can"),
    Level.RATHER_NOT: (
        *("尽量不要", "尽量避免", "尽量不安排", "最好不", "最好不要", "不太愿意", "不太想"),
        *("勉强", "ratherno", "prefernot", "reluctant"),
    ),
    Level.NO: (
        *_CROSSES,
        *("不愿意", "不愿", "不可以", "不能", "不可", "不同意", "不参加", "不", "never", "cannot"),
    ),
    YesNo.YES: (*_TICKS, "有", "1", "开", "启用"),
    YesNo.NO: (*_CROSSES, "无", "没有", "0", "不", "关", "停用"),
    Kind.CARE: ("看护", "作业", "作业辅导", "课后看护", "自习", "homework", "care"),
    Kind.CLUB: ("兴趣班", "兴趣小组", "兴趣课", "社团活动", "俱乐部", "clubs"),
    Kind.EXERCISE: ("锻炼", "体育", "体锻", "体育活动", "课间操", "大课间", "sport", "pe"),
    Kind.TUTORING: ("个别辅导", "答疑", "辅导答疑", "tutor"),
    Kind.NOON: ("午间", "午休", "午托", "午餐看护", "午休看护", "lunch"),
    Kind.LATE: ("延时", "晚托", "晚间看护", "延时托管", "latecare"),
    Kind.DUTY: ("值日", "值周", "行政值班", "护导", "on duty"),
    Kind.STANDBY: ("备用", "后备", "替补", "reserve"),
    Role.SUPERVISOR: ("看护", "看护老师", "看班教师", "看班老师", "care"),
    Role.LEADER: ("指导", "指导老师", "主讲", "主讲教师", "教练", "coach", "teacher"),
    Role.DUTY_LEADER: ("带班领导", "值周领导", "行政值班", "领导", "dutyleader"),
    Role.PATROL: ("巡视", "巡课", "巡查员"),
    Role.GATE: ("门卫", "校门", "校门值守", "gateduty"),
    Role.STANDBY: ("备用", "后备", "reserve"),
    Role.ASSISTANT: ("助理", "助理教师", "助教老师", "协助"),
    Role.REFEREE: ("裁判员", "umpire"),
    Parity.ALL: ("全部", "每周都", "单双周", "不分", "weekly", "every"),
    Parity.ODD: ("单", "奇数周", "oddweek"),
    Parity.EVEN: ("双", "偶数周", "evenweek"),
    Rota.WEEK: ("周", "每周", "轮周", "week", "weekly"),
    Rota.DAY: ("日", "天", "按日", "每天", "day", "daily"),
    Family.SCIENCE: ("科技", "科学", "科创"),
    Family.SPORTS: ("体育", "运动", "sport", "artsandsport"),
    Family.ART: ("美术", "音乐", "arts"),
    Family.LABOUR: ("劳技", "劳动实践", "labor"),
    Family.READING: ("读书", "悦读"),
    TeamKind.BOYS: ("男", "男生", "男队", "boy", "male"),
    TeamKind.GIRLS: ("女", "女生", "女队", "girl", "female"),
    TeamKind.MIXED: ("男女混合", "混合队", "男女", "不分男女", "mix"),
    Form.ROUND_ROBIN: ("循环赛", "循环", "单循环赛", "roundrobin", "league"),
    Form.DOUBLE: ("双循环赛", "主客场", "doubleroundrobin", "home and away"),
    Form.GROUPS: ("小组赛", "分组赛", "小组赛+淘汰赛", "分组加淘汰", "groups", "groupsandknockout"),
    Form.KNOCKOUT: ("单败淘汰", "单败淘汰赛", "淘汰", "knockout", "cup"),
    DateKind.HOLIDAY: ("假期", "节假日", "假日", "放假日", "休息", "holidays"),
    DateKind.MAKE_UP: ("调休上课", "调休上课日", "补课", "补班", "调课", "makeup", "make-up"),
    DateKind.FROZEN: (
        "停课周",
        "考试",
        "期中考试",
        "期末考试",
        "复习周",
        "exam",
        "examweek",
        "exams",
    ),
    DateKind.PHASE: ("作息阶段", "作息", "时期"),
}
"""Synonyms per word; compared without spaces, width or case."""

AMBIGUOUS: dict[type[Word], frozenset[str]] = {
    Level: frozenset(
        (
            *("?", "待定", "看情况", "视情况", "一般", "不一定", "随缘", "-", "--", "—", "——", "/"),
            *("无", "无所谓", "随意", "1", "2", "3", "4", "5", "maybe", "n/a", "na"),
        )
    ),
    YesNo: frozenset(["?", "-", "/", "—", "待定", "maybe"]),
}
"""Answers that could mean more than one thing, and so mean nothing."""
