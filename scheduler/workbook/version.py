"""Which timetable this is, from when it holds, and what it changes: for the overview."""

from __future__ import annotations

from collections.abc import Iterator

from instances.messages import Message, Template
from scheduler.told import beside
from scheduler.workbook.view import View

NUMBER = Template("课表第{number}号。", "Timetable no. {number}.")
HOLDS = Template(
    "课表第{number}号，自{since}起有效。", "Timetable no. {number}, holds from {since}."
)
MADE = Template(
    "由第{number}号（输入 {hash}…，{made} 制）生成。",
    "Made from no. {number} (input {hash}…, of {made}).",
)
CHANGES = Template(
    "变动{posts}个岗位（一天一岗计一个）、{sessions}个场次，涉及{people}人；详见“变动”。",
    "{posts} {posts:post changes|posts change} (one post on one date) in {sessions} "
    "{sessions:session|sessions}, concerning {people} "
    "{people:person|people}; see Changes.",
)
NO_CHANGES = Template("与之相比没有变动。", "Nothing changes against it.")
FEWEST = Template(
    "已证明：变动不可能少于{posts}个岗位。",
    "It is proved that no fewer than {posts} {posts:post|posts} can change.",
)
LEAST = Template(
    "变动代价为{cost}（人员重于场地，近期重于远期）；已证明不可能更小。",
    "The changes cost {cost} (people over rooms, short notice over long); it is proved that less "
    "is impossible.",
)
AT_LEAST = Template(
    "变动代价为{cost}（人员重于场地，近期重于远期）；已证明至少为{bound}。",
    "The changes cost {cost} (people over rooms, short notice over long); at least {bound} is "
    "proved unavoidable.",
)
HASH = 8


def version_lines(view: View) -> Iterator[Message]:
    """The lines; a first timetable of the whole term needs none."""
    published, since = view.published, view.timetable.since
    parent = published.parent
    if parent is None and since is None and published.number == 1:
        return
    number = str(published.number)
    yield NUMBER(number=number) if since is None else HOLDS(number=number, since=f"{since}")
    if parent is None:
        return
    made = f"{parent.created:%Y-%m-%d %H:%M}"
    yield MADE(number=str(parent.number), hash=parent.input_sha256[:HASH], made=made)
    figures = view.result.changes
    if figures is None:
        return
    if not published.changes:
        yield NO_CHANGES()
        return
    if figures.posts:
        yield CHANGES(posts=figures.posts, sessions=figures.sessions, people=figures.people)
    yield from beside(published)
    if not figures.posts:
        return
    if figures.posts_bound >= figures.posts:
        yield FEWEST(posts=figures.posts)
    if view.result.level("stability") is None:
        form = LEAST if figures.proved else AT_LEAST
        facts = {"cost": figures.cost, "bound": figures.bound}
        yield form(**{name: facts[name] for name in form.placeholders})
