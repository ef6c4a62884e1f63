"""Findings of an audit for people: grouped by rule, counted, the first few in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from constraints.catalogue import rulebook
from constraints.rule import Finding
from instances.messages import Lang
from scheduler.commands.posts import listed
from scheduler.recurring import as_one

SHOWN = 10


def by_rule(findings: Sequence[Finding], lang: Lang, shown: int = SHOWN) -> Iterator[str]:
    """Lines: each rule with its number of findings, then the sentences."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule].append(finding)
    for rule, found in groups.items():
        yield f"{rulebook()[rule].title.text(lang)} ({rule}): {len(found)}"
        messages = as_one(finding.message for finding in found)
        yield from listed([message.text(lang) for message in messages], lang, shown)
