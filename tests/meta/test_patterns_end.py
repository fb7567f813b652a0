"""No pattern takes for ever over a line of dashes: what repeats a repetition tries every way to share it out."""

from __future__ import annotations

import subprocess
import sys

from tests.meta.refresh import ROOT

PROGRAM = """
import importlib, pkgutil, re, wflint
from wflint.model.patterns import pattern
kind = type(pattern("x"))
found = 0
for module in pkgutil.walk_packages(wflint.__path__, "wflint."):
    if module.name.endswith("__main__"):
        continue
    for name, value in vars(importlib.import_module(module.name)).items():
        if type(value) is not kind or not isinstance(value.pattern, str):
            continue
        found += 1
        print(module.name, name, flush=True)
        for each in (*"-a *#>_`1.{(\\n\\t", "1. ", "a ", "a, ", "- "):
            for end in ("", "\\n", "\\1"):
                value.search(each * 60 + end)
print(found, "ended")
"""


def test_every_pattern_ends_over_what_repeats() -> None:
    done = subprocess.run(  # a pattern does not let its own interpreter be interrupted
        [sys.executable, "-c", PROGRAM], cwd=ROOT / "src", capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    count, word = done.stdout.splitlines()[-1].split()
    assert (word, int(count) > 100) == ("ended", True)
