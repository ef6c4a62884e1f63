"""Broken villages: the cause or something cheaper is found, and every sentence is true."""

from __future__ import annotations

import pytest

from benchmarks.broken import CAUSES, broken, whole_again
from benchmarks.explaining import explained
from scheduler.explain.arranging import applied
from scheduler.explain.blame import facts_of
from scheduler.explain.explain import Explanation, explain
from scheduler.explain.offers import offers
from scheduler.explain.standing import Answer, musts_of, standing
from scheduler.progress import Control
from scheduler.search import Settings

ALONE = Settings(1, 0)


@pytest.mark.parametrize("case", range(1, len(CAUSES)), ids=CAUSES[1:])
def test_every_sentence_holds_when_it_is_tried(case: int) -> None:
    made = broken("S", case)
    found = explain(made.school, settings=ALONE)
    assert found.answer is Answer.NO
    assert found.fixes
    assert found.fixes[0].cost <= made.cost
    for fix in found.fixes[:1]:
        easings = [easing for change in fix.changes for easing in change.easings]
        assert standing(applied(made.school, easings), Control(), ALONE).answer is Answer.YES
    if found.blame:
        _clash_holds(found)


def _clash_holds(found: Explanation) -> None:
    """With only the facts of the first clash left it is impossible; without any one it is not."""
    clash, school = found.blame[0], found.school
    every = facts_of(offers(musts_of(school), found.standing.trouble))
    named = {easing for fact in clash.facts for easing in fact.easings}
    rest = [easing for easing in every if easing not in named]
    assert not clash.beyond
    assert standing(applied(school, rest), Control(), ALONE).answer is Answer.NO
    for fact in clash.facts[:1]:
        assert fact.decided
        without = applied(school, [*rest, *fact.easings])
        assert standing(without, Control(), ALONE).answer is Answer.YES


def test_undoing_the_cause_makes_the_school_whole() -> None:
    made = broken("S", CAUSES.index("consent"))
    assert standing(made.school, Control(), ALONE).answer is Answer.NO
    assert standing(whole_again(made), Control(), ALONE).answer is Answer.YES


def test_what_is_measured() -> None:
    (case,) = explained("S", 1)["cases"]
    assert case["answer"] == "no"
    assert case["named"]
    assert (case["true"], case["false"]) == (case["fixes"], 0)
