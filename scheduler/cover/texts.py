"""Covers in words: what there is to choose from with reasons, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from instances.demand import UNIT
from instances.messages import Bilingual, Label, Lang, Message, Template
from instances.school import Instance
from instances.timetable import Session
from scheduler.at_hand import Gap
from scheduler.cover.choose import Choice, Taken
from scheduler.cover.facts import Candidate
from scheduler.cover.options import Option, OptionKind
from scheduler.day_chat import what

WHEN = Template("{date} {weekday} {start}", "{weekday} {date} {start}")
SESSION = Template("{when} {what}（{role}）", "{when} {what} ({role})")
SESSION_IN = Template("{when} {what}（{role}，{room}）", "{when} {what} ({role}, {room})")
NUMBERED = Template("  {number}. {option}", "  {number}. {option}")
COVER = Template("{staff}代课：{reasons}", "{staff} covers: {reasons}")
SWAP = Template(
    "与{staff}对调：{absent}代{back}；{reasons}",
    "swap with {staff}: {absent} takes {back}; {reasons}",
)
CHAIN = Template(
    "{staff}代课，{heir}接{staff}的{back}；{reasons}",
    "{staff} covers, {heir} takes over {back} from {staff}; {reasons}",
)
MERGE = Template(
    "并入{host}，由{staff}看护：共{children}人",
    "merge into {host} with {staff}: {children} children",
)
MERGE_IN = Template(
    "并入{host}，由{staff}看护：共{children}人，{room}容纳{capacity}人",
    "merge into {host} with {staff}: {children} children, {room} holds {capacity}",
)
NOBODY = Label(
    "  没有人能代，连环代课、对调、合班也都不行：照此将空缺。",
    "  Nobody can cover; no chain, swap or merger would do either: it would be left open.",
)
FREE = Label("该时段有空", "free at the time")
CONSENT = Template("意愿“{level}”", "wish: {level}")
QUALIFIED = Template("有技能：{skills}", "qualified: {skills}")
HOME = Label("是本班班主任", "home teacher of the class")
KNOWS = Label("平时也带这些学生", "is with these children at other times")
IN_SCHOOL = Label("当天本来就在校", "in school that day anyway")
COMES_IN = Label("当天没有别的岗位", "no other post that day")
LOAD = Template("工作量 {load}/{share}", "load {load} of {share}")
LOAD_ONLY = Template("工作量 {load}", "load {load}")
BELOW = Label("低于应担任量", "below the share")
COVERED = Template("本学期已代课{count}次", "covers this term: {count}")
TITLE = Template("【{school}课后服务】代课安排", "[{school} after-school service] Covers")
ABSENT = Template("{staff}：{reason}", "{staff}: {reason}")
SAYS_COVER = Template("{session}：{new}（代{old}）", "{session}: {new} (for {old})")
SAYS_NEW = Template("{session}：{new}", "{session}: {new}")
SAYS_MERGE = Template("{session}：并入{host}，{new}看护", "{session}: joins {host}, with {new}")
SAYS_OPEN = Template("{session}：还缺人", "{session}: still open")
ABSENCE = Label("缺席", "absent")


@dataclass(frozen=True)
class What:
    """The classes looked after, or the activity."""

    session: Session

    def text(self, lang: Lang) -> str:
        return what(self.session, lang)


def session_text(gap: Gap) -> Message:
    """A post on a date: 10月13日 周二 15:30 三（1）班（看护教师，三（1）班教室）."""
    session = gap.sessions[0]
    when = WHEN(date=session.date, weekday=session.day.weekday, start=session.start)
    facts = {"when": when, "what": What(session), "role": session.post.role, "room": session.room}
    form = SESSION_IN if session.room and session.room not in session.classes else SESSION
    return form(**{name: facts[name] for name in form.placeholders})


def option_text(option: Option, absent: str, instance: Instance) -> Message:
    """One way to look after a session, with what speaks for it."""
    if option.candidate is not None:
        reasons = list(reasons_of(option.candidate, option.gap, free=option.heir is None))
        facts: dict[str, object] = {"staff": option.staff, "reasons": reasons}
        if option.kind is OptionKind.COVER or option.back is None:
            return COVER(**facts)
        back = session_text(option.back)
        if option.heir is not None:
            return CHAIN(**facts, heir=option.heir, back=back)
        return SWAP(**facts, absent=absent, back=back)
    host = option.host
    assert host is not None, "an option without a candidate is a merger"
    facts = {"host": What(host), "staff": host.staff, "children": option.children}
    if host.room is None:
        return MERGE(**facts)
    room = instance.room_by_name[host.room]
    return MERGE_IN(**facts, room=room.name, capacity=room.capacity)


def reasons_of(candidate: Candidate, gap: Gap, *, free: bool = True) -> Iterator[Bilingual]:
    """What speaks for somebody, and what does not."""
    if free:
        yield FREE
    yield CONSENT(level=candidate.level)
    if gap.post.skills:
        yield QUALIFIED(skills=sorted(gap.post.skills))
    if candidate.home_teacher:
        yield HOME
    elif candidate.knows:
        yield KNOWS
    yield IN_SCHOOL if candidate.in_school else COMES_IN
    load = f"{candidate.load / UNIT:.1f}"
    if candidate.share is None:
        yield LOAD_ONLY(load=load)
    else:
        yield LOAD(load=load, share=f"{candidate.share / UNIT:.1f}")
    if candidate.below_share:
        yield BELOW
    yield COVERED(count=candidate.covers)


def listing(
    choices: Sequence[Choice], absent: str, instance: Instance, lang: Lang
) -> Iterator[str]:
    """Every post with the ways to look after it, numbered through."""
    number = 0
    for choice in choices:
        yield session_text(choice.gap).text(lang)
        if not choice.options:
            yield NOBODY.text(lang)
        for option in choice.options:
            number += 1
            said = option_text(option, absent, instance)
            yield NUMBERED(number=number, option=said).text(lang)
        yield ""


def chat(taken: Taken, school: str, absent: str, reason: str, lang: Lang) -> Iterator[str]:
    """What was chosen, as text to paste into a group chat."""
    yield TITLE(school=school).text(lang)
    yield ABSENT(staff=absent, reason=reason).text(lang)
    lines = [*_chosen(taken.chosen, absent)]
    lines += [(gap, SAYS_OPEN(session=session_text(gap))) for gap in taken.left]
    lines += [(gap, _besides(gap)) for gap in taken.besides]
    lines.sort(key=lambda line: (line[0].sessions[0].date, line[0].sessions[0].start))
    yield from (message.text(lang) for _, message in lines)


def _besides(gap: Gap) -> Message:
    session = session_text(gap)
    if gap.holder is None:
        return SAYS_OPEN(session=session)
    return SAYS_NEW(session=session, new=gap.holder)


def _chosen(options: Iterable[Option], absent: str) -> Iterator[tuple[Gap, Message]]:
    for option in options:
        session = session_text(option.gap)
        if option.host is not None:
            said = SAYS_MERGE(session=session, host=What(option.host), new=option.staff)
        else:
            said = SAYS_COVER(session=session, new=option.staff, old=absent)
        yield option.gap, said
        if option.back is not None:
            back = session_text(option.back)
            new = option.heir or absent
            yield option.back, SAYS_COVER(session=back, new=new, old=option.staff)
