"""A fresh process for each measurement: its wall time, and its own peak of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts ``ru_maxrss``."""


@dataclass(frozen=True)
class Ran:
    """A finished process: wall seconds, peak of memory in MB where the system tells it."""

    seconds: float
    peak: float | None
    output: str
    processor: float | None = None
    """Seconds of processor time, of all its threads, where the system tells them."""


def run(*arguments: str, accepted: tuple[int, ...] = (0,), patience: float | None = None) -> Ran:
    """Run this Python with ``arguments`` in the project's folder; it is killed after so many
    seconds of ``patience``. Raises ``RuntimeError`` if it ends in any way not ``accepted``.

    ``wait4`` tells the usage of this one child. (``getrusage`` would tell the largest of all
    the children so far.)
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        command = [sys.executable, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=errors)
        killer = threading.Timer(patience or threading.TIMEOUT_MAX, process.kill)
        killer.daemon = True
        if patience is not None:
            killer.start()
        peak = processor = None
        if sys.platform == "win32":
            process.wait()
        else:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss * KILOBYTE / 1e6
            processor = usage.ru_utime + usage.ru_stime
        killer.cancel()
        seconds = time.perf_counter() - started
        if process.returncode not in accepted:
            errors.seek(0)
            told = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{told}")
        out.seek(0)
        return Ran(seconds, peak, out.read().decode(errors="replace"), processor)


def cli(*arguments: str, accepted: tuple[int, ...] = (0,)) -> Ran:
    """Run a command of the program as its users do."""
    return run("cli.py", *arguments, accepted=accepted)


def inside(
    what: str, *, patience: float | None = None, **options: Any
) -> tuple[dict[str, Any], Ran]:
    """Call a function of ``benchmarks.inside`` in a fresh process: what it returned."""
    ran = run("-m", "benchmarks.inside", what, json.dumps(options), patience=patience)
    found: dict[str, Any] = json.loads(ran.output.splitlines()[-1])
    return found, ran
