"""Longer checks, each in an environment of its own: `nox`, or `nox -s tests-3.12`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import nox

nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["tests", "lowest", "lint", "types", "layers", "wheel"]

PYTHONS = ["3.11", "3.12", "3.13"]
PINS = tomllib.loads(Path("conformance/versions.toml").read_text(encoding="utf-8"))
GROUPS = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole suite, without the extra."""
    session.install(".", *GROUPS["test"])
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0])
def extra(session: nox.Session) -> None:
    """What the sentence-transformers extra changes."""
    session.install(".[sentence-transformers]", *GROUPS["test"])
    session.run("python", "-m", "pytest", "-n", "auto", "tests/matching", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """The oldest direct dependencies that are allowed."""
    session.install("uv")
    session.run("uv", "pip", "install", "--resolution", "lowest-direct", ".", *GROUPS["test"])
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0])
def conformance(session: nox.Session) -> None:
    """What frameworks do when they run, compared with what wflint says of the source; all of them, or those named."""
    session.install("uv", ".")
    options = [each for each in session.posargs if each.startswith("-")]
    for framework in [each for each in session.posargs if each not in options] or sorted(PINS):
        for release, requirements in PINS[framework].items():
            folder = f"{session.virtualenv.location}/{framework}-{release}"
            session.run("uv", "venv", "--quiet", "--clear", "--python", PYTHONS[0], folder)
            session.run("uv", "pip", "install", "--quiet", "--python", folder, *requirements)
            chosen = ("--release", release, "--python", f"{folder}/bin/python")
            session.run("python", "-m", "conformance", framework, "--run", *chosen, *options)
            session.run("python", "-m", "conformance", framework, "--names", *chosen)


@nox.session(python=PYTHONS[0])
def lint(session: nox.Session) -> None:
    """Style."""
    session.install(*GROUPS["lint"])
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session(python=PYTHONS[0])
def types(session: nox.Session) -> None:
    """Types."""
    session.install(".", *GROUPS["test"], *GROUPS["lint"])
    session.run("mypy")


@nox.session(python=PYTHONS[0])
def layers(session: nox.Session) -> None:
    """Which part may import which."""
    session.install("--editable", ".", *GROUPS["lint"])
    session.run("lint-imports")


@nox.session(python=PYTHONS[0])
def site(session: nox.Session) -> None:
    """The documentation site, in `site/`."""
    session.install(".", *GROUPS["docs"])
    session.run("mkdocs", "build", "--strict")


@nox.session(python=PYTHONS[0])
def wheel(session: nox.Session) -> None:
    """The built wheel, installed by itself."""
    folder = session.create_tmp()
    session.install("build")
    session.run("python", "-m", "build", "--wheel", "--outdir", folder)
    session.install(*map(str, Path(folder).glob("*.whl")))
    session.run("wflint", "--version")
    session.run("wflint", "check", "fixtures", "--exit-zero", "--quiet", silent=True)
