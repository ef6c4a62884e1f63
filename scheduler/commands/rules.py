"""The command rules: the catalogue, or one rule's page."""

from __future__ import annotations

import inspect
import sys
from typing import Any

from constraints.catalogue import catalogue, rulebook
from instances.messages import Label, Lang, Template
from instances.problems import Place
from instances.rulebook import SCOPES, RuleInfo, notes, scopes
from instances.text import nearest
from scheduler.commands import texts
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.commands.table import table

WHY_MARK, MODEL_MARK = "理由:", "建模:"
STATEMENT = Label("规则", "Rule")
WHY = Label("理由", "Why")
PARAMETERS = Label("参数", "Parameters")
PARAMETER = Template(
    "  {name}（{label}）：默认 {default}，可填 {low} 到 {high}",
    "  {name} ({label}): default {default}, from {low} to {high}",
)
NARROWED = Template(
    "可以限定范围的栏目：{columns}。", "It can be narrowed by the columns: {columns}."
)
WHERE = Template(
    "在工作簿的“规则”表中用名称“{rule}”设置{what}。",
    "Set it on the sheet Rules of the workbook under the name “{rule}”{what}.",
)
WHAT_SOFT = Label("权重、参数和适用范围；权重 0 表示不用", ": weight, parameters, scope; 0 is off")
ALWAYS = Label(
    "对所有人始终有效，不能停用或限定范围。",
    "It holds always and for everybody: it cannot be switched off or narrowed.",
)


@command
def run(rule: str | None, *, lang: Lang | None) -> Outcome:
    """List the catalogue, or describe one rule."""
    lang = lang or "zh"
    book = rulebook()
    if rule is None:
        text = "\n".join(table([_row(info, lang) for info in book.values()], right=False))
        return Outcome(Exit.DONE, text, [_data(info, lang) for info in book.values()])
    info = book.get(rule.strip().lower().replace("_", "-"))
    if info is None:
        near = nearest(rule.replace("_", "-"), book, 1, 0.4) or _by_title(rule)
        problem = texts.NO_RULE.at(Place(rule, None, rule), near=near)
        raise Refused([problem], lang)
    return Outcome(Exit.DONE, _page(info, lang), [_data(info, lang)])


def _by_title(text: str) -> list[str]:
    """The rule whose title in either language is closest."""
    titles = {
        title: info.id for info in rulebook().values() for title in (info.title.zh, info.title.en)
    }
    return [titles[title] for title in nearest(text, titles, 1, 0.4)]


def _strength(info: RuleInfo, lang: Lang) -> str:
    return texts.MUST.text(lang) if info.hard else texts.WEIGHT(weight=info.weight).text(lang)


def _row(info: RuleInfo, lang: Lang) -> list[str]:
    return [info.id, _strength(info, lang), info.statement.text(lang)]


def _page(info: RuleInfo, lang: Lang) -> str:
    lines = [
        f"{info.id} · {info.title.text(lang)} · {_strength(info, lang)}",
        "",
        f"{STATEMENT.text(lang)}: {info.statement.text(lang)}",
    ]
    lines += [note.text(lang) for note in notes(info)]
    if info.parameters:
        lines += ["", f"{PARAMETERS.text(lang)}:"]
        lines += [
            PARAMETER(name=p.name, label=p.label, default=p.default, low=p.low, high=p.high).text(
                lang
            )
            for p in info.parameters
        ]
    if why := _why(info.id):
        lines += ["", f"{WHY.text(lang)}: {why}"]
    columns = [SCOPES[name] for name in scopes(info)]
    if columns:
        lines += ["", NARROWED(columns=columns).text(lang)]
    where = ALWAYS if info.hard else WHERE(rule=info.id, what=WHAT_SOFT)
    lines += ["", where.text(lang)]
    return "\n".join(lines)


def _why(rule_id: str) -> str:
    """The reason that a rule's file gives."""
    module = sys.modules[catalogue()[rule_id].__module__]
    text = inspect.getdoc(module) or ""
    return " ".join(text.partition(MODEL_MARK)[0].replace(WHY_MARK, "").split())


def _data(info: RuleInfo, lang: Lang) -> dict[str, Any]:
    return {
        "id": info.id,
        "hard": info.hard,
        "statement": info.statement.text(lang),
        "title": info.title.text(lang),
        "weight": info.weight,
        "optional": info.optional,
        "may_be_must": info.may_be_must,
        "narrowed_by": list(scopes(info)),
        "parameters": [
            {
                "name": p.name,
                "label": p.label.text(lang),
                "default": p.default,
                "low": p.low,
                "high": p.high,
            }
            for p in info.parameters
        ],
        "why": _why(info.id),
    }
