"""How every command ends: its outcome printed with its code, or a sentence of apology."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from scheduler.commands.outcome import Outcome

BUG = 70
USAGE = 2
GIVEN = "afterschool.given"
"""Where a context keeps the arguments as they were typed."""


class Commands(click.Group):
    """The commands; whatever goes wrong in one ends in a sentence."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        given = tuple(args)  # what is read is taken from the list
        try:
            ctx = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as wrong:
            _misused(wrong, given)
        ctx.meta[GIVEN] = given
        return ctx

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            _misused(wrong, ctx.meta[GIVEN])
        except KeyboardInterrupt as pressed:
            _give_up(pressed)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as failure:
            _apologize(failure)


def _misused(wrong: click.UsageError, given: Sequence[str]) -> NoReturn:
    """Say in the reader's language what is wrong with the arguments."""
    from scheduler.commands.usage import Misuse, language

    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        raise wrong
    raise Misuse(wrong, language(given)) from wrong


def _give_up(pressed: KeyboardInterrupt) -> NoReturn:
    """Say so, and what had been written by then; Ctrl-C once more changes nothing any more."""
    from scheduler.commands.interrupt import INTERRUPTED, GivenUp, handling

    with handling(signal.SIG_IGN):
        if not isinstance(pressed, GivenUp):
            click.echo("\n已放弃。 Given up.", err=True)
        elif not pressed.written:
            click.echo("\n已放弃，没有写出文件。 Given up; nothing was written.", err=True)
        else:
            said = "\n".join(pressed.written)
            click.echo(f"\n已放弃，但已经写出： Given up, but this was written:\n{said}", err=True)
    raise click.exceptions.Exit(INTERRUPTED) from None


def _apologize(failure: Exception) -> NoReturn:
    if os.environ.get("AFTERSCHOOL_TRACEBACK"):
        traceback.print_exc()
    notes = "".join(f"{note}\n" for note in getattr(failure, "__notes__", ()))
    click.echo(
        f"程序出错了，抱歉 / Sorry, the program failed: {type(failure).__name__}: {failure}\n"
        f"{notes}"
        "请把这行文字和所用的文件告诉维护者；设置环境变量 AFTERSCHOOL_TRACEBACK=1 可看到细节。\n"
        "Please report this line with the file used; AFTERSCHOOL_TRACEBACK=1 shows the details.",
        err=True,
    )
    raise click.exceptions.Exit(BUG) from failure


def _mute(failure: OSError) -> NoReturn:
    """What is to be printed has no room (a full disk behind a redirection, say)."""
    from scheduler.workbook.errors import cause_of

    cause = cause_of(failure)
    click.echo(
        f"无法输出（{cause.text('zh')}）：请检查输出所在磁盘的剩余空间。已写出的文件不受影响。\n"
        f"Cannot print ({cause.text('en')}): check the free space where the output goes."
        " Files that were written are not affected.",
        err=True,
    )
    raise click.exceptions.Exit(USAGE) from failure


def finish(outcome: Outcome, as_json: bool) -> NoReturn:
    """Print an outcome and end with its code: data to stdout, text beside it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if outcome.text:
            click.echo(outcome.text, err=as_json or outcome.failure)
        if as_json:
            utf8 = "utf" in (sys.stdout.encoding or "").lower()
            click.echo(json.dumps(outcome.data, ensure_ascii=not utf8))
    except BrokenPipeError:
        raise
    except OSError as failure:
        _mute(failure)
    raise click.exceptions.Exit(int(outcome.code))


def show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """The option --version."""
    if wanted:
        from scheduler.version import program_version

        click.echo(f"afterschool {program_version()}")
        ctx.exit()
