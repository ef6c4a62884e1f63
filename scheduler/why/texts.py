"""The sentences of the letters, in both languages."""

from __future__ import annotations

from instances.messages import Label, Template

POST = Template("{when}的{what}{details}", "{when}: {what}{details}")
POST_DETAILS = Template("（{details}）", " ({details})")
QUOTED = Template("“{name}”", "“{name}”")
CLASSES_MORE = Template("{classes}等{count}个班", "{classes} and more ({count} classes)")
NO_NAMES = Label("无", "none")
NOBODY = Template("没有同事", "nobody")
PEOPLE = Template("{count}位同事", "{count}")
PEOPLE_NAMED = Template("{count}位同事（{names}）", "{count} ({names})")

GREETING = Template(
    "{name}老师，您好！这封信说明您这学期的课后服务安排是怎么来的。每个数字都由课表直接算出。",
    "Dear {name}, this letter says how your after-school work this term came about. Every number"
    " in it is computed from the timetable.",
)
SINCE = Template(
    "下面说的是{since}起的安排，之前做的已计入工作量。",
    "It speaks of the plan from {since} on; what was worked before counts in your load.",
)
CLOSING = Label(
    "如有不符合实际的地方，或者您的意愿变了，请告诉课后服务管理员，改好以后可以重新安排。",
    "If anything here is not as it is, or if your wishes have changed, please tell the"
    " administrator: the plan can be made again.",
)

ASKED_NOTHING = Template(
    "您的意愿：没有单独写明的时段或活动，一律按默认“{default}”。",
    "What you asked for: no particular slot or activity; your default is “{default}”.",
)
ASKED_NO_DEFAULT = Label(
    "您的意愿：没有填写任何时段或活动，因此不会安排您。",
    "What you asked for: nothing is entered, so you are not assigned anywhere.",
)
ASKED_ONLY_NO = Label(
    "您的意愿：没有同意任何时段，因此不会安排您。",
    "What you asked for: you have agreed to no slot, so you are not assigned anywhere.",
)
ASKED = Label("您的意愿：", "What you asked for:")
ASKED_LEVEL = Template("{level}：{slots}", "{level}: {slots}")
ASKED_DEFAULT = Template("其他时段：{default}", "any other slot: {default}")
CAPS = {
    "cap_day": Template("每天最多{count}个岗位", "posts a day: no more than {count}"),
    "cap_week": Template("每周最多{count}个岗位", "posts a week: no more than {count}"),
    "cap_term": Template("全学期最多{count}场次", "sessions in the term: no more than {count}"),
    "cap_clubs": Template("最多指导{count}个社团", "clubs: no more than {count}"),
}
SPREAD = Template("天数：{spread}", "days: {spread}")
PRESENT = Template("在校时间：{start}至{end}", "at the school: {start} to {end}")
TERM_START = Label("开学", "the start of term")
TERM_END = Label("期末", "the end of term")

GOT = Template(
    "您的安排：每周{posts}个岗位，在{days}天里，全学期共{sessions}场次：",
    "What you got (weekly posts: {posts}; days: {days}; sessions over the term: {sessions}):",
)
GOT_NOTHING = Label("您的安排：每周没有固定岗位。", "What you got: no weekly post.")
GOT_TURNS = Template(
    "另有只在部分日期的岗位{count}个（轮值或社团停开时）。",
    "And posts on some dates only, turns of a rota or when clubs pause: {count}.",
)
GOT_COVERS = Template(
    "其中替别人代课{count}场次：{dates}。", "Of these, instead of others: {count} ({dates})."
)
GOT_COVERED = Template(
    "您不在的日期有{count}场次由同事代。",
    "On dates when you are away, others come instead (sessions: {count}).",
)
GOT_OPEN = Template(
    "还有{count}场次没有找到人代。", "Nobody has been found yet for some (sessions: {count})."
)
POST_LEVEL = Template("{post}（您写的：{level}）", "{post} (your wish: {level})")

