"""What changes of a school cost, where ways to fill more posts are compared."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from instances.words import ChangeKind

MOST_COST = 1000
Costs = dict[ChangeKind, Annotated[int, Field(ge=0, le=MOST_COST)]]
