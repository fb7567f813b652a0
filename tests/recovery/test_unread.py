"""Who uses a framework of agents that no front end reads hears so, once for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.request import CacheChoice, Request

IMPORTS = {
    "one.py": "from autogen import AssistantAgent\n",
    "two.py": "def lazily():\n    import autogen.agentchat\n",
    "three.py": "import smolagents as s\nfrom autogen_agentchat.agents import AssistantAgent\n",
}
UNREAD = "is not read: what is built with it is not checked;"
SAID = [
    ("one.py", f"AutoGen before 0.4, or AG2 (`autogen`) {UNREAD} 2 files import it"),
    ("three.py", f"smolagents (`smolagents`) {UNREAD} this file imports it"),
]


def notices(root: Path, *paths: Path, cache: Path | None = None) -> list[tuple[str, str]]:
    choice = CacheChoice(is_off=cache is None, folder=cache)
    done = audit(Request(root, paths or (root,), cache=choice))
    return [(notice.span.path, notice.message) for notice in done.survey.program.notices]


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_each_is_told_once_where_it_is_imported_first(tmp_path: Path) -> None:
    assert notices(written(tmp_path, IMPORTS)) == SAID


def test_it_is_told_again_as_long_as_it_holds(tmp_path: Path) -> None:
    root, cache = written(tmp_path / "root", IMPORTS), tmp_path / "cache"
    assert notices(root, cache=cache) == notices(root, cache=cache) == SAID
    written(root, {"one.py": "x = 1\n", "two.py": "y = 2\n"})
    assert notices(root, cache=cache) == SAID[1:]


def test_a_release_before_what_is_read(tmp_path: Path) -> None:
    old = "from haystack.nodes import PromptNode\nfrom haystack import Pipeline\n"
    said = [("old.py", f"Haystack 1 (`haystack.nodes`) {UNREAD} this file imports it")]
    assert notices(written(tmp_path, {"old.py": old, "new.py": "from haystack import Pipeline\n"})) == said


def test_of_a_file_alone_only_its_own_is_told(tmp_path: Path) -> None:
    root = written(tmp_path, IMPORTS)
    assert notices(root, root / "three.py") == SAID[1:]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"autogen/__init__.py": "x = 1\n", "use.py": "from autogen import x\n"}, id="a-package-of-its-own"
        ),
        pytest.param({"use.py": "from mine import autogen, agno\n"}, id="names-in-another-package"),
        pytest.param({"use.py": 'TEXT = """\nimport autogen\n"""\n'}, id="in-a-text"),
        pytest.param({"a/use.py": "from .autogen import x\n", "a/autogen.py": "x = 1\n"}, id="a-neighbour"),
        pytest.param({"use.py": "from autogen_agentchat.teams import RoundRobinGroupChat\n"}, id="what-is-read"),
    ],
)
def test_other_things_of_such_a_name_are_none(files: dict[str, str], tmp_path: Path) -> None:
    assert notices(written(tmp_path, files)) == []