LOAD = Template(
    "工作量：您全学期{load}单位，应承担份额{share}单位，{difference}。"
    "（一个每周岗位一学期约{weekly}单位。份额是把全校的工作按系数和在校时间分摊，"
    "不超过各人同意的时段所能承担的量。）",
    "Your load: {load} {load:unit|units} over the term; your fair share is {share}: "
    "{difference}. (One weekly"
    " post is about {weekly} {weekly:unit|units} a term. Shares divide all the work by "
    "coefficient and time at"
    " the school, up to what each has agreed to.)",
)
ABOVE = Template("比份额多{units}单位", "{units} {units:unit|units} more")
BELOW = Template("比份额少{units}单位", "{units} {units:unit|units} less")
EQUAL = Label("两者相等", "the same")
AT_EVENTS = Template(
    "其中大型活动{load}单位（{events}）。",
    "Of these, {load} {load:unit|units} are for events ({events}).",
)
LIMITED = Label(
    "您的份额已是您同意的时段和上限所能承担的全部。",
    "Your share is all that the times you agreed to and your caps allow.",
)
COMPARED_LOAD = Template(
    "与各自的份额相比，{below}比您少，{above}比您多；全校平均相差{mean}单位。",
    "Compared with their own shares, colleagues who do less than you: {below}; more: {above}. On"
    " average people are {mean} {mean:unit|units} away from theirs.",
)
LOAD_NO_AGREEMENT = Label(
    "工作量：您没有可以担任的岗位，因此没有应承担的份额，也没有工作量。",
    "Your load: there is no post that you could hold, so your fair share is nothing, and so is"
    " your load.",
)
LOAD_NO_SHARE = Template(
    "工作量：您全学期{load}单位。外聘人员不设份额，不与教师比较。",
    "Your load: {load} {load:unit|units} over the term. Outside instructors have no share and "
    "are not compared"
    " with the staff.",
)
FULL_WEEK = Template(
    "这些岗位合{count}个时段，到了您每周的上限；想添一个就要换掉一个。",
    "They take {count} {count:slot|slots}, which is your weekly cap: another one would have to "
    "replace one.",
)
WITHIN = Template(
    "按学校的规则，相差在每周{tolerance}个岗位以内算均衡。",
    "By the school's rule, a difference of up to {tolerance} in weekly posts counts as even.",
)
BEYOND = Template(
    "这超出了学校规则允许的每周{tolerance}个岗位的差距。",
    "That is more than the school's rule lets pass (weekly posts: {tolerance}).",
)
WISHES_ALL = Template(
    "意愿：您这{count}个时段，正是同样多的时段里您最愿意的（满足度100%）。",
    "Your wishes: your slots ({count}) are the best that as many could be for you (100%).",
)
WISHES = Template(
    "意愿：愿意记1分，可以记半分，尽量不记0分；您的{count}个时段得到了同样多的时段最多能得的{own}。",
    "Your wishes: with 1 point for a slot you prefer, ½ for one you are willing to take and 0 for"
    " one you would rather not, your {count} {count:slot earns|slots earn} {own} of the most "
    "that as many could.",
)
WISHES_COMPARED = Template(
    "全校有意愿可比的{compared}人，平均{mean}，最低{worst}；{fewer}的满足度比您低。",
    "People whose wishes can be compared: {compared}; average {mean}, lowest {worst}; colleagues"
    " with less than you: {fewer}.",
)
WISHES_NONE = Label(
    "意愿：您没有岗位，或者各时段对您一样，没有可比的满足度。",
    "Your wishes: you hold no post, or all slots are alike to you, so there is nothing to compare.",
)

UNWELCOME_WORK = Template(
    "不受欢迎的时段（周五最后一段，或本人写了“尽量不”）：您每周{own}个，全校平均{mean}个；{more}比您多。",
    "Unwelcome slots (the last on Fridays, or what one would rather not do): you have {own} a week,"
    " the average is {mean}; colleagues with more: {more}.",
)

MISSED = Template(
    "关于您愿意的{aim}：每周有{posts}个岗位，其中{possible}个您可以担任。",
    "About {aim}, which you prefer: of its weekly posts ({posts}) you could hold {possible}.",
)
MISSED_ALL = Template(
    "关于您愿意的{aim}：每周有{posts}个岗位，您都可以担任。",
    "About {aim}, which you prefer: of its weekly posts ({posts}) you could hold any.",
)
MISSED_NONE = Template(
    "关于您愿意的{aim}：每周有{posts}个岗位，您都不能担任。",
    "About {aim}, which you prefer: of its weekly posts ({posts}) you could hold none.",
)
MISSED_EMPTY = Template(
    "关于您愿意的{aim}：课表在这里没有每周的岗位。",
    "About {aim}, which you prefer: the timetable has no weekly post there.",
)
NEVER_THERE = Label(
    "无论怎么排，这里都没有您可以担任的岗位。",
    "However the plan is made, there is no post there that you could hold.",
)
EXCLUDED = Template("不能担任的有{count}个：{why}。", "As to {count} that you could not: {why}.")
RIVALS = Template(
    "可以担任的同事中，写了“愿意”的有{wished}位，写了“可以”的有{willing}位{names}。",
    "Of the colleagues who could hold one: prefer it, too: {wished}; willing: {willing}{names}.",
)
RIVAL_NAMES = Template(
    "（愿意：{wished}；可以：{willing}）", " (prefer: {wished}; willing: {willing})"
)
OPEN_THERE = Template("其中{count}个还空缺。", "{count} of them are open.")
HELD_BY = Template(
    "现在由{holders}担任，理由是：",
    "Colleagues who hold them: {holders}. On what grounds:",
)
GROUND = Template("{ground}：{people}", "{ground}: {people}")
PINNED_OTHERS = Label(
    "要改变这一点，须由管理员先在“固定”表里去掉相应的几行。",
    "To change that, the administrator would first have to take those rows off the sheet Pins.",
)
OVERLAP = Label("（一位同事可能同时符合几条。）", "(One person may count under several.)")

