"""Example packages, installed by pip into a folder of their own, and Python that sees them."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.meta.refresh import ROOT
from tests.waiting import PATIENCE


def wheel(project: Path, folder: Path) -> Path:
    """The wheel of a project that is plain Python, as its backend would build it."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = table["name"].replace("-", "_"), table["version"]
    info = f"{name}-{version}.dist-info"
    points = "".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in table["entry-points"].items()
    )
    files = {path.relative_to(project / "src").as_posix(): path.read_bytes() for path in project.glob("src/**/*.*")}
    files = {path: data for path, data in files.items() if "__pycache__" not in path}
    files |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {table['name']}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": points.encode(),
    }
    hashes = {
        path: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        for path, data in files.items()
    }
    record = "".join(f"{path},sha256={hashes[path]},{len(data)}\n" for path, data in files.items())
    built = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(built, "w") as archive:
        for path, data in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n".encode()}).items():
            archive.writestr(path, data)
    return built


def install(project: Path, folder: Path) -> Path:
    """A folder in which pip has installed a project."""
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target", str(folder / "site"))
    command = [sys.executable, "-m", "pip", "install", *options, str(wheel(project, folder))]
    subprocess.run(command, check=True, timeout=PATIENCE)  # noqa: S603
    return folder / "site"


def run(
    folder: Path, *arguments: str, site: Path | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Python with wflint, and what is installed in `site`, in `folder`, with `more` variables."""
    path = os.pathsep.join([*([str(site)] if site else []), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "NO_COLOR": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | dict(
        more or {}
    )
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
