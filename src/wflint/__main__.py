"""`python -m wflint` is the command line."""

from __future__ import annotations

from wflint.cli import main

main()
