"""Who else would do as well as somebody who is to be asked: the same timetable with them in it.

Everybody named has been put into an audited timetable in which every post is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constraints.context import Context
from instances.demand import Post
from scheduler.audit import Audit, audit
from scheduler.explain.arranging import applied
from scheduler.explain.asking import Ask
from scheduler.explain.easing import Easing
from scheduler.explain.offers import lacking
from scheduler.explain.standing import in_open_rooms, is_full
from scheduler.progress import Control
from scheduler.reaudit import audit_after

MOST_OTHERS = 10
ABOUT_COMPANY = {
    "people-together",
    "people-parted",
    "newcomer-alone",
    "outside-instructor-alone",
}
"""Rules under which two people who could each take a place cannot always do so together."""


def also_able(
    base: Context,
    made: Sequence[Easing],
    asked: Sequence[Ask],
    offered: Sequence[Easing],
    judged: Audit,
    control: Control,
) -> tuple[str, ...]:
    """Others who could be asked for the same time instead of any of those who are to be asked.

    Only where those asked would all do the same: then any so many of all of them will do.
    """
    people = {easing.person for easing in made}
    roles = [_needing(base, ask, judged) for ask in asked]
    shapes = {tuple((p.blocks, p.dates) for p in posts) for posts in roles}
    single = all(sum(e.person == ask.staff for e in made) == 1 for ask in asked)
    company = any(rule.rule_id() in ABOUT_COMPANY for rule in base.rules)
    if len(shapes) != 1 or not single or not all(roles) or (company and len(asked) > 1):
        return ()
    posts = [post for some in roles for post in some]
    others = [
        easing
        for easing in offered
        if isinstance(easing, Ask)
        and easing.theme == asked[0].theme
        and easing.staff not in people
        and all(lacking(base.people[easing.staff], post) == (easing,) for post in posts)
        and not any(base.people[easing.staff].absent & post.dates for post in posts)
    ][:MOST_OTHERS]
    if not others:
        return ()
    context = in_open_rooms(applied(base.instance, [*made, *others]))
    whole = audit(context, judged.view.timetable)
    return tuple(_fitting(asked, roles, others, whole, control))


def _fitting(
    asked: Sequence[Ask],
    roles: Sequence[Sequence[Post]],
    others: Sequence[Ask],
    judged: Audit,
    control: Control,
) -> Iterator[str]:
    step = len(asked)
    for first in range(0, len(others), step):
        some = others[first : first + step]
        if _works(roles, some, judged):
            yield from (ask.staff for ask in some)
            continue
        for ask in some if step > 1 else ():
            if _works(roles, [ask], judged):
                yield ask.staff
        if control.over:
            return


def _works(roles: Sequence[Sequence[Post]], some: Sequence[Ask], judged: Audit) -> bool:
    """Whether the timetable stays whole with some of the places given to others."""
    context, now = judged.view.context, judged.view.timetable
    holders = dict(now.holders)
    for posts, ask in zip(roles, some, strict=False):
        for post in posts:
            if not context.admits(context.people[ask.staff], post):
                return False
            holders[post.line] = ask.staff
    changed = now.model_copy(update={"holders": holders})
    return is_full(audit_after(judged, changed), sum(judged.open_by_tier))


def _needing(base: Context, ask: Ask, judged: Audit) -> list[Post]:
    """The posts somebody holds that they could not hold without being asked."""
    return [
        post
        for post in judged.view.pattern.get(ask.staff, ())
        if ask in lacking(base.people[ask.staff], post)
    ]
