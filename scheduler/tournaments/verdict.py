"""What came of a programme, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from instances.messages import Label, Message, Template
from scheduler.tournaments.book import Book
from scheduler.tournaments.plan import Step, Way
from scheduler.tournaments.standings import Draw, table_of, ties

FITS = Template(
    "“{tournament}”：{teams}队，{matches}场，全部排下，{first}至{last}，用{dates}天。",
    "“{tournament}”: {teams} teams, {matches} {matches:match|matches}, all placed, from "
    "{first} to {last}, on "
    "{dates} {dates:date|dates}.",
)
LACKS = Template(
    "“{tournament}”：{teams}队，{matches}场，有{missing}场排不下。",
    "“{tournament}”: {teams} teams, {matches} {matches:match|matches}, of which {missing} do "
    "not fit.",
)
NONE_LESS = Label(
    "已证明：不可能有更多场排得下。", "It is proved that no more of them can be placed."
)
PERHAPS_LESS = Template(
    "目前排不下{value}场；已证明至少{bound}场排不下。",
    "{value} do not fit so far; at least {bound} cannot, which is proved.",
)
MORE_DATES = Template(
    "可行的办法（已试排）：“{tournament}”再增加{count}个比赛日，延长到{until}。",
    "This would do (tried): {count} more date(s) for “{tournament}”, to {until}.",
)
MORE_COURTS = Template(
    "可行的办法（已试排）：“{tournament}”再增加{count}片场地。",
    "This would do (tried): {count} more court(s) for “{tournament}”.",
)
MORE_MATCHES = Template(
    "可行的办法（已试排）：“{tournament}”每片场地每个时段多赛{count}场，即每场{minutes}分钟。",
    "This would do (tried): {count} more match(es) per segment on each court for “{tournament}”, "
    "of {minutes} minutes.",
)
NO_WAY = Label(
    "单独增加比赛日、场地或缩短每场时间都不够，需要同时改变几项。",
    "Neither more dates nor courts nor shorter matches alone are enough; change several.",
)
MOVED = Template(
    "{displaced}场必须改期；其余的场次中改动了{others}场，已证明至少要改动{bound}场。",
    "{displaced} match(es) had to move; of the others {others} moved, and at least {bound} must, "
    "which is proved.",
)
KEPT = Label("原有的安排都没有改动。", "Nothing that stood before was moved.")
OPEN_REFEREES = Template(
    "还缺裁判{value}人次（已证明至少缺{bound}人次）。",
    "{value} referee post(s) stay open (at least {bound} must, which is proved).",
)
LEVEL = Template(
    "“{tournament}”{group}组已赛完，{one}与{other}的积分、净胜和得分都相同，暂按报名顺序，请抽签决定。",
    "In “{tournament}”, group {group}, {one} and {other} are level in everything; they stand as "
    "entered: draw lots.",
)
UNDECIDED = Template(
    "“{tournament}”第{number}场是平局，淘汰赛要决出胜者，请填写含加时或点球的比分。",
    "Match {number} of “{tournament}” ended level; enter the score with extra time or penalties.",
)
QUALITY = Template(
    "时间早晚、裁判轮次：{value}分（0分为完全均匀；在这些日期下已证明至少{bound}分）。",
    "Early and late times, referees' turns: {value} points (0 is even; with these dates at least "
    "{bound}, which is proved).",
)


@dataclass(frozen=True)
class Statement:
    """One sentence; ``alarm`` marks what needs doing."""

    message: Message | Label
    alarm: bool = False


def statements(book: Book) -> Iterator[Statement]:
    """What fits, by how much it does not and what would do; moves, open posts, draws."""
    steps = {step.name: step for step in book.programme.levels}
    missing = set(book.programme.unplaced)
    for draw in book.draws:
        yield _of(book, draw, sum(f.key in missing for f in draw.fixtures))
    if missing and "unplaced" in steps:
        yield from _why(steps["unplaced"], book.programme.ways)
    if "moves" in steps:
        others = len(set(book.programme.moved) - set(book.programme.displaced))
        facts = {"displaced": len(book.programme.displaced), "others": others}
        bound = min(others, steps["moves"].bound)
        yield Statement(MOVED(**facts, bound=bound) if book.programme.moved else KEPT)
    if (step := steps.get("referees")) is not None and step.value:
        yield Statement(OPEN_REFEREES(value=step.value, bound=step.bound), alarm=True)
    if (step := steps.get("quality")) is not None:
        yield Statement(QUALITY(value=step.value, bound=step.bound))
    for draw in book.draws:
        yield from _undecided(draw)


def _of(book: Book, draw: Draw, missing: int) -> Statement:
    facts = {
        "tournament": draw.tournament.name,
        "teams": len(draw.teams),
        "matches": len(draw.fixtures),
    }
    if missing:
        return Statement(LACKS(**facts, missing=missing), alarm=True)
    keys = {fixture.key for fixture in draw.fixtures}
    dates = {m.date for m in book.matches if m.fixture.key in keys and m.date is not None}
    if not dates:
        return Statement(FITS(**facts, first="—", last="—", dates=0))
    return Statement(FITS(**facts, first=min(dates), last=max(dates), dates=len(dates)))


def _why(step: Step, ways: tuple[Way, ...]) -> Iterator[Statement]:
    if step.proved:
        yield Statement(NONE_LESS)
    else:
        yield Statement(PERHAPS_LESS(value=step.value, bound=step.bound))
    templates = {"dates": MORE_DATES, "courts": MORE_COURTS, "matches": MORE_MATCHES}
    for way in ways:
        template = templates[way.what]
        facts = way.model_dump()
        yield Statement(template(**{name: facts[name] for name in template.placeholders}))
    if not ways:
        yield Statement(NO_WAY)


def _undecided(draw: Draw) -> Iterator[Statement]:
    """Places that only the order of the teams decides, and knock-out matches without a winner."""
    name = draw.tournament.name
    for group in draw.groups if any(f.is_knockout for f in draw.fixtures) else ():
        matches = [f for f in draw.fixtures if f.group == group and not f.is_knockout]
        if all(f.key in draw.scores for f in matches):
            for one, other in ties(table_of(draw, group)):
                facts = {"group": group, "one": one.team, "other": other.team}
                yield Statement(LEVEL(tournament=name, **facts), alarm=True)
    for fixture in draw.fixtures:
        if fixture.key in draw.undecided:
            yield Statement(UNDECIDED(tournament=name, number=fixture.number), alarm=True)
