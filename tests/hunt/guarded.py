"""`python -m tests.hunt.guarded CACHE NAME ...`: wflint, watched; what it should not do is told on standard error."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.hunt.guards import watched
from wflint import cli


def main() -> int:
    """Run wflint in the folder one is in."""
    cache, *words = sys.argv[1:]
    with watched(Path.cwd(), Path(cache), tell=lambda fault: os.write(2, f"wflint {fault}\n".encode()) and None):
        return cli.run(words)


if __name__ == "__main__":
    sys.exit(main())
