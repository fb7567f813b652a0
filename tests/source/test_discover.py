"""Which files are found, told with trees on disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from wflint.model.program import Notice
from wflint.source.discover import LARGEST, discover, read
from wflint.source.forms import Form


def plant(root: Path, *paths: str) -> None:
    """Makes files; the text of one that ends in .gitignore comes behind an equals sign."""
    for path in paths:
        name, _, text = path.partition("=")
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.replace(",", "\n"))


def found(root: Path, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """The names of the files below `paths`."""
    return [file.path for file in discover(root, [root / path for path in paths or ("",)], exclude).files]


def test_sources_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    plant(tmp_path, "b.py", "a/z.py", "a.py", "a/y/x.py", "README.md", "a/py")
    assert found(tmp_path) == ["a.py", "a/y/x.py", "a/z.py", "b.py"]


def test_ignore_files_are_honoured(tmp_path: Path) -> None:
    plant(
        tmp_path,
        ".gitignore=out/,*.gen.py,!keep.gen.py",
        "out/a.py",
        "b.gen.py",
        "keep.gen.py",
        "c/d.py",
        "c/.gitignore=d.py",
    )
    assert found(tmp_path) == ["keep.gen.py"]


def test_code_of_others_is_left_out(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "a.py",
        ".venv/b.py",
        "venv/lib/c.py",
        "web/node_modules/d/e.py",
        "x/site-packages/f.py",
        "__pycache__/g.py",
        ".hidden/h.py",
        "tools/python/pyvenv.cfg",
        "tools/python/lib/i.py",
    )
    assert found(tmp_path) == ["a.py"]


def test_what_is_named_is_always_there(tmp_path: Path) -> None:
    plant(tmp_path, ".gitignore=out/", "out/a.py", ".hidden/b.py", "script")
    assert found(tmp_path, "out", ".hidden", "script") == [".hidden/b.py", "out/a.py", "script"]
    assert found(tmp_path, "out/a.py", exclude=("out",)) == ["out/a.py"]


def test_a_named_folder_is_read_whatever_the_ignore_files_around_it_say(tmp_path: Path) -> None:
    plant(tmp_path, "out/.gitignore=*", "out/build/.gitignore=left.py", "out/build/a.py", "out/build/left.py")
    assert found(tmp_path) == []
    assert found(tmp_path, "out/build") == ["out/build/a.py"]


def test_nothing_to_read_is_told_of(tmp_path: Path) -> None:
    plant(tmp_path, "in/a.py", "notes/b.txt", "notes/.hidden/c.py", "empty/d.txt", "data/e.yaml")
    discovery = discover(tmp_path, [tmp_path, *(tmp_path / name for name in ("in", "notes", "empty", "data"))])
    assert [notice.span.path for notice in discovery.notices] == ["empty", "notes"]
    assert all("nothing to read here" in notice.message for notice in discovery.notices)


def test_excluded(tmp_path: Path) -> None:
    plant(tmp_path, "a.py", "tests/b.py", "c/tests/d.py", "c/e.py")
    assert found(tmp_path, exclude=("tests", "c/e.py")) == ["a.py"]


def test_a_part_of_the_tree_keeps_its_names(tmp_path: Path) -> None:
    plant(tmp_path, "a/b/c.py", "a/d.py", "e.py")
    assert found(tmp_path, "a/b", "e.py", "a/b") == ["a/b/c.py", "e.py"]


def test_outside_the_root(tmp_path: Path) -> None:
    plant(tmp_path, "in/a.py", "out/b.py")
    assert found(tmp_path / "in", ".", "../out") == ["../out/b.py", "a.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "a/b.py")
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "again.py").symlink_to(tmp_path / "a" / "b.py")
    (tmp_path / "dead.py").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.py")
    assert found(tmp_path) == ["a/b.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes there")
def test_a_pipe_is_no_ignore_file(tmp_path: Path) -> None:
    plant(tmp_path, "in/a.py")
    os.mkfifo(tmp_path / ".gitignore")
    discovery = discover(tmp_path, [tmp_path / "in"])
    assert [file.path for file in discovery.files] == ["in/a.py"]
    assert [notice.message for notice in discovery.notices] == [".gitignore is no file, so no ignore file was read"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_text_is_a_notice(tmp_path: Path) -> None:
    plant(tmp_path, "a.py", "b/c.py")
    Path(os.fsdecode(bytes(tmp_path) + b"/b/\xff.py")).touch()
    discovery = discover(tmp_path, [tmp_path])
    assert [file.path for file in discovery.files] == ["a.py", "b/c.py"]
    assert [notice.message for notice in discovery.notices] == ["a file name is not text, so the file was not read"]


def test_read(tmp_path: Path) -> None:
    plant(tmp_path, "a.py=x")
    (tmp_path / "b.py").write_bytes(b"#" * (LARGEST[Form.MODULE] + 1))
    files = discover(tmp_path, [tmp_path, tmp_path / "gone.py"]).files
    results = {file.path: read(file) for file in files}
    assert results["a.py"] == b"x"
    assert {path: result.message for path, result in results.items() if isinstance(result, Notice)} == {
        "b.py": "larger than 2 MB, so it was not read",
        "gone.py": "cannot be read: No such file or directory",
    }
