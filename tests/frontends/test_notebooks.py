"""Every framework is read from notebooks as it is from modules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests import notebooks
from tests.frontends.fixtures import FOLDER, recovered, surveyed
from wflint.frontends import FRONT_ENDS
from wflint.model.program import Program
from wflint.model.text import PlainText
from wflint.writers import graph_json

FRAMEWORKS = tuple(front_end.name for front_end in FRONT_ENDS)
APART = {"location", "definition"}


@pytest.mark.slow
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_notebook_has_the_workflows_of_the_module_it_was_made_of(framework: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / framework, tmp_path, ignore=shutil.ignore_patterns("*.py"), dirs_exist_ok=True)
    for source in sorted((FOLDER / framework).glob("*.py")):
        text = notebooks.of_module(source.read_text(encoding="utf-8"))
        (tmp_path / f"{source.stem}.ipynb").write_text(text, encoding="utf-8")
    found = surveyed(tmp_path).program
    assert found.notices == ()
    assert shape(found, ".ipynb") == shape(recovered(FOLDER / framework), ".py")


def shape(program: Program, suffix: str) -> object:
    """All graphs without their places; front ends tell objects apart by these, so the order is theirs, too."""
    written = json.loads(graph_json.write(program, lambda _: {}, lambda _: PlainText(str)))
    return _without_places(written, suffix)


def _without_places(value: object, suffix: str) -> object:
    match value:
        case dict():
            return {key: _without_places(item, suffix) for key, item in value.items() if key not in APART}
        case list():
            return [_without_places(item, suffix) for item in value]
        case str():
            return value.replace(f"{suffix}::", "::")
        case _:
            return value
