"""The page of the command line, from the commands themselves."""

from __future__ import annotations

import importlib.util

import click

from scripts.docs_rules import NOTICE

HEAD = f"""{NOTICE}
# 命令 · Commands

`afterschool …`，或在项目目录中 `python cli.py …`。
退出码：0 完成，课表有空缺岗位也是 0，空缺另行列出；1 完成，但所要求的有做不到之处：
违反必须遵守的规则，固定项或手工改动未能保留，大型活动或对阵排不进，请假无人能代，
必然排不满（validate、explain），没有得到课表；2 输入或用法有误；70 程序出错；
130 用 Ctrl-C 放弃。

`afterschool …`, or `python cli.py …` in the project's folder.
Exit codes: 0 done, also where posts stay open, which are listed; 1 done, but something asked for is
broken or impossible: a must, a pin or an edit by hand that cannot be kept, an event or a fixture
without a place, an absence that nobody can cover, posts that must stay open (validate, explain), no
timetable found; 2 bad input or usage; 70 a fault of the program; 130 given up with Ctrl-C.
"""
WIDTH = 100


def command_pages() -> dict[str, str]:
    """``commands.md``; nothing while there is no command line."""
    if importlib.util.find_spec("cli") is None:
        return {}
    main: click.Group = importlib.import_module("cli").main
    parts = [HEAD]
    for name, command in main.commands.items():
        with click.Context(
            command,
            info_name=f"afterschool {name}",
            terminal_width=WIDTH,
            max_content_width=WIDTH,
            help_option_names=["-h", "--help"],
        ) as context:
            text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
            parts.append(f"## {name}\n\n```text\n{text}\n```\n")
    return {"commands.md": "\n".join(parts)}
