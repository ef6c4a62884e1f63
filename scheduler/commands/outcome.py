"""What a command hands back: an exit code, the text for people, and the data for scripts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ParamSpec

from instances.messages import Lang
from instances.problems import Problem

P = ParamSpec("P")


class Exit(IntEnum):
    """How a command ended (design §5)."""

    DONE = 0
    BROKEN = 1
    BAD_INPUT = 2


@dataclass(frozen=True)
class Outcome:
    """The end of a command. ``data`` is what ``--json`` prints; ``failure`` marks a report that
    stands in the place of a result, and so goes to stderr.
    """

    code: Exit
    text: str
    data: Any
    failure: bool = False


class Refused(Exception):
    """Input or usage that cannot be worked with: all its problems at once."""

    def __init__(self, problems: Iterable[Problem], lang: Lang) -> None:
        self.problems = tuple(problems)
        self.lang = lang
        super().__init__("\n".join(problem.text("en") for problem in self.problems))

    def outcome(self) -> Outcome:
        return Outcome(
            Exit.BAD_INPUT,
            "\n".join(problem.text(self.lang) for problem in self.problems),
            problems_json(self.problems, self.lang),
            failure=True,
        )


def problems_json(problems: Sequence[Problem], lang: Lang) -> dict[str, Any]:
    """``errors`` and ``warnings`` as ``validate --json`` has them."""
    return {
        "errors": [problem.to_json(lang) for problem in problems if problem.is_error],
        "warnings": [problem.to_json(lang) for problem in problems if not problem.is_error],
    }


def command(run: Callable[P, Outcome]) -> Callable[P, Outcome]:
    """A command's function, whose refusals become an outcome."""

    @functools.wraps(run)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Outcome:
        try:
            return run(*args, **kwargs)
        except Refused as refused:
            return refused.outcome()

    return wrapped
