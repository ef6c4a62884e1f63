"""English sentences that count something have the form for one thing, too."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import constraints
import instances
import scheduler
from instances.messages import Template
from instances.words import Word

COUNTED = re.compile(r"\{(count|posts|people|sessions)\} (?:[a-z-]+ ){0,2}?(?!is\b)[a-z]+s\b")
NEVER_ONE = {
    "On {date} at {start} “{tournament}” uses {count} courts, at most {most}.",
    "{team} plays {count} matches of “{tournament}” on {date}, at most {most}.",
    "The same children of {team} play {count} matches on {date}.",
    "{first} and more ({count} classes)",
    "{classes} and more ({count} classes)",
    "{dates} and more, {count} dates",
    "all {count} rooms",
    "{count} pins contradict each other and cannot all hold: {pins}.",
    "{school_class} has {count} supervisors in the week: {names}.",
    "{count} popular clubs ({family}) for {grade} meet at once on {weekday} {band}.",
    "“{activity}” has {count} leaders over the term, for {posts} {posts:post|posts}: {names}.",
}
"""Said only of several."""


def wordings() -> Iterator[tuple[str, str]]:
    """Where a template is, and its English."""
    for package in (instances, constraints, scheduler):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for owner in (module, *(c for c in vars(module).values() if isinstance(c, type))):
                for name, value in vars(owner).items():
                    if isinstance(value, Template | Word):
                        yield f"{found.name}.{name}", value.en


def test_what_is_counted_has_a_singular() -> None:
    every = set(wordings())
    said = {en for _, en in every}
    assert said >= NEVER_ONE
    assert not {(w, en) for w, en in every if COUNTED.search(en) and en not in NEVER_ONE}


def test_the_search_finds_a_plural_and_no_choice() -> None:
    assert COUNTED.search("{count} dated posts stay open")
    assert not COUNTED.search("{count} dated {count:post stays|posts stay} open")
