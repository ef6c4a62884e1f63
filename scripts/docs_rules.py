"""The pages of the rules, from the catalogue: nothing is said here that a rule does not say."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from constraints.catalogue import as_set, catalogue, rulebook
from constraints.context import Context
from constraints.rule import Example, Rule
from instances.messages import LANGS, Label, join
from instances.rulebook import SCOPES, RuleInfo, notes, scopes

NOTICE = "<!-- 由代码生成，请勿手改。 Generated: edit the code, then run make docs. -->\n"
WHY, MODEL = "理由:", "建模:"
MUST = Label("必须遵守，对所有人始终有效", "must hold, always and for everybody")
SHOWN = 2
"""How many findings of an example are quoted; the rest are more of the same."""


def rule_pages() -> dict[str, str]:
    """The index and one page for each rule."""
    found = {"rules/README.md": "\n".join(_index())}
    for rule_id, rule in catalogue().items():
        found[f"rules/{rule_id}.md"] = "\n".join(_page(rulebook()[rule_id], rule))
    return found


def strength(info: RuleInfo) -> Label:
    """Must, or the points that one unit costs."""
    if info.weight is None:
        return MUST
    return Label(f"权重 {info.weight}", f"weight {info.weight}")


def _index() -> Iterator[str]:
    yield NOTICE
    yield "# 规则 · Rules\n"
    yield (
        "“必须遵守”的规则对所有人始终有效，从不违反，不能停用，也不限适用范围。"
        "其余按权重计分，分数越低越好；它们的权重、参数和适用范围在工作簿的“规则”表中设置。\n"
    )
    yield "A rule that must hold always does, for everybody: it is never broken, switched off or"
    yield "narrowed. The others cost points by weight, and fewer are better; weight, parameters and"
    yield "scope are set on the sheet Rules of the workbook.\n"
    for hard, title in ((True, "必须遵守 · Musts"), (False, "按权重计分 · Weighted")):
        yield f"## {title}\n"
        yield "| 规则 rule | | 中文 | English |\n|---|---|---|---|"
        for info in rulebook().values():
            if info.hard is hard:
                weight = "" if hard else str(info.weight)
                said = f"{info.statement.zh} | {info.statement.en}"
                yield f"| [{info.id}]({info.id}.md) | {weight} | {said} |"
        yield ""


def _page(info: RuleInfo, rule: type[Rule]) -> Iterator[str]:
    yield NOTICE
    yield f"# {info.id}\n"
    yield f"**{info.title.zh} · {info.title.en}**\n"
    yield f"{info.statement.zh}\n\n{info.statement.en}\n"
    yield f"{strength(info).zh} · {strength(info).en}\n"
    for note in notes(info):
        yield f"{note.zh} · {note.en}\n"
    if columns := [SCOPES[name] for name in scopes(info)]:
        names = [join((label.text(lang) for label in columns), lang) for lang in LANGS]
        yield f"可限定范围：{names[0]} · can be narrowed by {names[1]}\n"
    if info.parameters:
        yield "## 参数 · Parameters\n"
        yield "| | 中文 | English | 默认 default | 范围 range |\n|---|---|---|---|---|"
        for parameter in info.parameters:
            label = f"{parameter.label.zh} | {parameter.label.en}"
            values = f"{parameter.default} | {parameter.low}–{parameter.high}"
            yield f"| `{parameter.name}` | {label} | {values} |"
        yield ""
    why, model = _reasons(rule)
    yield f"## 理由 · Why\n\n{why}\n"
    if model:
        yield f"## 建模 · Modelling\n\n{model}\n"
    yield "## 例子 · Examples\n"
    for example in rule.examples:
        yield from _example(rule, example)


def _reasons(rule: type[Rule]) -> tuple[str, str]:
    """What the rule's file says on why it is there, and on how the solver is told."""
    text = inspect.getdoc(sys.modules[rule.__module__]) or ""
    why, _, model = text.partition(MODEL)
    return _unwrapped(why.replace(WHY, "")), _unwrapped(model)


def _unwrapped(text: str) -> str:
    """Paragraphs as single lines, the first word with a capital."""
    joined = "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).strip()
    return joined[:1].upper() + joined[1:]


def _example(rule: type[Rule], example: Example) -> Iterator[str]:
    """The title, what is found, and in which words."""
    instance, timetable = example.build()
    findings = list(as_set(rule, instance).check(Context(instance).view(timetable)))
    mark = "✗" if example.amount else "✓"
    yield f"{mark} **{example.title.zh}** · {example.title.en}: {example.amount}\n"
    for finding in findings[:SHOWN]:
        yield f"> {finding.message.text('zh')}\n>\n> {finding.message.text('en')}\n"
    if len(findings) > SHOWN:
        yield f"> … {len(findings) - SHOWN} 条同类 more of the same\n"
