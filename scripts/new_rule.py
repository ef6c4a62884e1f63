"""Write the skeleton of a rule: a complete little rule, to be changed into the one you want.

Example: python -m scripts.new_rule late-friday --soft
"""

from __future__ import annotations

import argparse
import re
import string
from pathlib import Path

RULES = Path(__file__).resolve().parents[1] / "constraints" / "rules"

HEAD = string.Template('''"""理由: TODO why a school wants this, in one or two sentences.

TODO what counts and what does not. 建模: TODO only what the code cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule
$imports
if TYPE_CHECKING:
$checked

class $name(Rule):
    """TODO the fault, in a few words."""

    title: ClassVar[Label] = Label("TODO 标题", "TODO title")
    statement: ClassVar[Template] = Template("TODO 周二不安排。", "TODO Nobody works on Tuesdays.")
    finding: ClassVar[Template] = Template(
        "TODO {staff}每周二有{count}个岗位。", "TODO {staff} has {count} posts on Tuesdays."
    )
$weight    examples: ClassVar[tuple[Example, ...]] = (
        # one weekly post on Tuesday: 1
        example(
            "TODO 周二看护",
            "TODO care on Tuesday",
            Tiny().classes("三1").staff("王芳").care("Tue", "Thu").holds("王芳", "看护", "Tue"),
            1,
        ),
        example(
            "TODO 周四看护",
            "TODO care on Thursday",
            Tiny().classes("三1").staff("王芳").care("Tue", "Thu").holds("王芳", "看护", "Thu"),
            0,
        ),
    )
''')

MUST = """
    def admits(self, person: Person, post: Post) -> bool:
        return not (self.concerns_person(person) and on_tuesday(post))
"""

SOFT = """
    def post(self, model: Model) -> None:
        instance = model.demand.instance
        for key, holdings in model.holdings.items():
            if self.concerns_person(model.context.people[key]):
                for holding in holdings:
                    if on_tuesday(holding.post) and self.concerns_post(holding.post, instance):
                        model.charge(self, holding.literal * 1)
"""

CHECK = '''
    def check(self, view: View) -> Iterator[Finding]:
        for staff, posts in view.pattern.items():
            mine = [post for post in posts if self.concerns_post(post, view.instance)]
            count = sum(any(b.weekday is Weekday.TUE for b in post.blocks) for post in mine)
            if count and self.concerns_person(view.people[staff]):
                yield self.found(count, {"staff": staff}, staff=staff, count=count)


def on_tuesday(post: Post) -> bool:
    """TODO whatever post() needs to know."""
    return any(block.weekday is Weekday.TUE for block in post.blocks)
'''

COMMON = """from instances.demand import Post
from instances.messages import Label, Template
"""
WORDS = "from instances.words import Weekday\n"
VIEW = "    from constraints.view import View\n"


def skeleton(rule_id: str, *, hard: bool) -> str:
    """The text of a new rule's file."""
    name = "".join(part.capitalize() for part in rule_id.split("-"))
    head = HEAD.substitute(
        name=name,
        imports=COMMON + ("from instances.people import Person\n" if hard else "") + WORDS,
        checked=VIEW if hard else "    from constraints.model import Model\n" + VIEW,
        weight="" if hard else "    default_weight: ClassVar[int | None] = 10\n",
    )
    return head + (MUST if hard else SOFT) + CHECK


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("id", help="names the fault, in lower case with hyphens: late-friday")
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--soft", action="store_true", help="costs points by weight")
    kind.add_argument("--must", action="store_true", help="must hold")
    parser.add_argument("--into", type=Path, default=RULES, help="another folder")
    given = parser.parse_args(arguments)
    if not re.fullmatch(r"[a-z]+(-[a-z]+)+", given.id):
        parser.error(f"{given.id!r} is not two or more words in lower case. Maybe: late-friday")
    path: Path = given.into / f"{given.id.replace('-', '_')}.py"
    if path.exists():
        parser.error(f"{path.name} is there already")
    path.write_text(skeleton(given.id, hard=given.must), encoding="utf-8", newline="\n")
    print(f"{path}\nReplace every TODO, then: make docs test")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
