"""The sentences of the command explain, in both languages."""

from __future__ import annotations

from instances.messages import Label, Template
from instances.problems import error

YES = Label(
    "能排满：已找到一份课表，每个岗位、每个服务日都有人，并已通过审核。",
    "Every post can be filled: a timetable was found that does so, and it passed its audit.",
)
NO = Label(
    "排不满：已证明任何课表都不能让每个岗位都有人、每条固定项都满足。",
    "Not every post can be filled: it is proved that no timetable fills all of them and keeps"
    " everything that was fixed by hand.",
)
UNDECIDED = Label(
    "没有定论：在所用的时间里既没有找到排满的课表，也没有证明排不满。这不等于排不满；"
    "可以加大 --time-limit 再试。",
    "Not decided: in the time given, no timetable that fills every post was found, and it was not"
    " proved that there is none. That does not mean it is impossible; try a higher --time-limit.",
)
OPEN_NOW = Template(
    "目前找到的最好课表有 {count} 个场次空缺；用 -o 写出的课表在每个空缺处写明原因。",
    "The best timetable found leaves {count} dated {count:post|posts} open; the timetable that"
    " -o writes has the reason at each.",
)
TIGHTEST = Label(
    "按人数计算，人手最紧的时段：", "By counting, the times at which people are scarcest:"
)
TIGHT = Template(
    "{weekday} {segments}：至少需要 {needed} 人，最多 {most} 人；同意且有空的 {available} 人",
    "{weekday} {segments}: {needed} needed at least, {most} at most; {available} agree and are"
    " free",
)
NO_TIMETABLE = Label(
    "没有写出课表：连带空缺的课表也无法满足全部硬性规则（见上面的场地缺口）。",
    "No timetable was written: not even one with gaps keeps every must (see what is short of rooms"
    " above).",
)
AT_LEAST = Template(
    "已证明任何每周课表至少空缺 {count} 个场次。",
    "It is proved that every weekly timetable leaves at least {count} open.",
)
PINS = Template(
    "{count} 条固定项与硬性规则或其他固定项冲突，上面的课表略去了它们：{pins}",
    "{count} {count:pin conflicts|pins conflict} with a must or with each other; the timetable "
    "above leaves {count:it|them} out:"
    " {pins}",
)
DEFICITS = Template(
    "缺口 {count} 处（按人数、场地计算得到证明）：", "What is short ({count}, proved by counting):"
)
CLASH = Label(
    "以下各条加在一起，就已经排不满（有课等忙碌时间、学生人数、要改三处以上才能担任的人等，照旧）；"
    "其中每一条都不可少，少了它，其余各条就不足以造成空缺：",
    "These facts together already make it impossible (taken for granted: busy times, numbers of"
    " children, people in whom three or more things would have to change, and the like). None of"
    " them can be left out: without it, the others on the list would not be enough:",
)
CLASH_TOO = Label(
    "即使去掉上面各条，以下各条加在一起也已排不满；同样，其中每一条都不可少：",
    "Even without the facts above, these together make it impossible, too; again none of them can"
    " be left out:",
)
CLASH_BEYOND = Template(
    "（另有 {count} 个场次，以上各条都去掉也仍然空缺，不算在内。）",
    "({count} further dated {count:post|posts} would stay open without any of these, and "
    "{count:is|are} not meant.)",
)
CLASH_UNDECIDED = Label(
    "标有“(?)”的，少了它其余各条是否仍足以造成空缺，在时间内没有定论。",
    "For those marked “(?)” it was not decided in time whether the others would be enough without"
    " them.",
)
FIXES = Template(
    "解决办法 {count} 种，从代价最小的排起；每一种都已改好、重新求解并通过审核：",
    "Ways out ({count}), the cheapest found first; each was applied, solved and audited:",
)
FIX = Template("{number}. 代价 {cost}：", "{number}. cost {cost}:")
LEFT = Template(
    "（之后仍有 {count} 个场次空缺）",
    " (after which {count} dated {count:post still stays|posts still stay} open)",
)
NO_FIX = Label(
    "没有找到已验证的解决办法。可以加大 --time-limit，"
    "或同时从几方面着手（更多人同意、增加人手、减少岗位）。",
    "No way out was found and verified. Try a higher --time-limit, or several things at once (more"
    " people who agree, more staff, fewer posts).",
)
UNSURE = Label(
    "搜索找到了以下办法，但未能在时间内验证，照做之后也可能仍有空缺：",
    "The search found this way out, but it could not be verified in time; it may not suffice:",
)
UNVERIFIED = Template(
    "另有 {count} 种办法未能在时间内验证，这里不列。",
    "{count} further {count:way|ways} out could not be verified in time and {count:is|are} not "
    "listed.",
)
STOPPED = Label(
    "提前停止：以下是到那时为止的结果。", "Stopped early: this is what was known until then."
)
STOPPING = Label(
    "正在停止，保留目前的结果……（再按一次 Ctrl-C 立即放弃）",
    "Stopping with what is known so far … (Ctrl-C again gives up at once)",
)
BAD_COST = error(
    "“{value}”看不懂：代价要写成 种类=数字。",
    "“{value}” is not understood: a cost is written kind=number.",
    "例如 --cost consent=3,cap=2；种类有：{kinds}。",
    "For example --cost consent=3,cap=2; the kinds are {kinds}.",
)
PRICES = Label(
    "规则的代价：放弃这一条，空缺场次和其余各条的扣分会怎样（同意、有课、一人不能同时在两处没有代价，"
    "不能放弃）：",
    "What rules cost: open dated posts and the points of all other rules, with the rule and without"
    " it (consent, busy times and physics are not the school's to give up):",
)
PRICE_HEADS = (
    Label("规则", "rule"),
    Label("它的扣分", "its points"),
    Label("空缺", "open"),
    Label("放弃后", "without"),
    Label("其余扣分", "others"),
    Label("放弃后", "without"),
    Label("", ""),
)
EXACT = Label("已证明", "proved")
AT_MOST = Label("未证明最好", "not proved best")
NO_PRICES = Label(
    "没有一条规则有代价，或时间不够算出。",
    "No rule costs anything, or there was no time to find out.",
)
