"""Fits the weights of the labels to the panel, and says how good they are on repositories that the fit has not seen.

    python tools/labels/fit.py --mirrors DIR [--graphs DIR] [--write]

`--mirrors` holds bare clones of the panel's repositories (OWNER+NAME/repo). Each is read once at the panel's commit, in
a process of its own; with `--graphs` what `wflint graph` said is kept there and used again. Printed for folds of whole
repositories: Spearman's rank correlation of p with the panel's mean p, the mean error in points beside that of a
constant and of a rater against the other two, Cohen's kappa of the labels with the majority, and how many of the
majority's dynamic edges are among the tenth of the edges with the highest p. `--write` stores the weights.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PANEL = HERE / "panel.jsonl"
WEIGHTS = HERE.parents[1] / "src" / "wflint" / "analyses" / "labels" / "weights.json"
FOLDS = 10
GUESS: Mapping[str, float] = {
    "missing-field": 1.0, "soft-match-only": 0.8, "path-dependent": 1.0, "possible-offer": 0.5, "model-output": 0.6,
    "no-declared-schema": 0.2, "free-text-parsed": 0.6, "open-contract": 0.1, "open-router": 0.3, "cycle": 0.2,
    "human": 0.3, "outside-data": 0.5, "parsed-text": 0.6, "long-fan-in": 0.2, "model-decides": 0.4,
    "endless-loop": 2.0, "uncounted-loop": 1.0,
    "callers-contract": -2.0, "control-only": -2.0, "exact-match": -0.3, "structured-output": -0.4,
    "enforced-form": -0.3, "guardrail": -0.6, "validated-input": -0.3, "retry-on-validation": -0.4,
    "caller-input": -0.3, "plain-code": -0.5, "typed": -0.1, "typed-event": -0.5, "validator": -0.6, "retries": -0.1,
}  # fmt: skip
"""A careful guess, from which the panel moves what it has edges for; it never changes a sign."""
FAULT = 20.0
"""An edge that the raters call static at more than so many percent has a deterministic fault: a finding's business and
not a probability's, so that it teaches nothing. It counts in every figure all the same."""
HIGHEST = 40.0
"""What the panel says of the others counts up to so many percent."""
ROUNDS = 60
UNJUDGED = frozenset({"callers-contract", "control-only"})
READ = ("*.py", "*.ipynb", "*.yaml", "*.yml", "*.toml", "*.json", "*.jsonc", "*.cfg")
"""What a repository is read from; the rest may be large, and missing in a mirror."""
SHRINK = 200.0
"""So many edges the guess is worth: features that few edges have stay near it."""


@dataclass(frozen=True, slots=True)
class Row:
    """An edge of the panel with what wflint says of it."""

    repo: str
    features: frozenset[str]
    panel: tuple[float, ...]
    dynamic: bool
    threshold: float

    @property
    def mean(self) -> float:
        """The panel's p in percent."""
        return statistics.mean(self.panel)


