"""Which releases of packages the files of a repository say that they run with."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.config.specifiers import constraint
from wflint.model.releases import NEWEST, Releases, Standing, exactly, number
from wflint.source.cache import open_cache
from wflint.source.discover import discover
from wflint.source.requirements.kept import KeptRequirements
from wflint.source.requirements.requirements import TrackedRequirements, WrittenRequirements

ONE = exactly((1, 2, 3))
LANGGRAPH = ("langgraph",)


def written(root: Path, files: dict[str, str], pins: dict[str, Releases] | None = None) -> WrittenRequirements:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return WrittenRequirements(discover(root, [root]).requirements, pins)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "requirements.txt",
            "# agents\nrequests\nlanggraph[postgres]==1.2.3 ; python_version > '3.9'  # pinned\n-r more.txt\n",
        ),
        ("requirements-dev.txt", "langgraph == 1.2.3 \\\n    --hash=sha256:00\n"),
        ("requirements/base.in", "LangGraph==1.2.3\n"),
        ("pyproject.toml", '[project]\nname = "a"\ndependencies = ["langgraph==1.2.3"]\n'),
        ("pyproject.toml", '[project.optional-dependencies]\nagents = ["langgraph==1.2.3"]\n'),
        ("pyproject.toml", '[dependency-groups]\ndev = ["langgraph==1.2.3", {include-group = "test"}]\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nlanggraph = {version = "1.2.3", extras = ["a"]}\n'),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nlanggraph = "1.2.3"\n'),
        ("uv.lock", 'version = 1\n\n[[package]]\nname = "langgraph"\nversion = "1.2.3"\nsource = { registry = "x" }\n'),
        ("poetry.lock", '[[package]]\nname = "langgraph"\nversion = "1.2.3"\ndescription = ""\n'),
        ("Pipfile", '[packages]\nlanggraph = "==1.2.3"\n'),
        ("Pipfile.lock", '{"default": {"langgraph": {"hashes": [], "version": "==1.2.3"}}}'),
        ("environment.yml", "dependencies:\n  - python=3.11\n  - langgraph=1.2.3=py_0\n"),
        ("environment.yml", "dependencies:\n  - pip\n  - pip:\n      - langgraph==1.2.3\n"),
        ("setup.cfg", "[options]\ninstall_requires =\n    langgraph==1.2.3\n"),
        ("setup.cfg", "[options.extras_require]\nagents =\n    langgraph==1.2.3\n"),
    ],
)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, text: str) -> None:
    found = written(tmp_path, {name: text})
    assert (found.of(LANGGRAPH, "app/graph.py"), found.notices) == (ONE, ())
    assert found.of(("crewai",), "app/graph.py") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_that_names_its_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    """As PowerShell writes what `pip freeze` says, and as pip reads it; without the mark it is no text."""
    (tmp_path / "requirements.txt").write_bytes("langgraph==1.2.3\r\n".encode(encoding))
    marked = encoding in ("utf-8-sig", "utf-16")
    found = written(tmp_path, {})
    assert found.of(LANGGRAPH, "app/graph.py") == (ONE if marked else None)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        (">=1.2,<2", (1, 2), (2,)),
        ("^0.6.3", (0, 6, 3), (0, 7)),
        ("^1.2", (1, 2), (2,)),
        ("~1.2", (1, 2), (1, 3)),
        ("~=1.4.2", (1, 4, 2), (1, 5)),
        ("1.2.*", (1, 2), (1, 3)),
        ("==1.2.0", (1, 2), (1, 2, 1)),
        ("<=1.2", (), (1, 2, 1)),
        ("!=1.2", (), None),
        ("*", (), None),
    ],
)
def test_a_condition_is_a_range(text: str, first: tuple[int, ...], end: tuple[int, ...] | None) -> None:
    assert constraint(text) == Releases(first, end)


def test_what_is_no_condition_is_none() -> None:
    assert [constraint(text) for text in ("newest", "=>1", "^x")] == [None, None, None]


def test_a_lock_goes_before_what_only_asks_for_a_range(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "langgraph"\nversion = "1.2.3"\n'
    project = '[project]\ndependencies = ["langgraph>=1"]\n'
    found = written(tmp_path, {"uv.lock": lock, "member/pyproject.toml": project})
    assert found.of(LANGGRAPH, "member/graph.py") == ONE


def test_a_nested_project_goes_before_the_one_around_it(tmp_path: Path) -> None:
    found = written(tmp_path, {"requirements.txt": "langgraph==1.2.3\n", "old/requirements.txt": "langgraph<1\n"})
    assert found.of(LANGGRAPH, "old/src/graph.py") == Releases((), (1,))
    assert found.of(LANGGRAPH, "older.py") == ONE


def test_what_is_pinned_goes_before_all_files(tmp_path: Path) -> None:
    found = written(tmp_path, {"requirements.txt": "langgraph==0.6\n"}, {"langgraph": ONE})
    assert found.of(LANGGRAPH, "graph.py") == ONE


def test_the_first_package_of_several_that_is_told_counts(tmp_path: Path) -> None:
    found = written(tmp_path, {"requirements.txt": "pydantic-ai==1.2.3\n"})
    assert found.of(("pydantic-graph", "pydantic-ai"), "graph.py") == ONE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pyproject.toml", b"[project\n"),
        ("uv.lock", b"[[[\n"),
        ("Pipfile.lock", b"{"),
        ("Pipfile.lock", b"[" * 100_000),
        ("environment.yml", b"dependencies: [\n"),
        ("setup.cfg", b"install_requires\n"),
        ("requirements.txt", b"\xff\x00"),
    ],
)
def test_a_bad_file_is_told_and_says_nothing(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found = written(tmp_path, {})
    assert found.of(LANGGRAPH, "graph.py") is None
    assert [(notice.span.path, notice.message.partition(":")[0]) for notice in found.notices] == [
        (name, "cannot be read for the releases that it names")
    ]


def test_files_that_nobody_asks_about_are_not_read(tmp_path: Path) -> None:
    found = written(tmp_path, {"pyproject.toml": "[project\n"})
    assert found.notices == ()


def test_questions_are_kept_with_their_answers(tmp_path: Path) -> None:
    tracked = TrackedRequirements(written(tmp_path, {"requirements.txt": "langgraph==1.2.3\n"}))
    assert tracked.of(LANGGRAPH, "graph.py") == tracked.of(LANGGRAPH, "graph.py") == ONE
    assert [(each.packages, each.path, each.releases) for each in tracked.asked] == [(LANGGRAPH, "graph.py", ONE)]


@pytest.mark.parametrize(
    ("installed", "standing"),
    [
        (exactly((1,)), Standing.ALL),
        (exactly((0, 9)), Standing.NONE),
        (Releases((0, 6)), Standing.SOME),
        (Releases((1, 1), (1, 5)), Standing.ALL),
        (NEWEST, Standing.ALL),
    ],
)
def test_a_row_holds_for_all_some_or_none(installed: Releases, standing: Standing) -> None:
    assert Releases(number("1.0")).standing(installed) is standing


def test_what_is_kept_of_a_file_goes_by_its_bytes_and_its_kind(tmp_path: Path) -> None:
    root, kept = tmp_path / "repository", tmp_path / "kept"
    root.mkdir()

    def said() -> Releases | None:
        cache = open_cache(kept)
        found = WrittenRequirements(discover(root, [root]).requirements, said=KeptRequirements(cache).said).of(
            LANGGRAPH, "app.py"
        )
        cache.close()
        return found

    text = '[project]\ndependencies = ["langgraph==1.2.3"]\n'
    (root / "requirements.txt").write_text(text)
    assert said() is None
    (root / "requirements.txt").rename(root / "pyproject.toml")
    assert said() == said() == ONE
    (root / "pyproject.toml").write_text(text.replace("1.2.3", "1.2.4"))
    assert said() == exactly((1, 2, 4))


def test_what_cannot_be_read_is_told_of_each_time(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project\n")
    cache = open_cache(tmp_path / "kept")
    for _ in range(2):
        requirements = WrittenRequirements(
            discover(tmp_path, [tmp_path]).requirements, said=KeptRequirements(cache).said
        )
        assert requirements.of(LANGGRAPH, "app.py") is None
        assert [notice.span.path for notice in requirements.notices] == ["pyproject.toml"]
    cache.close()
