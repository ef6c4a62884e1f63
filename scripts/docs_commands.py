"""The page of the command line, from the commands themselves."""

from __future__ import annotations

import importlib.util

import click

from scripts.docs_rules import NOTICE

HEAD = f"""{NOTICE}
# 命令 · Commands

`afterschool …`，或在项目目录中 `python cli.py …`。
退出码：0 完成；1 完成，但有不可能或未满足之处；2 输入有误。

`afterschool …`, or `python cli.py …` in the project's folder.
Exit codes: 0 done; 1 done, but something is broken or impossible; 2 bad input.
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
