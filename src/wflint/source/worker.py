"""A process that makes summaries of the files it is sent: `python -P -m wflint.source.worker`."""

from __future__ import annotations

import gc
import sys

from wflint.source.lowered_files import done
from wflint.source.parallel_lowering import receive, send


def main() -> None:
    """Answer each job on standard input with its encoded summary on standard output, until there are no more.

    Trees hold no cycles, so there is no garbage to look for.
    """
    gc.disable()
    while (asked := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, done(asked))


if __name__ == "__main__":
    main()
