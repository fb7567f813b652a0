"""What counts as a document of a session, whatever an editor names."""

from __future__ import annotations

from pathlib import Path

from wflint.request import CacheChoice
from wflint.servers.root import ServedFolder
from wflint.servers.session import Session


def test_only_what_lies_below_the_root_counts(tmp_path: Path) -> None:
    root = tmp_path.resolve() / "root"
    root.mkdir()
    (root / "linked.py").symlink_to("../outside.py")
    (root / "loop.py").symlink_to("loop.py")
    session = Session(ServedFolder.at(root, CacheChoice(is_off=True)))
    assert session.holds(str(root / "new.py")) == root / "new.py"
    for path in (root / "linked.py", root / "../outside.py", root / "a\0b.py", "/etc/passwd"):
        assert session.holds(str(path)) is None
    assert session.holds(str(root / "loop.py")) in {None, root / "loop.py"}
