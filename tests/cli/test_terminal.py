"""What is seen while a solve runs."""

from __future__ import annotations

import io

from rich.console import Console

from scheduler.progress import Progress, Stage
from scheduler.terminal import Terminal, clock


def plain() -> tuple[Terminal, io.StringIO]:
    """A terminal that is none: a log file."""
    log = io.StringIO()
    return Terminal(Console(file=log, width=40)), log


def test_clock() -> None:
    assert [clock(seconds) for seconds in (0, 67.9, 3600)] == ["00:00", "01:07", "60:00"]


def test_a_log_tells_each_stage_and_how_it_ended() -> None:
    terminal, log = plain()
    with terminal.live("en"):
        terminal.show(Progress(Stage.PREPARE, 0.1))
        terminal.show(Progress(Stage.COVERAGE, 1))
        terminal.show(Progress(Stage.COVERAGE, 2, 5, 0))
        terminal.show(Progress(Stage.COVERAGE, 3, 2, 2))
        terminal.show(Progress(Stage.AUDIT, 4))
    assert log.getvalue().splitlines() == [
        "00:00 preparing",
        "00:01 covering posts",
        "00:03 covering posts · best so far 2 · proved at least 2",
        "00:04 auditing",
    ]


def test_a_log_repeats_itself_only_after_a_while() -> None:
    terminal, log = plain()
    with terminal.live("zh"):
        for second in range(21):
            terminal.show(Progress(Stage.IMPROVE, second, 100 - second, 7))
    assert log.getvalue().splitlines() == [
        "00:00 改进 · 目前最好 100 · 已证明至少 7",
        "00:11 改进 · 目前最好 89 · 已证明至少 7",
    ]


def test_what_was_known_of_a_stage_is_kept() -> None:
    terminal, log = plain()
    terminal.show(Progress(Stage.QUALITY, 0, 30, 10))
    terminal.show(Progress(Stage.QUALITY, 20, None, 12))
    assert "30 · 已证明至少 12" in log.getvalue()


def test_figures_of_inner_stages_are_not_shown() -> None:
    terminal, log = plain()
    terminal.show(Progress(Stage.COVERS, 1, 4711, 0))
    assert "4711" not in log.getvalue()


def test_long_lines_are_not_broken() -> None:
    terminal, log = plain()
    terminal.say(["x" * 100, "[bold]not markup[/bold]"])
    assert log.getvalue() == "x" * 100 + "\n[bold]not markup[/bold]\n"


def test_a_real_terminal_keeps_one_picture() -> None:
    screen = io.StringIO()
    terminal = Terminal(Console(file=screen, force_terminal=True, width=80, height=24))
    with terminal.live("en"):
        terminal.show(Progress(Stage.COVERAGE, 1, 3, 0))
        terminal.show(Progress(Stage.QUALITY, 2, 120, 40))
        terminal.say(["a warning"])
    shown = screen.getvalue()
    assert "a warning" in shown
    assert "covering posts · best so far 3" in shown
    assert "proved at least 0" not in shown
    assert "who works when · best so far 120 · proved at least 40" in shown
    terminal.show(Progress(Stage.AUDIT, 3))  # after the end: a plain line, and no failure
    assert "00:03 auditing" in screen.getvalue()