UNWELCOME = Template(
    "关于您写了“尽量不”、却排到的{aim}：除您以外还有{able}可以担任。",
    "About {aim}, which you would rather not do and do: colleagues who could instead: {able}.",
)
UNWELCOME_NOBODY = Template(
    "关于您写了“尽量不”、却排到的{aim}：除您以外没有人可以担任。",
    "About {aim}, which you would rather not do and do: nobody else could.",
)
PINNED_YOU = Label(
    "这是学校固定给您的；要改变，须由管理员先在“固定”表里去掉这一行。",
    "The school has fixed it for you: to change that, the administrator would first have to take"
    " that row off the sheet Pins.",
)
ELSEWHERE = Template("{people}那时另有岗位", "in another post then: {people}")
UNWILLING = Template("{people}也写了“尽量不”", "would rather not, too: {people}")
HIGHER = Template(
    "{people}与份额相比做得比您还多", "already doing more for their share than you: {people}"
)
OF_THESE = Template("其中{parts}。", "Of these, {parts}.")
POINTS = Template(
    "下面说的“扣分”，是全校的意愿、公平和连续性合起来离人人如愿还差多少：0分最好，现在{now}分。"
    "“试排”是真的重新求解一次，并逐条规则审核。",
    "“Points” below say how far the whole plan is from every wish met, wishes, fairness and"
    " continuity together: 0 is best, now it is {now}. Each “trial” is a real new solve, audited"
    " rule by rule.",
)
CAN_BE_HAD = Template("试排的结果：做得到。", "The trial: it can be had.")
GAINED = Template("您会多担任{gained}。", "You would hold {gained} in addition.")
GIVEN_UP = Template("您不再担任{given}。", "You would no longer hold {given}.")
OWN_LOAD = Template(
    "您全学期的工作量由{now}变为{then}单位。",
    "Your load would go from {now} to {then} {then:unit|units}.",
)
EXCHANGED = Template(
    "您改为担任{gained}，不再担任{given}。", "You would hold {gained} instead of {given}."
)
CHANGED = Template("另有{people}要换岗。", "Others whose posts would change: {people}.")
MOVED = Template("改到别的时间：{activities}。", "Meeting at another time: {activities}.")
COSTS = Template(
    "全校扣分增加{total}分（{rules}）。",
    "It costs the plan {total} {total:point|points} ({rules}).",
)
BETTER = Template(
    "全校扣分反而减少{total}分（{rules}），值得请管理员考虑。",
    "The plan would even gain {total} {total:point|points} ({rules}): worth showing to the "
    "administrator.",
)
SAME = Template(
    "全校扣分不变，值得请管理员考虑。",
    "It costs the plan nothing: worth showing to the administrator.",
)
RULE_POINTS = Template("{rule}{points}", "{rule} {points}")
FEWER_WISHES = Template("意愿满足变少的：{people}。", "With fewer wishes granted: {people}.")
LESS_EVEN = Template(
    "工作量离份额更远的：{people}。", "With a load further from the share: {people}."
)
OPEN_CHANGES = Template(
    "无人到岗的场次由{now}变为{then}。", "Open sessions would change from {now} to {then}."
)
PROVED_OPEN = Template(
    "已经证明：凡是满足这一点的课表，都至少有{least}场次无人到岗（现在{now}场次），所以没有这样排。",
    "Proved: every timetable that grants this leaves more sessions open (at least {least}, now"
    " {now}), so it was not done.",
)
PROVED_NEVER = Template(
    "已经证明：遵守全部硬性规则的课表都做不到这一点。",
    "Proved: no timetable that keeps the musts can grant this.",
)
UNDECIDED = Template(
    "试排了一段时间，没有找到做得到的办法；这并不证明没有。",
    "We found no way within the time given; that does not prove there is none.",
)
NOT_TRIED = Template("这一点没有来得及试排。", "There was no time to try this one.")
BROKEN = Template(
    "这份课表现在有{count}处违反必须遵守的规则，所以没有试排；请管理员先用 check 查看。",
    "The timetable breaks rules that must hold ({count} {count:finding|findings}), so nothing "
    "was tried; the"
    " administrator may run check first.",
)
BY_HAND = Template(
    "课表中有{count}个每周岗位是手工改过的，这封信按改过的课表来写。",
    "Weekly posts changed by hand: {count}; this letter speaks of the timetable as changed.",
)

