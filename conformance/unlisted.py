"""Whether the rows of parameters have all that an installed release takes by keyword."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

from conformance.names import Names
from wflint.frontends import FRONT_ENDS

LISTING = """
import importlib, inspect, json, sys

def listed(part):
    fields = getattr(part, "model_fields", None)
    own = inspect.signature(part.__init__ if inspect.isclass(part) else part).parameters.values()
    if fields and any(each.kind is each.VAR_KEYWORD for each in own):
        return sorted({name for field, one in fields.items() for name in (field, one.alias) if name})
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return sorted(each.name for each in own if each.kind in kinds and each.name != "self")

modules = [importlib.import_module(name) for name in json.loads(sys.argv[1])]
found = {}
for name in json.loads(sys.argv[2]):
    part = next((getattr(module, name) for module in modules if hasattr(module, name)), None)
    if part is not None:
        found[name] = listed(part)
print(json.dumps(found))
"""


def unlisted(framework: str, python: str) -> Iterator[str]:
    """The keywords that a release takes and that no row has, by what takes them."""
    rows = next(end.parameters for end in FRONT_ENDS if end.name == framework)
    if not rows:
        return
    names = sorted({path.rpartition(".")[2] for path in rows})
    ran = subprocess.run(  # noqa: S603 (the Python of the framework)
        [python, "-W", "ignore", "-c", LISTING, json.dumps(sorted(Names.of(framework).homes)), json.dumps(names)],
        capture_output=True,
        text=True,
        check=True,
    )
    taken = json.loads(ran.stdout.splitlines()[-1])
    for path, signature in rows.items():
        for keyword in taken.get(path.rpartition(".")[2], ()):
            if keyword not in signature.keywords:
                yield f"{path} takes {keyword}, which its row lacks"
