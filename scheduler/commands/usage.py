"""Errors of usage in the reader's language: click's own sentences with their translation.

A sentence of click is recognized by its wording, of which what stands in braces varies; what
stands there is translated in the same way. One that is not listed here is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import IO, Any

import click

from instances.messages import LANGS, Lang, Template

SENTENCES: tuple[Template, ...] = (
    Template("缺少参数{name}。", "Missing argument {name}."),
    Template("缺少选项{name}。", "Missing option {name}."),
    Template("没有选项{name}。", "No such option {name}."),
    Template("没有选项{name}。{near}", "No such option {name}. {near}"),
    Template("没有命令{name}。", "No such command {name}."),
    Template("没有命令{name}。{near}", "No such command {name}. {near}"),
    Template("是否应为{near}？", "Did you mean {near}?"),
    Template("是否应为{near}中的一个？", "(Did you mean one of: {near}?)"),
    Template("选项{name}后面缺少内容。", "Option {name} requires an argument."),
    Template("选项{name}后面不能带内容。", "Option {name} does not take a value."),
    Template("多出了这些内容：{rest}。", "Got unexpected extra argument ({rest})"),
    Template("多出了这些内容：{rest}。", "Got unexpected extra arguments ({rest})"),
    Template("选项{name}的值不对：{why}", "Invalid value for {name}: {why}"),
    Template("{value}不是数。", "{value} is not a valid float range."),
    Template("{value}不是整数。", "{value} is not a valid integer range."),
    Template("{value}不是整数。", "{value} is not a valid integer."),
    Template("{value}不行，只能填{choices}之一。", "{value} is not one of {choices}."),
    Template("{value}不行，应{range}。", "{value} is not in the range {range}."),
    Template("在{low}到{high}之间", "{low}<=x<={high}"),
    Template("不小于{low}", "x>={low}"),
    Template("大于{low}", "x>{low}"),
)
USAGE, ERROR = "用法：", "错误：{message}"
HINT = "用 {command} {option} 可查看全部选项。\n"


class Misuse(click.UsageError):
    """An error of usage, shown in a language."""

    def __init__(self, wrong: click.UsageError, lang: Lang) -> None:
        self.lang = lang
        super().__init__(said(wrong.format_message(), lang), wrong.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        if self.lang == "en":
            super().show(file)
            return
        if self.ctx is not None:
            click.echo(_usage(self.ctx), file=file, err=True)
        click.echo(ERROR.format(message=self.message), file=file, err=True)


def said(text: str, lang: Lang) -> str:
    """A sentence of click in a language."""
    if lang == "en":
        return text
    for template in SENTENCES:
        found = _pattern(template).fullmatch(text)
        if found is not None:
            facts = {name: said(part, lang) for name, part in found.groupdict().items()}
            return template(**facts).text(lang)
    return re.sub(r"'([^']*)'", r"“\1”", text).replace("”, “", "”、“")


@cache
def _pattern(template: Template) -> re.Pattern[str]:
    """What a sentence of click looks like."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template.en)), re.DOTALL)


def language(arguments: Sequence[str]) -> Lang:
    """The language that is asked for on a command line, else Chinese."""
    after = dict(pairwise(arguments))
    asked = after.get("--lang")
    for argument in arguments:
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else asked
    return next((lang for lang in LANGS if lang == asked), "zh")


def _usage(ctx: click.Context) -> str:
    """How a command is used, and where to read more."""
    formatter = ctx.make_formatter()
    pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=USAGE)
    option = max(ctx.help_option_names, key=len)
    return formatter.getvalue() + HINT.format(command=ctx.command_path, option=option)
