"""Every rule is written twice, for the solver and for the audit: do the writings agree?

Random small schools, random fixed timetables. A soft rule must cost the solver what the check
counts; a must must be impossible exactly where the check finds a breach.
"""

from __future__ import annotations

from collections import Counter

import pytest

from constraints.catalogue import catalogue
from tests.helpers.comparing import verdicts


@pytest.mark.parametrize("rule_id", catalogue())
def test_solver_and_check_agree(rule_id: str) -> None:
    seen: Counter[bool] = Counter()
    for verdict in verdicts(rule_id, schools=42, timetables=5):
        assert verdict.agree, str(verdict)
        seen[verdict.check > 0] += 1
    assert seen.total() >= 200
    assert min(seen[True], seen[False]) >= 5, f"too much of a kind: {seen}"
