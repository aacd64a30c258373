"""Errors as a user reads them: what, where, what to try; and the exit codes."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from wordkept.errors import WordkeptError

P = ParamSpec("P")
R = TypeVar("R")

YOUR_INPUT = 1
OUR_FAULT = 70
INTERRUPTED = 130


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """The command, with every error turned into lines on stderr and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except WordkeptError as error:
            click.echo(
                f"wordkept: {error}".replace("\n", "\n  ").replace("\n    ", "\n  "), err=True
            )
            sys.exit(YOUR_INPUT)
        except KeyboardInterrupt:
            click.echo("wordkept: stopped; the case is as it was before", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001  whatever else goes wrong is ours to own up to
            click.echo(
                f"wordkept: this is our fault: {type(error).__name__}: {error}\n"
                f"  where: {_place(error)}\n"
                "  try:   report it with this text; the case is as it was before",
                err=True,
            )
            sys.exit(OUR_FAULT)

    return run


def _place(error: BaseException) -> str:
    """The innermost place in wordkept's own code, as `events/intake.py, line 12`."""
    found, trace = "unknown", error.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if "wordkept" in path:
            found = f"{path.rpartition('wordkept/')[2]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found