def main() -> None:
    """Read the panel, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--graphs", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = list(_rows(given.mirrors, given.graphs))
    judged = [row for row in rows if not row.features & UNJUDGED]
    repos = {row.repo for row in rows}
    print(f"{len(rows)} edges of {len(repos)} repositories found, {len(judged)} hand something over")
    for name, part in (("all", rows), ("judged", judged)):
        print(f"{name}: {_figures(part, _held_out(part))}")
    weights = _fit(rows)
    if given.write:
        before = json.loads(WEIGHTS.read_text())
        after = {name: round(weights.get(name, before[name]), 3) for name in before}
        WEIGHTS.write_text(json.dumps(after, indent=2) + "\n")
    for name, weight in sorted(weights.items(), key=lambda item: item[1]):
        print(f"{weight:+.3f} {name} ({sum(name in row.features for row in rows)})")


def _rows(mirrors: Path, graphs: Path | None) -> Iterable[Row]:
    edges: dict[tuple[str, str], list[dict]] = {}
    for line in PANEL.read_text().splitlines():
        edge = json.loads(line)
        edges.setdefault((edge["repo"], edge["commit"]), []).append(edge)
    for (repo, commit), rated in edges.items():
        graph = _graph(mirrors, graphs, repo, commit)
        known = {}
        for workflow in graph["workflows"]:
            for edge in workflow["edges"]:
                for key in (workflow["id"], workflow["location"]["path"]):
                    known.setdefault((key, edge["source"], edge["target"], edge["label"]), edge)
                    known.setdefault((key, edge["source"], edge["target"], None), edge)
        for edge in rated:
            ends = (edge["source"], edge["target"], edge["label"])
            found = known.get((edge["workflow"], *ends)) or known.get((edge["workflow"].split("::")[0], *ends))
            if found is None or found["coordination"] is None:
                print(f"not found: {repo} {edge['workflow']} {edge['source']} -> {edge['target']}", file=sys.stderr)
                continue
            said = found["coordination"]
            yield Row(
                repo,
                frozenset(reason["feature"] for reason in said["reasons"]) & {*GUESS, "base"},
                tuple(edge["p"]),
                edge["labels"].count("dynamic") > 1,
                said["threshold"],
            )


def _graph(mirrors: Path, graphs: Path | None, repo: str, commit: str) -> dict:
    name = repo.replace("/", "+", 1)
    kept = graphs / f"{name}.json" if graphs else None
    if kept is not None and kept.exists():
        return json.loads(kept.read_text())
    git = mirrors / name / "repo"
    command = ["git", f"--git-dir={git}", "archive", commit, "--", *READ]
    archive = subprocess.run(command, capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        command = [sys.executable, "-m", "wflint", "graph", folder, "--format", "json"]
        said = subprocess.run(command, capture_output=True, check=False).stdout
    if kept is not None:
        kept.write_bytes(said)
    return json.loads(said)


def _fit(rows: list[Row]) -> dict[str, float]:
    """Logistic regression of the panel's p, drawn to the guess and true to its signs: Newton's method, by coordinates.

    Edges that there is nothing to judge about teach nothing, and neither do those with a fault.
    """
    judged = [row for row in rows if not row.features & UNJUDGED and (row.dynamic or row.mean <= FAULT)]
    names = ["base", *GUESS]
    matrix = np.array([[name == "base" or name in row.features for name in names] for row in judged], dtype=float)
    wanted = np.array([min(row.mean, HIGHEST) / 100 for row in judged])
    weights = np.array([GUESS.get(name, 0.0) for name in names])
    weights[0] = math.log(wanted.mean() / (1 - wanted.mean()))
    for _ in range(ROUNDS):
        for column, name in enumerate(names):
            chance = 1 / (1 + np.exp(-matrix @ weights))
            held, guess = matrix[:, column], GUESS.get(name)
            strength = 0.0 if guess is None else SHRINK * float(np.mean(chance * (1 - chance)))
            slope = held @ (chance - wanted) + strength * (weights[column] - (guess or 0.0))
            bend = held @ (chance * (1 - chance)) + strength
            moved = weights[column] - slope / bend
            weights[column] = moved if guess is None or moved * guess > 0 else 0.0
    return dict(zip(names, weights.tolist(), strict=True))


def _held_out(rows: list[Row]) -> list[float]:
    """The p of each edge in percent, by a fit that has not seen its repository."""
    repos = sorted({row.repo for row in rows})
    fold = {repo: number % FOLDS for number, repo in enumerate(repos)}
    found = [0.0] * len(rows)
    for number in range(FOLDS):
        weights = _fit([row for row in rows if fold[row.repo] != number])
        for place, row in enumerate(rows):
            if fold[row.repo] == number:
                score = weights["base"] + sum(weights[name] for name in row.features if name != "base")
                found[place] = 100 / (1 + math.exp(-score))
    return found


def _figures(rows: list[Row], ours: list[float]) -> str:
    theirs = [row.mean for row in rows]
    constant = statistics.mean(theirs)
    rater = statistics.mean(
        abs(row.panel[k] - statistics.mean(row.panel[:k] + row.panel[k + 1 :])) for row in rows for k in range(3)
    )
    top = sorted(range(len(rows)), key=lambda place: -ours[place])[: max(1, len(rows) // 10)]
    dynamic = [place for place, row in enumerate(rows) if row.dynamic]
    found = len(set(top) & set(dynamic))
    labels = [mine > 100 * row.threshold for mine, row in zip(ours, rows, strict=True)]
    return (
        f"Spearman {_spearman(ours, theirs):.3f}, mean error {_error(ours, theirs):.1f} points (a constant "
        f"{statistics.mean(abs(constant - one) for one in theirs):.1f}, a rater {rater:.1f}), kappa "
        f"{_kappa(labels, [row.dynamic for row in rows]):.2f}, {found} of {len(dynamic)} dynamic edges "
        f"in the top tenth"
    )


def _error(ours: list[float], theirs: list[float]) -> float:
    return statistics.mean(abs(mine - other) for mine, other in zip(ours, theirs, strict=True))


def _spearman(left: list[float], right: list[float]) -> float:
    return statistics.correlation(_ranks(left), _ranks(right))


def _ranks(values: list[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(rank)
    return [statistics.mean(places[value]) for value in values]


def _kappa(ours: list[bool], theirs: list[bool]) -> float:
    agree = statistics.mean(mine == other for mine, other in zip(ours, theirs, strict=True))
    yes, wanted = statistics.mean(ours), statistics.mean(theirs)
    chance = yes * wanted + (1 - yes) * (1 - wanted)
    return (agree - chance) / (1 - chance) if chance < 1 else 0.0


if __name__ == "__main__":
    main()
