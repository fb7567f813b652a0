"""The command line: a thin face over `wflint.audit` and the writers.

A command is imported when it is called, so that `wflint --version` and a wrong command answer at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NoReturn

import click

from wflint import __version__
from wflint.errors import ExitCode, WflintError
from wflint.writers.escape import printable

COMMANDS = (
    "baseline",
    "calibrate",
    "check",
    "completion",
    "diff",
    "explain",
    "graph",
    "link",
    "lsp",
    "match",
    "mcp",
    "plan",
    "report",
    "rule",
    "summarize",
    "trace",
)
"""Each is the function of its name in the module of its name."""

LONGEST_SENTENCE = 200
"""Characters of a command in the list of all."""

ISSUES = "https://github.com/wflint/wflint/issues"


class LazyGroup(click.Group):
    """A group that imports the command it is asked for and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature is click's)
        """All commands, whether imported yet or not."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        """Import the command, None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"wflint.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands with the whole first sentence of each."""
        commands = ((name, self.get_command(ctx, name)) for name in COMMANDS)
        rows = [(name, command.get_short_help_str(limit=LONGEST_SENTENCE)) for name, command in commands if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; a wrong one is named with the nearest right one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message.rstrip('.')}; did you mean {near[0]!r}?", ctx) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wflint", message="%(prog)s %(version)s")
def wflint() -> None:
    """Link-time optimisation for agent workflows.

    Reads a whole repository of workflow definitions as source, never running it, and says what no step can know about
    itself.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code.

    What a run makes lives about as long as the process: looking for garbage, at the end too, would be time for nothing.
    """
    gc.disable()
    code = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; every way it can end becomes an exit code."""
    try:
        return int(wflint.main(args=list(arguments), prog_name="wflint", standalone_mode=False) or ExitCode.CLEAN)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except click.Abort:
        return 130
    except WflintError as error:
        if error.exit_code is ExitCode.INTERNAL:
            return _report_crash(error, arguments)
        click.echo(f"wflint: error: {printable(str(error))}", err=True)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 (the last frame: what is caught here is reported, not hidden)
        return _report_crash(error, arguments)


def _report_crash(error: Exception, arguments: Sequence[str]) -> int:
    import traceback

    verbose = {"--verbose", "-v"} & set(arguments)
    if verbose:
        traceback.print_exception(error)
    text = str(error) if isinstance(error, WflintError) else f"{type(error).__name__}: {error}"
    hint = "" if verbose else " with the traceback that --verbose shows"
    click.echo(f"wflint: internal error: {text}; please report it at {ISSUES}{hint}", err=True)
    return ExitCode.INTERNAL
