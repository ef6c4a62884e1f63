"""A timetable in a moment, as a careful person would make it: clubs first, then one by one.

Clubs, their leaders and rooms are settled together by a small model. All other posts are
filled one after the other, those with the fewest candidates first, each by whoever is free
and furthest below their share; where nobody is free, one person may make room by handing a
post to somebody else. What cannot be filled so is left open. It is a start for the stages
that prove, and what is returned when there is no time for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from constraints.context import Context
from constraints.model import Model, total, weighted
from constraints.pins import matches_post
from constraints.pools import Pool
from constraints.rules.class_changes_hands import care_posts
from instances.demand import Post
from instances.timetable import Expansion, Timetable
from instances.words import Level
from scheduler.audit import broken
from scheduler.diary import Diary
from scheduler.guide import Advice
from scheduler.incumbent import options_of, read_out
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Settings, search

PLACES = Effort(deterministic=6, share=0.25, seconds=3)
ANY_PLACES = Effort(deterministic=30, share=0.6)
"""Where that finds none: without places there is no timetable at all."""
MOOD = {Level.PREFERS: -0.35, Level.WILLING: 0.0, Level.RATHER_NOT: 0.6}
"""What a wish is worth beside a whole share of load."""
AWAY = 3.0
"""What it costs that somebody is away on all dates of a post: who comes then may not be found."""
ADVISED = -3.0
"""What it is worth that advice gives somebody a post whole."""
WHOLE = 0.99
PART, MANY = 20, 1000
"""What a leader whom advice gives a club is worth, beside a dated open place."""
KNOWN, OWN = -0.15, -0.4
"""The same for a class that the person has already, and for a home teacher's own."""


def quick_timetable(
    context: Context, pools: Sequence[Pool], control: Control, settings: Settings
) -> Timetable | None:
    """A timetable that keeps all musts; ``None`` if there is none with all groups in rooms."""
    places = _places(context, pools, control, settings)
    if places is None:
        return None
    return _within_musts(context, _Filling(context, places).run())


def filled_as_advised(
    context: Context,
    pools: Sequence[Pool],
    start: Timetable,
    advice: Advice,
    control: Control,
    settings: Settings,
) -> Timetable | None:
    """A timetable that follows in a moment what an optimum of the relaxation takes.

    Clubs meet and are led as it has them, or as in ``start``. Whoever it has whole in a post
    takes that, then others in parts as far as they are free. ``None`` if there was no time.
    """
    places = _places_as_advised(context, pools, start, advice, control, settings)
    if places is None:
        return None
    return _within_musts(context, _Filling(context, places, advice).run())


def _places(
    context: Context, pools: Sequence[Pool], control: Control, settings: Settings
) -> Timetable | None:
    """Where clubs meet, who leads them, all rooms, and whoever is pinned."""
    pinned = _pinned(context)

    def candidates(pool: Pool) -> Iterable[str]:
        return pinned(pool) if pool.post.option is None else context.admitted(pool.post)

    model = Model(context, pools, candidates=candidates, foresee_covers=False, dated_limit=0)
    model.post_rules(musts_only=True)
    open_places = total(model.open_by_tier)
    for effort in (PLACES, ANY_PLACES):
        found = search(model.cp, open_places, control, settings, effort, Stage.START)
        if found.solution is not None:
            return read_out(model, found)
        if found.outcome == "infeasible":
            break
    return None


def _places_as_advised(
    context: Context,
    pools: Sequence[Pool],
    start: Timetable,
    advice: Advice,
    control: Control,
    settings: Settings,
) -> Timetable | None:
    """The same, where advice has clubs meet and be led, or as ``start`` has them."""
    chosen = options_of(context.demand, start)
    pinned = _pinned(context)

    def candidates(pool: Pool) -> Iterable[str]:
        if pool.post.option is None:
            return pinned(pool)
        some = {*advice.people.get(pool.post.key, ()), start.holders.get(pool.post.line)}
        return [key for key in context.admitted(pool.post) if key in some]

    def options(activity: str) -> set[int]:
        now = {chosen[activity]} if activity in chosen else set()
        return now | advice.options.get(activity, set())

    model = Model(
        context,
        pools,
        candidates=candidates,
        options=options,
        foresee_covers=False,
        dated_limit=0,
    )
    model.post_rules(musts_only=True)
    parts = [
        (one, round(PART * advice.people.get(pool.post.key, {}).get(key, 0.0)))
        for pool, people in zip(model.pools, model.holders, strict=True)
        for key, one in people.items()
    ]
    wanted = MANY * total(model.open_by_tier) - weighted(parts)
    found = search(model.cp, wanted, control, settings, PLACES, Stage.COVERAGE, told=False)
    return None if found.solution is None else read_out(model, found)


def _pinned(context: Context) -> Callable[[Pool], list[str]]:
    """Who is pinned to a post of a pool."""
    pins = [pin for pin in context.instance.pins if pin.staff is not None and not pin.forbid]

    def named(pool: Pool) -> list[str]:
        keys = {p.staff for p in pins for post in pool.posts if matches_post(p, post)}
        return [key for key in context.admitted(pool.post) if key in keys]

    return named


