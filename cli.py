"""The command line: parse, call one function, print. No logic lives here."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from scheduler.commands.ending import Commands, finish, show_version
from scheduler.commands.options import FILE, common, output, overwrite, search_options


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=show_version,
    help="Show the version and exit.",
)  # fmt: skip
def main() -> None:
    """Fair, valid term timetables for the after-school service of Chinese schools.

    中小学课后服务排班：从一个工作簿得到整学期的课表。

    \b
    First steps:
      template -o school.xlsx                 fill it in
      validate school.xlsx                    correct what it finds
      explain school.xlsx                     where it cannot be done
      solve school.xlsx -o timetable.xlsx     print and send round
      check school.xlsx timetable.xlsx        after editing by hand
      why timetable.xlsx --staff NAME         a letter to one person
      diff timetable.xlsx timetable-2.xlsx    who and what changes
      day timetable.xlsx 2026-09-14           today's sheet
      cover timetable.xlsx --staff NAME --date 2026-09-14
    """


@main.command()
@click.option(
    "--preset",
    type=click.Choice(["empty", "S", "M", "L", "XL"]),
    default="empty",
    show_default=True,
    help="empty, or a realistic filled school of 6, 36, 60 or 120 classes.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Another seed, another school."
)
@output("The workbook to write (.xlsx; for a filled one also .json).")
@common
def template(
    preset: str, seed: int, output: Path, overwrite: bool, lang: Any, as_json: bool
) -> None:
    """Write an empty workbook to fill in, or a realistic filled one.

    生成空白工作簿，或已填好的示例学校。

    \b
    Example:
      python cli.py template -o school.xlsx
      python cli.py template --preset M --seed 3 -o school.xlsx
    """
    from scheduler.commands import template as command

    finish(command.run(output, preset=preset, seed=seed, overwrite=overwrite, lang=lang), as_json)


@main.command()
@click.argument("school", type=FILE)
@click.option("--annotate", type=FILE, help="Write a copy with every problem coloured at its cell.")
@overwrite
@common
def validate(
    school: Path, annotate: Path | None, overwrite: bool, lang: Any, as_json: bool
) -> None:
    """List all problems of SCHOOL, and where people cannot suffice.

    检查学校工作簿：列出全部问题，核对人手够不够。

    Exit code 2: errors to correct. 1: posts that, provably, nobody can fill. 0: neither.

    \b
    Example:
      python cli.py validate school.xlsx --annotate problems.xlsx
    """
    from scheduler.commands import validate as command

    finish(command.run(school, annotate=annotate, overwrite=overwrite, lang=lang), as_json)


@main.command()
@click.argument("school", type=FILE)
@output("The timetable to write (.xlsx or .json).")
@search_options
@click.option(
    "--method",
    type=click.Choice(["staged", "direct"]),
    default="staged",
    show_default=True,
    help="In stages, or all at once (slower; for comparison).",
)
@click.option("--share", type=FILE, help="Also write the copy to send round, without private data.")
@common
def solve(school: Path, output: Path, as_json: bool, **options: Any) -> None:
    """Find the best term timetable for SCHOOL and write it.

    求解：生成整学期课表。按 Ctrl-C 可提前停止，保留目前最好的结果。

    Posts that nobody can fill are listed and left open. Ctrl-C stops early and keeps the best
    timetable found; a second one gives up. Exit code 0: a timetable, also with open posts. 1: none,
    or a pin or an event was left out.

    \b
    Example:
      python cli.py solve school.xlsx -o timetable.xlsx --time-limit 120 --share public.xlsx
    """
    started = time.monotonic()
    from scheduler.commands import solve as command

    finish(command.run(school, output, started=started, **options), as_json)


@main.command()
@click.argument("school", type=FILE)
@click.option(
    "--from", "timetable", type=FILE, required=True, help="The timetable published, edited or not."
)
@click.option("--since", required=True, metavar="DATE", help="The first date that may change.")
@output("The new timetable to write (.xlsx or .json).")
@click.option(
    "--allow",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Further changes that better quality may cost.",
)
@search_options
@click.option("--share", type=FILE, help="Also write the copy to send round, without private data.")
@common
def rerun(school: Path, output: Path, as_json: bool, **options: Any) -> None:
    """Solve SCHOOL again from a date on, with the fewest changes to a published timetable.

    中途变动：从某天起重新安排，已公布的课表变动最少；此前的不再改变。

    Edits made by hand in the published timetable are kept unless a must stands against them. Exit
    code 0: a timetable, also with open posts. 1: none, or an edit, pin or event was left out.

    \b
    Example:
      python cli.py rerun school.xlsx --from timetable.xlsx --since 2026-10-12 -o new.xlsx
    """
    started = time.monotonic()
    from scheduler.commands import rerun as command

    finish(command.run(school, output, started=started, **options), as_json)


@main.command()
@click.argument("school", type=FILE)
@click.argument("timetable", type=FILE)
@common
def check(school: Path, timetable: Path, lang: Any, as_json: bool) -> None:
    """Audit TIMETABLE, edited by hand or not, against SCHOOL.

    审核课表：手工改过的课表也可以查。

    Exit code 1: rules that must hold are broken.

    \b
    Example:
      python cli.py check school.xlsx timetable.xlsx
    """
    from scheduler.commands import check as command

    finish(command.run(school, timetable, lang=lang), as_json)


@main.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--by",
    type=click.Choice(["person", "class", "room", "club", "date"]),
    default="person",
    show_default=True,
    help="What the changes are listed by.",
)
@common
def diff(old: Path, new: Path, by: Any, lang: Any, as_json: bool) -> None:
    """Show who and what changes from the timetable OLD to NEW.

    比较两份课表：谁、哪个班、哪个场地、从哪天起有变动。

    Edits by hand in either file are taken in.

    \b
    Example:
      python cli.py diff timetable.xlsx timetable-2.xlsx
      python cli.py diff timetable.xlsx timetable-2.xlsx --by class
    """
    from scheduler.commands import diff as command

    finish(command.run(old, new, by=by, lang=lang), as_json)


@main.command()
@click.argument("timetable", type=FILE)
@click.argument("date")
@click.option("-o", "--output", type=FILE, help="Also write it as one A4 page (.xlsx).")
@overwrite
@common
def day(
    timetable: Path, date: str, output: Path | None, overwrite: bool, lang: Any, as_json: bool
) -> None:
    """Show who is where on DATE (2026-09-14, 9月14日, today), as text to paste into a chat.

    今日安排：某一天谁在哪里，可直接粘贴到群里，也可打印成一页 A4。

    \b
    Example:
      python cli.py day timetable.xlsx 2026-09-14 -o today.xlsx
    """
    from scheduler.commands import day as command

    finish(command.run(timetable, date, output=output, overwrite=overwrite, lang=lang), as_json)


@main.command()
@click.argument("school", type=FILE)
@click.option(
    "--cost",
    metavar="KIND=N,…",
    help="What one change of a kind costs, such as consent=3,cap=2 [default: consent=2, pin=2,"
    " cap=3, room=3, slot=3, named=3, open=4, skill=6, merge=6, ratio=8, drop=10].",
)
@click.option(
    "--prices",
    "with_prices",
    is_flag=True,
    help="Also what each rule that binds costs: a solve with it and without it.",
)
@click.option(
    "-o", "--output", type=FILE, help="Also write the timetable with gaps, and the explanation."
)
@overwrite
@search_options
@common
def explain(school: Path, as_json: bool, **options: Any) -> None:
    """Say why not every post of SCHOOL can be filled, and the cheapest ways out.

    为什么排不满：缺什么、差多少、哪些条件互相冲突，以及代价最小的解决办法（每种都经求解验证）。

    Each way out was applied to the school, solved and audited. Ctrl-C keeps what is known so far.
    With -o the timetable with gaps is written beside it: the reason is a note at each open post,
    the explanation a sheet of its own.

    Exit code 0: every post can be filled. 1: it is proved that not, or not decided in the time.

    \b
    Example:
      python cli.py explain school.xlsx
      python cli.py explain school.xlsx -o with-gaps.xlsx
      python cli.py explain school.xlsx --cost consent=1,drop=30 --json
    """
    started = time.monotonic()
    from scheduler.commands import explain as command

    finish(command.run(school, started=started, **options), as_json)


@main.command()
@click.argument("timetable", type=FILE)
@click.option("--staff", metavar="NAME", required=True, help="Who is absent.")
@click.option("--date", metavar="DATE", required=True, help="The first date, or the only one.")
@click.option("--to", "until", metavar="DATE", help="The last date.")
@click.option(
    "--apply", metavar="N[,N…]|best", help="Take these of the ways listed, or the best of each."
)
@click.option("-o", "--output", type=FILE, help="The new timetable, with what is applied.")
@click.option("--reason", metavar="TEXT", help="The reason, as it stands in the new timetable.")
@overwrite
@common
def cover(timetable: Path, as_json: bool, **options: Any) -> None:
    """List who could take the sessions of somebody absent, and write what was chosen.

    代课：某人缺席几天，逐场列出谁能代（附理由；没有人有空时，看谁把自己的岗交给别人后能来），以及对调、合班；选定后写成新课表。

    For each session the best covers with reasons (where nobody is free, chains of two), then swaps
    and mergers; all have passed the audit. Without --apply nothing is written; exit code 1: nobody.

    \b
    Example:
      python cli.py cover timetable.xlsx --staff 王芳 --date 2026-10-13 --to 2026-10-15
      python cli.py cover timetable.xlsx --staff 王芳 --date 10月13日 --apply best -o new.xlsx
    """
    from scheduler.commands import cover as command

    finish(command.run(timetable, **options), as_json)


@main.command()
@click.argument("timetable", type=FILE)
@click.option("--staff", metavar="NAME", help="A letter to this person.")
@click.option("--class", "school_class", metavar="NAME", help="A letter about this class.")
@click.option("--activity", metavar="NAME", help="A letter about this activity.")
@click.option("--names", is_flag=True, help="Name the colleagues who are otherwise only counted.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    metavar="S",
    help="Seconds for trying what was wished for; 0: do not try"
    " [default: about 10, and a run repeats exactly].",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@common
def why(timetable: Path, as_json: bool, **options: Any) -> None:
    """Write a letter: what was asked for, what came of it, why, and what would have to give.

    为什么这样排：写给一位教师（或关于一个班、一项活动）的说明信。

    What would have to give is found by solving again and auditing the result, never guessed.
    Ctrl-C stops that, and the letter goes without it.

    \b
    Example:
      python cli.py why timetable.xlsx --staff 王芳
      python cli.py why timetable.xlsx --class 三1班 --names
    """
    from scheduler.commands import why as command

    finish(command.run(timetable, **options), as_json)


@main.command()
@click.argument("school", type=FILE)
@output("The workbook of fixtures to write (.xlsx or .json).")
@click.option("--from", "timetable", type=FILE, help="Keep clear of this timetable's sessions.")
@click.option("--results", type=FILE, help="Fixtures written before, with scores typed in.")
@click.option("--rain", multiple=True, metavar="DATE", help="A date that is lost (repeatable).")
@click.option("--since", metavar="DATE", help="First date to use [default: after the last score].")
@search_options
@common
def tournament(school: Path, output: Path, as_json: bool, **options: Any) -> None:
    """Make the fixtures of SCHOOL's tournaments: dates, courts, referees.

    编排班级比赛：对阵、日期、场地、裁判；填入比分后再运行，编排下一轮；雨天补赛改动最少。

    Exit code 1: some fixtures do not fit; by how much and what would do is said.

    \b
    Example:
      python cli.py tournament school.xlsx --from timetable.xlsx -o fixtures.xlsx
      python cli.py tournament school.xlsx --results fixtures.xlsx --rain 2026-10-15 -o new.xlsx
    """
    started = time.monotonic()
    from scheduler.commands import tournament as command

    finish(command.run(school, output, started=started, **options), as_json)


@main.command()
@click.argument("timetable", type=FILE)
@output("The folder to write.")
@common
def calendar(timetable: Path, output: Path, overwrite: bool, lang: Any, as_json: bool) -> None:
    """Write TIMETABLE as iCalendar files: per person, per class, the whole school.

    日历文件（.ics）：每人、每班、全校各一份，可导入手机、Outlook 等日历。

    \b
    Example:
      python cli.py calendar timetable.xlsx -o calendars
    """
    from scheduler.commands import calendar as command

    finish(command.run(timetable, output, overwrite=overwrite, lang=lang), as_json)


@main.command()
@click.argument("rule", required=False)
@common
def rules(rule: str | None, lang: Any, as_json: bool) -> None:
    """List the rules of a good timetable, or describe one RULE.

    列出全部规则，或查看某一条规则的说明。

    \b
    Example:
      python cli.py rules
      python cli.py rules uneven-load
    """
    from scheduler.commands import rules as command

    finish(command.run(rule, lang=lang), as_json)


if __name__ == "__main__":
    main()