CLASS_GREETING = Template(
    "{name}的课后服务这学期为什么这样安排：",
    "Why the after-school service of class {name} is as it is this term:",
)
CLASS_WEEK = Label("每周安排：", "The week:")
HELD = Template("{post}：{staff}", "{post}: {staff}")
OPEN_POST = Label("（空缺）", "(open)")
HANDS = Template(
    "一周里由{count}位教师看护：{hands}。", "Supervisors in the week: {count} ({hands})."
)
HAND = Template("{staff}{times}次", "{staff} {times} ×")
HANDS_MOST = Template("学校希望不超过{most}位。", "The school wishes for no more than {most}.")
HOME_THERE = Template(
    "班主任{home}每周看护本班{times}次。",
    "The home teacher, {home}, is with the class (times a week: {times}).",
)
HOME_AWAY = Template(
    "班主任{home}每周没有看护本班的岗位。",
    "The home teacher, {home}, holds no post with the class in the week.",
)
HOME_CANNOT = Label(
    "受同意的时段、固定事务、请假或上限所限，这些岗位班主任都不能担任。",
    "Consent, fixed duties, leave or caps keep the home teacher from every one of these posts.",
)
HOME_NONE = Label("这个班没有登记班主任。", "No home teacher is entered for this class.")
CLASS_DATES = Label("个别日期：", "Single dates:")
CLASS_COVERS = Template("由别人代课的有{count}场次：{dates}", "Covers: {count} ({dates})")
CLASS_OPEN = Template("无人到岗的有{count}场次：{dates}", "Open: {count} ({dates})")
CLASS_FINDINGS = Label(
    "与这个班有关、没有完全做到的：", "What is not as it should be for this class:"
)
NO_FINDINGS = Label(
    "与这个班有关的要求都做到了，各个日期都有人。",
    "Every wish about this class is met, and every date is staffed.",
)
TRY_HOME = Template(
    "能不能让班主任每周看护本班一次？", "Could the home teacher be with the class once a week?"
)
TRY_HANDS = Template(
    "能不能一周最多由{count}位教师看护？",
    "Could there be at most {count} {count:supervisor|supervisors} in the week?",
)

ACTIVITY_GREETING = Template(
    "“{name}”这学期为什么这样安排：", "Why “{name}” is as it is this term:"
)
MEETS = Template("每周在{when}{room}。", "It meets every week on {when}{room}.")
IN_ROOM = Template("，场地是{room}", ", in {room}")
MEETS_NOWHERE = Label("没有排上：", "It meets nowhere:")
FIXED = Template(
    "它的时间由“活动”表定好，不由程序选择：每周{posts}个岗位，其中{open}个空缺：",
    "Its times are set on the sheet of activities, not chosen. Posts a week: {posts}, of them"
    " open: {open}:",
)
FIXED_FULL = Template(
    "它的时间由“活动”表定好，不由程序选择：每周{posts}个岗位，都有人：",
    "Its times are set on the sheet of activities, not chosen. Posts a week: {posts}, all filled:",
)
AT_ONE_TIME = Template("{when}：{posts}", "{when}: {posts}")
WITH_CLASSES = Template("{staff}（{classes}）", "{staff} ({classes})")
LED = Template("{role}：{staff}。", "{role}: {staff}.")
LED_ONLY = Template(
    "在这个时间，只有这一位同意并具备条件。",
    "At that time nobody else has agreed and qualifies.",
)
LED_OTHERS = Template(
    "在这个时间，同意并具备条件的还有{able}位，其中{elsewhere}位那时另有岗位。",
    "Others who have agreed to that time and qualify: {able}, of whom {elsewhere} have another post"
    " then.",
)
PINNED = Template("学校固定了：{pins}。", "Fixed by the school: {pins}.")
ONLY_PLACE = Label(
    "按“活动”表，它没有别的时间可选。", "The sheet of activities allows it no other time."
)
OTHER_PLACE = Template("能不能改到{when}？", "Could it meet on {when}?")
NO_ROOM_THERE = Label(
    "没有容得下、设施又合适的场地。", "No room is large enough and has what it needs."
)
PIN_AGAINST = Template(
    "与学校固定的“{pin}”不符。", "That is against what the school has fixed: {pin}."
)
NO_LEADER_THERE = Template(
    "没有同意并具备条件的{role}。", "Nobody who could be the {role} has agreed and qualifies."
)
MORE_PLACES = Template("另外{count}种时间没有试排。", "Other times that were not tried: {count}.")