class _Filling:
    """Fills the posts that a timetable of places leaves open, as ``advice`` has it if possible."""

    def __init__(self, context: Context, places: Timetable, advice: Advice | None = None) -> None:
        self.context = context
        self.places = places
        self.advice = advice.people if advice is not None else {}
        self.holders = dict(places.holders)
        self.diary = Diary(context)
        self.home = {c.name: c.home_teacher for c in context.instance.classes}
        self.known: dict[str, set[str]] = defaultdict(set)
        self.pins = [pin for pin in context.instance.pins if pin.staff and pin.forbid]

    def _candidates(self, post: Post) -> list[str]:
        """Who may hold a post, and is not kept from it by a pin."""
        kept_off = {pin.staff for pin in self.pins if matches_post(pin, post)}
        return [key for key in self.context.admitted(post) if key not in kept_off]

    def run(self) -> Timetable:
        sessions = Expansion(self.context.demand, self.places).sessions
        posts = list(dict.fromkeys(session.post for session in sessions))
        open_posts = []
        for post in posts:
            holder = self.holders.get(post.line)
            if holder is None:
                open_posts.append(post)
            else:
                self._take(holder, post)
        open_posts.sort(key=self._turn)
        left = [post for post in open_posts if _times(post) > 1 and not self._fill_somehow(post)]
        others = [post for post in open_posts if _times(post) == 1]
        unsure = [post for post in others if not self._fill(post, self._surely(post))]
        left += [post for post in unsure if not self._fill(post, self._candidates(post))]
        for post in left:
            self._make_room(post)
        live = {post.line for post in posts}
        holders = {line: key for line, key in self.holders.items() if line in live}
        return self.places.model_copy(update={"holders": holders})

    def _turn(self, post: Post) -> tuple[int, int, int, str]:
        """What takes many times of the week comes first, while somebody is free at all of them;
        then tier by tier, and what few could hold before what many could."""
        return -_times(post), post.role.tier, len(self._candidates(post)), post.line

    def _fill_somehow(self, post: Post) -> bool:
        return self._fill(post, self._surely(post)) or self._fill(post, self._candidates(post))

    def _surely(self, post: Post) -> list[str]:
        """Who has a post whole by the advice."""
        return [key for key, part in self.advice.get(post.key, {}).items() if part >= WHOLE]

    def _fill(self, post: Post, candidates: Iterable[str]) -> bool:
        free = [key for key in candidates if self.diary.is_free(key, post)]
        if free:
            self._take(min(free, key=lambda key: (self._cost(key, post), key)), post)
        return bool(free)

    def _make_room(self, post: Post) -> None:
        """Give a post to somebody who can hand one of theirs on."""
        for key in self._candidates(post):
            for other in self._in_the_way(key, post):
                for heir in self._candidates(other):
                    if heir != key and self.diary.is_free(heir, other):
                        self.diary.give_up(key, other)
                        self._take(heir, other)
                        self._take(key, post)
                        return

    def _in_the_way(self, key: str, post: Post) -> list[Post]:
        """Posts of somebody's without any one of which they could take another: that at its
        time, or any if their caps are reached."""
        clashing = self.diary.clashing(key, post)
        if len(clashing) > 1:
            return []
        return [
            other
            for other in clashing or self.diary.taken[key].posts
            if other.line not in self.places.holders
            and self.diary.within_caps(key, post, without=other)
        ]

    def _take(self, key: str, post: Post) -> None:
        self.diary.take(key, post)
        self.holders[post.line] = key
        if care_posts(self.context.demand, post):
            for name in post.classes:
                self.known[name].add(key)

    def _cost(self, key: str, post: Post) -> float:
        """How unwelcome it is that this person takes the post, in parts of their share."""
        share = max(1, self.context.shares.get(key, self.context.weekly_post))
        cost = (self.diary.taken[key].load + post.load) / share
        person = self.context.people[key]
        cost += MOOD.get(person.level(post), 0.0)
        cost += ADVISED * self.advice.get(post.key, {}).get(key, 0.0)
        if post.dates & person.absent:
            cost += AWAY * (post.dates & person.absent).bit_count() / post.dates.bit_count()
        for name in post.classes:
            if key in self.known[name]:
                cost += KNOWN
            elif self.home[name] == key:
                cost += OWN
        return cost


def _times(post: Post) -> int:
    """How many times of the week a post takes."""
    return sum(len(block.segments) for block in post.blocks)


def _within_musts(context: Context, timetable: Timetable) -> Timetable:
    """The timetable without the posts that break a must which only whole timetables show."""
    dated = {"on-leave", "room-closed", "plan-incomplete"}
    for _ in range(len(timetable.holders)):
        names = {
            str(finding.where["staff"])
            for finding in broken(context, timetable)
            if "staff" in finding.where and finding.rule not in dated
        }
        if not names:
            break
        holders = dict(timetable.holders)
        for name in names:
            line = next((line for line, key in reversed(holders.items()) if key == name), None)
            if line is not None:
                del holders[line]
        if holders == timetable.holders:
            break
        timetable = timetable.model_copy(update={"holders": holders})
    return timetable
