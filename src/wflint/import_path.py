"""Keeping the audited folder off the path that modules are imported from.

`python -m` puts the working folder first on that path, and so does every process that is started with `-c`. A file
`numbers.py` in there would be run in place of the library's. This module comes before all others, and so imports
nothing that the interpreter has not loaded by itself.
"""

import os
import sys


def leave_working_folder() -> None:
    """Take off the path what `python -m wflint` has put there, unless wflint itself is found in that folder."""
    if not _is_run_as_module() or not sys.path or sys.path[0] != _working_folder():
        return
    if sys.path[0] != os.path.dirname(os.path.dirname(__file__)):  # noqa: PTH120 (`pathlib` may be a file of theirs)
        del sys.path[0]


def _is_run_as_module() -> bool:
    """Whether this process is `python -m wflint`, or a module of it, which is being looked for right now."""
    if sys.argv[:1] != ["-m"] or sys.flags.safe_path:
        return False
    word = sys.orig_argv[-len(sys.argv)]
    name = word.partition("m")[2] if word.startswith("-") else word  # `-mwflint`
    return name.partition(".")[0] == "wflint"


def _working_folder() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 (as above)
    except OSError:  # it is gone
        return None
