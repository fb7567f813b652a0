"""`wflint match`: pairs in, similarities out, a line each."""

from __future__ import annotations

import click

from wflint.cli import options, output
from wflint.errors import ExitCode
from wflint.matching.encoders import DEFAULT
from wflint.matching.scorer import Job


@click.command()
@click.option("--job", type=options.choice(Job), default=Job.FIELDS.value, help="What the pairs are.")
@options.encoder_option
@options.verbose_option
def match(*, job: str, encoder: str | None, verbose: bool) -> int:  # noqa: ARG001 (the last frame reads it)
    """Compare pairs of fields or steps: JSON lines on standard input, one answer a line on standard output.

    A pair of fields is {"upstream": {"name", "type", "description"}, "downstream": {"name", "type", "description",
    "prompt"}}, a pair of steps {"a": {"name", "doc", "tools", "inputs", "outputs"}, "b": {...}}. An answer is
    {"similarity": 0..1, "match": true or false, "reasons": [{"feature", "text", "weight"}]}.
    """
    from wflint.matching import rows

    output.emit(rows.answer(options.read_stdin(), Job(job), encoder or DEFAULT), None)
    return ExitCode.CLEAN
