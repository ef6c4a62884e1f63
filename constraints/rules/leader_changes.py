"""理由: children learn an instrument from one teacher; a club that somebody else leads every few
weeks starts over each time.

Counts the different people who lead a club over the term, covers included, beyond its weekly
leaders' posts. 建模: the weekly pattern does not know who will come instead, so it is charged
nothing, which is never too much; the dated stage prefers few different covers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example, september
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template
from instances.words import Kind, Role

if TYPE_CHECKING:
    from constraints.view import View


class LeaderChanges(Rule):
    """A club led by more people than it has leaders' posts."""

    title: ClassVar[Label] = Label("社团频繁换教师", "leader changes")
    statement: ClassVar[Template] = Template(
        "社团一学期由同样的教师指导。", "Clubs have the same leaders all term."
    )
    finding: ClassVar[Template] = Template(
        "“{activity}”一学期有{count}位指导教师：{names}；岗位{posts}个。",
        "“{activity}” has {count} leaders over the term, for {posts} {posts:post|posts}: {names}.",
    )
    default_weight: ClassVar[int | None] = 2
    by_person: ClassVar[bool] = False
    apart: ClassVar[Unit | None] = "clubs"
    examples: ClassVar[tuple[Example, ...]] = (
        # one post, two leaders: 2 - 1 = 1
        example(
            "合唱由王芳指导，9月8日由李明代课",
            "王芳 leads choir, 李明 comes instead on 8 September",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .staff("王芳", leave=(september(8),))
            .staff("李明")
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="音乐室")
            .holds("王芳", "合唱")
            .instead("合唱", 8, staff="李明"),
            1,
        ),
        example(
            "合唱一直由王芳指导",
            "王芳 always leads choir",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .staff("王芳")
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="音乐室")
            .holds("王芳", "合唱"),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        leaders: dict[str, set[str]] = defaultdict(set)
        lines: dict[str, set[str]] = defaultdict(set)
        for session in view.sessions:
            post = session.post
            if post.kind is Kind.CLUB and post.role is Role.LEADER:
                if self.concerns_post(post, view.instance):
                    lines[post.activity].add(post.line)
                    if session.staff is not None and session.takes_place:
                        leaders[post.activity].add(session.staff)
        for activity, names in leaders.items():
            posts = len(lines[activity])
            if len(names) > posts:
                yield self.found(
                    len(names) - posts,
                    {"activity": activity},
                    activity=activity,
                    count=len(names),
                    names=sorted(names),
                    posts=posts,
                )
