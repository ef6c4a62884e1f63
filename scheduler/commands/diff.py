"""The command diff: who and what changes from one timetable to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from instances.messages import Bilingual, Label, Lang, Message, Template
from instances.problems import Place, Problem, error
from scheduler.change_groups import ChangeGroup
from scheduler.change_texts import line_text, movable
from scheduler.changes import Change, ChangeKind
from scheduler.commands.files import refuse_bad
from scheduler.commands.other_school import SCHOOL
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.diff import Diff, compare, same_school, same_term
from scheduler.result import Published
from scheduler.told import ADDED, REMOVED
from scheduler.workbook.readback import ReadBack, read_timetable

By = Literal["person", "class", "room", "club", "date"]
OTHER_SCHOOL = error(
    "两份课表不是同一所学校的：{one}；{other}。",
    "The two timetables are of different schools: {one}; {other}.",
    "请比较同一所学校的两份课表。",
    "Compare two timetables of one school.",
)
OTHER_TERM = error(
    "两份课表不是同一学期的：{one}；{other}。",
    "The two timetables are of different terms: {one}; {other}.",
    "请比较同一学期的两份课表。",
    "Compare two timetables of one term.",
)
TERM = Template("{start}至{end}", "{start} to {end}")
SAME = Label("两份课表完全相同。", "The two timetables are the same.")
SAME_SINCE = Template(
    "自{since}起，两份课表完全相同。", "From {since} on, the two timetables are the same."
)
SUMMARY = Template(
    "变动：{posts}个岗位（一天一岗计一个），涉及{dates}个日期、{people}人。",
    "Changes: {posts} {posts:post|posts} (one post on one date) on {dates} {dates:date|dates}, "
    "{people} {people:person|people}.",
)
SINCE = Template(
    "自{since}起比较（此前为历史，不再变动）。",
    "Compared from {since} on (what lies before is history and changes no more).",
)
PAST = Template(
    "此前另有{count}个岗位不同，都已过去。",
    "Before that, {count} more {count:post differs; it lies|posts differ; they lie} in the past.",
)
EDITED = Template(
    "“{file}”中手工改动的 {count} 格已计入。",
    "{count} {count:cell|cells} edited by hand in “{file}” {count:is|are} taken in.",
)
HEAD = Template("{name}（{count}）", "{name} ({count})")
ITEM = Template("  {line}", "  {line}")
MARKED = Template("  {mark} {line}", "  {mark} {line}")
GAINS, LOSES, STAYS = Label("接手", "takes"), Label("交出", "gives"), Label("调整", "keeps")
OPEN = Label("无人的岗位", "Posts with nobody")
NO_CLASS = Label("不属于某个班级", "Not of any class")
NO_ROOM = Label("没有场地", "Without a room")
NO_CLUB = Label("不是社团", "Other than clubs")


@command
def run(old: Path, new: Path, *, by: By, lang: Lang | None) -> Outcome:
    """Compare two timetables, edits by hand taken in."""
    backs = [read_timetable(path) for path in (old, new)]
    lang = lang or backs[1].lang
    alike = old.name == new.name
    errors = [
        _in_file(problem, path.name, str(path) if alike else path.name)
        for path, back in zip((old, new), backs, strict=True)
        for problem in back.problems
        if problem.is_error
    ]
    refuse_bad([], lang, errors)
    before, after = (_edited(back, lang) for back in backs)
    refuse_bad([], lang, _strangers(before, after, new))
    found = compare(before, after, backs[0].recorded)
    lines = [
        EDITED(file=path.name, count=len(back.edits)).text(lang)
        for path, back in zip((old, new), backs, strict=True)
        if back.edits
    ]
    lines += [*_summary(found, lang), *_listed(found, by, movable_in(before, after), lang)]
    return Outcome(Exit.DONE, "\n".join(lines), _data(found))


def _in_file(problem: Problem, name: str, shown: str) -> Problem:
    """A problem with the file that it is in, of the two."""
    sheet = problem.place.sheet
    place = replace(problem.place, sheet=shown if sheet == name else f"{shown} {sheet}")
    return replace(problem, place=place)


def movable_in(old: Published, new: Published) -> frozenset[str]:
    return movable(old.instance, new.instance)


def _edited(back: ReadBack, lang: Lang) -> Published:
    """What a file holds, with the edits by hand."""
    if back.published is None or back.timetable is None:
        raise Refused(back.problems, lang)
    return back.published.model_copy(update={"timetable": back.timetable})


def _strangers(old: Published, new: Published, path: Path) -> Iterator[Problem]:
    """Why the two cannot be compared."""
    place = Place(path.name, None, str(path))
    one, other = old.instance, new.instance
    if not same_school(one, other):
        schools = (SCHOOL(name=s.school, classes=len(s.classes)) for s in (one, other))
        yield OTHER_SCHOOL.at(place, **dict(zip(("one", "other"), schools, strict=True)))
    if not same_term(one, other):
        terms = (TERM(start=f"{s.term.start}", end=f"{s.term.end}") for s in (one, other))
        yield OTHER_TERM.at(place, **dict(zip(("one", "other"), terms, strict=True)))


def _summary(found: Diff, lang: Lang) -> Iterator[str]:
    if found.since is not None and found.changes:
        yield SINCE(since=found.since).text(lang)
    if not found.changes:
        same = SAME_SINCE(since=found.since) if found.since else SAME
        yield same.text(lang)
    else:
        figures = found.figures
        facts = {"posts": figures.posts, "people": figures.people, "dates": len(found.dates)}
        yield SUMMARY(**facts).text(lang)
    for form, kind in ((ADDED, ChangeKind.NEW), (REMOVED, ChangeKind.GONE)):
        if number := found.of_kind(kind):
            yield form(count=number).text(lang)
    if found.past:
        yield PAST(count=len(found.past)).text(lang)


def _listed(found: Diff, by: By, clubs: frozenset[str], lang: Lang) -> Iterator[str]:
    """The changes under a heading for each person, class, room, club or date."""
    if by == "date":
        singles = (one for group in found.groups for one in group.singles)
        dated = [(date, one) for one in singles for date in one.one.dates]
        dated.sort(key=lambda pair: (pair[0], pair[1].clocks))
        yield from _under(dated, clubs, lang)
        return
    pairs = [(name, group) for group in found.groups for name in _names(group.one, by, clubs)]
    none = {"person": OPEN, "class": NO_CLASS, "room": NO_ROOM, "club": NO_CLUB}[by]
    pairs.sort(key=lambda pair: (pair[0] is None, pair[0] or ""))
    yield from _under(((name or none, group) for name, group in pairs), clubs, lang)


def _under(
    pairs: Iterable[tuple[object, ChangeGroup]], clubs: frozenset[str], lang: Lang
) -> Iterator[str]:
    parts: dict[object, list[ChangeGroup]] = defaultdict(list)
    for name, group in pairs:
        parts[name].append(group)
    for name, groups in parts.items():
        yield ""
        yield HEAD(name=name, count=sum(len(group.changes) for group in groups)).text(lang)
        yield from (_line(name, group, clubs).text(lang) for group in groups)


def _line(name: object, group: ChangeGroup, clubs: frozenset[str]) -> Message:
    """A line of the list; under a person it says what it means to them."""
    line, change = line_text(group, clubs), group.one
    if name not in change.people:
        return ITEM(line=line)
    mark: Bilingual = LOSES if name != change.new_staff else GAINS
    if change.old_staff == change.new_staff:
        mark = STAYS
    return MARKED(mark=mark, line=line)


def _names(change: Change, by: By, clubs: frozenset[str]) -> tuple[str | None, ...]:
    """Under which names a change is listed."""
    if by == "person":
        names: Iterable[str | None] = sorted(change.people)
    elif by == "class":
        names = change.classes
    elif by == "room":
        names = (change.old_room, change.new_room)
    else:
        names = (change.activity,) if change.activity in clubs else ()
    return tuple(dict.fromkeys(filter(None, names))) or (None,)


def _data(found: Diff) -> dict[str, Any]:
    figures = found.figures
    return {
        "posts": figures.posts,
        "people": figures.people,
        "sessions": figures.sessions,
        "dates": len(found.dates),
        "since": found.since.isoformat() if found.since else None,
        "new": found.of_kind(ChangeKind.NEW),
        "gone": found.of_kind(ChangeKind.GONE),
        "past": len(found.past),
        "changes": [change_json(change) for change in found.changes],
    }


def change_json(change: Change) -> dict[str, Any]:
    """A change as scripts see it; ``old`` and ``new`` are who held and holds the post."""
    data = change.model_dump(mode="json", exclude={"old_staff", "new_staff", "line"})
    return data | {"old": change.old_staff, "new": change.new_staff}
