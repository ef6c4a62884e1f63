"""Findings of an audit for people: grouped by rule, counted, the first few in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from constraints.catalogue import rulebook
from constraints.rule import Finding
from instances.messages import Lang
from scheduler.commands import texts

SHOWN = 10


def by_rule(findings: Sequence[Finding], lang: Lang, shown: int | None = SHOWN) -> list[str]:
    """Lines: each rule with its number of findings, then the sentences."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule].append(finding)
    lines = []
    for rule, found in groups.items():
        lines.append(f"{rulebook()[rule].title.text(lang)} ({rule}): {len(found)}")
        lines += [f"  - {finding.message.text(lang)}" for finding in found[:shown]]
        if shown is not None and len(found) > shown:
            lines.append(f"  {texts.AND_MORE(count=len(found) - shown).text(lang)}")
    return lines
