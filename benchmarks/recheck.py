"""Sentences of an explanation, each re-checked by other means than those that found it.

A way out is applied and solved from nothing. A deficit is looked for in the timetable with the
fewest gaps, and pins that clash are given to a solver alone. Of a clash it is tried that its facts
alone make the school impossible, and that they do not without one of them. Who is said to do as
well as somebody else is put in their place, and the school is solved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from constraints.context import Context
from constraints.pools import single_pools
from instances.timetable import Session
from instances.words import Status
from scheduler.audit import Audit
from scheduler.deficit import Deficit
from scheduler.explain.arranging import applied
from scheduler.explain.asking import Ask
from scheduler.explain.blame import Clash, facts_of
from scheduler.explain.easing import Easing
from scheduler.explain.explain import Explanation
from scheduler.explain.fixes import Fix
from scheduler.explain.offers import offers
from scheduler.explain.standing import Answer, Standing, musts_of, never, standing
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.weekly import impossible_pins

AGAIN = 60.0
"""Seconds for solving a changed school once more, from nothing."""
Verdict = Literal["true", "false", "unknown"]
SAYS: dict[Answer, Verdict] = {
    Answer.YES: "true",
    Answer.NO: "false",
    Answer.UNDECIDED: "unknown",
}


def rechecked(found: Explanation) -> dict[str, Counter[Verdict]]:
    """How many sentences of each kind hold, do not, or could not be decided in the time."""
    return {
        "ways": Counter(_way(found, fix) for fix in found.fixes if fix.verified),
        "others": Counter(_others(found)),
        "deficits": Counter(_deficit(found, deficit) for deficit in found.deficits),
        "clashes": Counter(
            verdict for clash in found.blame[:1] for verdict in _clash(found, clash)
        ),
    }


def _again(found: Explanation, easings: list[Easing]) -> Standing:
    return standing(applied(found.school, easings), Control(AGAIN), Settings(seed=0))


def _made(fix: Fix) -> list[Easing]:
    return [easing for change in fix.changes for easing in change.easings]


def _way(found: Explanation, fix: Fix) -> Verdict:
    again = _again(found, _made(fix))
    if fix.left and again.judged is not None:
        return "true" if again.open_now <= fix.left else "unknown"
    return SAYS[again.answer]


def _others(found: Explanation) -> Iterator[Verdict]:
    """The last of those named beside takes the place of the first who is asked."""
    for fix in found.fixes[:1]:
        for change in fix.changes:
            first = change.easings[0]
            if change.others and isinstance(first, Ask):
                other = Ask(change.others[-1], first.weekday, first.band)
                swapped = [other if easing == first else easing for easing in _made(fix)]
                yield SAYS[_again(found, swapped).answer]


def _deficit(found: Explanation, deficit: Deficit) -> Verdict:
    where, gap = deficit.where, deficit.needed - deficit.available
    if deficit.of == "pins":
        return _pins(found, where["pins"])
    judged = found.standing.judged
    if judged is None:
        return "unknown"
    if deficit.of == "rooms":
        nowhere = set(judged.view.unplaced) | never(judged)
        return "true" if nowhere & set(where["activities"]) else "false"
    if "dates" in where:
        least = min(_open_on(judged, where, date) for date in where["dates"])
    else:
        least = sum(judged.open_by_tier)
    return "true" if least >= gap else "false"


def _open_on(judged: Audit, where: dict[str, object], date: str) -> int:
    """Posts of a deficit that are open on one of its dates; unplaced activities wholly so."""
    activities, segments = where["activities"], where["segments"]
    assert isinstance(activities, list)
    assert isinstance(segments, list)

    def concerns(session: Session) -> bool:
        return (
            session.status in (Status.OPEN, Status.CANCELLED)
            and session.date.isoformat() == date
            and session.segment in segments
            and session.post.activity in activities
        )

    unplaced = sum(post.activity in activities for post in judged.unplaced_posts)
    return unplaced + sum(concerns(session) for session in judged.view.sessions)


def _pins(found: Explanation, numbers: list[int]) -> Verdict:
    """Whether a solver leaves one of these pins out, or their activity, with no others there."""
    pins = tuple(found.school.pins[n] for n in numbers)
    context = Context(found.school.model_copy(update={"pins": pins}))
    if all(pin.forbid and pin.activity in context.demand.options for pin in pins):
        judged = found.standing.judged
        nowhere = set(judged.view.unplaced) if judged else set()
        kept = not set(numbers) & set(found.standing.clashing)
        return "true" if not kept or pins[0].activity in nowhere else "false"
    left_out, proved = impossible_pins(
        context, single_pools(context.demand), Control(AGAIN), Settings(seed=0)
    )
    return "true" if left_out else "false" if proved else "unknown"


def _clash(found: Explanation, clash: Clash) -> Iterator[Verdict]:
    """With only its facts left it is impossible; without the first of them it is not."""
    if clash.beyond:
        return
    context = musts_of(found.school)
    every = facts_of(offers(context, found.standing.trouble))
    named = {easing for fact in clash.facts for easing in fact.easings}
    rest = [easing for easing in every if easing not in named]
    answers: dict[Answer, Verdict] = {Answer.YES: "false", Answer.NO: "true"}
    yield answers.get(_again(found, rest).answer, "unknown")
    first = clash.facts[0]
    if first.decided:
        without = _again(found, [*rest, *first.easings])
        near = {post.line for post in context.demand.posts if found.standing.trouble.is_near(post)}
        if without.judged is not None:
            still = {session.post.line for session in without.judged.open_sessions}
            still |= {post.line for post in without.judged.unplaced_posts}
            yield "unknown" if still & near else "true"
