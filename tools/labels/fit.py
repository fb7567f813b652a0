"""Fits the weights of the labels to the panel, and says how good they are on repositories that the fit has not seen.

    python tools/labels/fit.py --mirrors DIR [--graphs DIR] [--worst N] [--write]

`--mirrors` holds bare clones of the panel's repositories (OWNER+NAME/repo). Each is read once at the panel's commit, in
a process of its own; with `--graphs` what `wflint graph` said is kept there and used again. Printed for folds of whole
repositories: Spearman's rank correlation of p with the panel's mean p, the mean error in points beside that of a
constant and of a rater against the other two, Cohen's kappa of the labels with the majority, and how many of the
majority's dynamic edges are among the tenth of the edges with the highest p. `--worst` names the edges that p misses by
most, each with the mean p of the fits that have not seen it, the panel's p and notes, where its code is, and what
wflint says of it. `--write` stores the weights.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

HERE = Path(__file__).parent
PANEL = HERE / "panel.jsonl"
WEIGHTS = HERE.parents[1] / "src" / "wflint" / "analyses" / "labels" / "weights.json"
FOLDS = 10
GUESS: Mapping[str, float] = {
    "missing-field": 1.0, "soft-match-only": 0.8, "path-dependent": 0.6, "possible-offer": 0.1, "model-output": 0.6,
    "no-declared-schema": 0.2, "free-text-parsed": 0.2, "open-contract": 0.05, "open-router": 0.3, "cycle": 0.15,
    "human": 0.3, "outside-data": 0.5, "parsed-text": 0.3, "long-fan-in": 0.2, "model-decides": 0.4,
    "endless-loop": 2.0, "uncounted-loop": 1.0, "with-tools": 0.7, "unchecked-finds": 1.0, "code-reads-model": 0.7,
    "silent-default": 0.4, "failure-caught": 0.4, "sub-workflow": 0.2, "turn-by-turn": 0.4,
    "callers-contract": -0.8, "control-only": -0.8, "exact-match": -0.3, "structured-output": -0.4,
    "enforced-form": -0.3, "guardrail": -0.6, "validated-input": -0.3, "retry-on-validation": -0.4,
    "caller-input": -0.3, "plain-code": -0.5, "made-of": -0.4, "typed": -0.1, "typed-event": -0.5, "validator": -0.6,
    "retries": -0.1, "forwarded": -0.5, "code-to-code": -0.5, "tool-loop": -0.1, "tool-call": -0.4,
    "handed-by-code": -0.3, "code-reads-finds": -0.4, "coded-route": -0.4,
}  # fmt: skip
"""A careful guess, from which the panel moves what it has edges for; it never changes a sign."""
FAULT = 20.0
"""An edge that the raters call static at more than so many percent has a deterministic fault: a finding's business and
not a probability's, so that it teaches nothing. It counts in every figure all the same."""
HIGHEST = 40.0
"""What the panel says of the others counts up to so many percent."""
ROUNDS = 8
UNJUDGED = frozenset({"callers-contract", "control-only"})
READ = (b".py", b".ipynb", b".yaml", b".yml", b".toml", b".json", b".jsonc", b".cfg")
"""What a repository is read from; the rest may be large, and missing in a mirror."""
SHRINKS = (60.0, 120.0, 240.0)
"""So many edges the guess may be worth, so that features that few edges have stay near it; held-out edges choose."""
PARTS = 4
"""Into so many parts the repositories of a fit are divided to choose that."""
SHUFFLES = 4
"""So many ways of dividing the repositories into folds are tried; the figures are means over them."""


@dataclass(frozen=True, slots=True)
class Row:
    """An edge of the panel with what wflint says of it."""

    repo: str
    features: frozenset[str]
    panel: tuple[float, ...]
    dynamic: bool
    threshold: float
    about: str = ""
    """The edge and what the raters noted, for people."""

    @property
    def mean(self) -> float:
        """The panel's p in percent."""
        return statistics.mean(self.panel)

    @property
    def is_judged(self) -> bool:
        """Whether the edge hands over something that may fail to fit."""
        return not self.features & UNJUDGED


def main() -> None:
    """Read the panel, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--graphs", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = list(_rows(given.mirrors, given.graphs))
    judged = [row for row in rows if row.is_judged]
    repos = {row.repo for row in rows}
    print(f"{len(rows)} edges of {len(repos)} repositories found, {len(judged)} hand something over")
    faultless = [row for row in rows if row.dynamic or row.mean <= FAULT]
    parts = {"all": rows, "judged": judged, "without the faults": faultless}
    tried = [dict(zip(map(id, rows), _held_out(rows, seed), strict=True)) for seed in range(SHUFFLES)]
    for name, part in parts.items():
        print(f"{name}: {_report(part, [[ours[id(row)] for row in part] for ours in tried])}")
    print(f"the panel's own p in place of ours: {_report(rows, [[row.mean for row in rows]])}")
    print(f"the same, faults apart: {_report(faultless, [[row.mean for row in faultless]])}")
    for row, ours in _worst(rows, tried)[: given.worst]:
        print(f"{ours:.1f} for {row.mean:.1f}{' (dynamic)' if row.dynamic else ''}: {row.about}")
        print(f"    {', '.join(sorted(row.features - {'base'}))}")
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
                _about(edge),
            )


def _about(edge: Mapping[str, str]) -> str:
    places = f"{edge['source_at']} -> {edge['target_at']}"
    notes = "; ".join(f"{why}: {note}" for why, note in zip(edge["why"], edge["notes"], strict=True))
    return f"{edge['repo']} {edge['workflow']} {edge['source']} -> {edge['target']} ({places}): {notes}"


def _worst(rows: list[Row], tried: list[dict[int, float]]) -> list[tuple[Row, float]]:
    """The edges with the mean p that is held out for them, those first that it misses by most."""
    missed = [(row, statistics.mean(ours[id(row)] for ours in tried)) for row in rows]
    return sorted(missed, key=lambda each: -abs(each[1] - each[0].mean))


def _graph(mirrors: Path, graphs: Path | None, repo: str, commit: str) -> dict:
    name = repo.replace("/", "+", 1)
    kept = graphs / f"{name}.json" if graphs else None
    if kept is not None and kept.exists():
        return json.loads(kept.read_text())
    with tempfile.TemporaryDirectory() as folder:
        _unpack(mirrors / name / "repo", commit, Path(folder))
        command = [sys.executable, "-m", "wflint", "graph", folder, "--format", "json"]
        said = subprocess.run(command, capture_output=True, check=False).stdout
    if kept is not None:
        kept.write_bytes(said)
    return json.loads(said)


def _unpack(git: Path, commit: str, folder: Path) -> None:
    """Write what there is of the sources: a mirror may lack large files, and the commit where it is newer."""
    command = ["git", f"--git-dir={git}"]
    known = subprocess.run([*command, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True, check=False)
    tree = commit if known.returncode == 0 else "HEAD"
    listed = subprocess.run([*command, "ls-tree", "-r", "-z", tree], capture_output=True, check=True).stdout
    entries = [entry.split(b"\t", 1) for entry in listed.split(b"\0") if entry]
    wanted = [(head.split()[2], os.fsdecode(path)) for head, path in entries if path.endswith(READ)]
    asked = b"\n".join(number for number, _ in wanted)
    read = subprocess.run([*command, "cat-file", "--batch"], input=asked, capture_output=True, check=True).stdout
    stream = io.BytesIO(read)
    for _, path in wanted:
        head = stream.readline().split()
        if head[-1] != b"missing":
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(stream.read(int(head[2])))
            stream.read(1)


def _fit(rows: list[Row]) -> dict[str, float]:
    """Logistic regression of the panel's p, drawn to the guess and true to its signs.

    Edges that there is nothing to judge about teach nothing, and neither do those with a fault.
    """
    taught = [row for row in rows if row.is_judged and (row.dynamic or row.mean <= FAULT)]
    place = {repo: number % PARTS for number, repo in enumerate(sorted({row.repo for row in taught}))}

    def loss(shrink: float) -> float:
        total = 0.0
        for part in range(PARTS):
            weights = _solve([row for row in taught if place[row.repo] != part], shrink)
            for row in (row for row in taught if place[row.repo] == part):
                wanted, chance = min(row.mean, HIGHEST) / 100, _chance(row, weights)
                total -= wanted * math.log(chance) + (1 - wanted) * math.log(1 - chance)
        return total

    return _solve(taught, min(SHRINKS, key=loss))


def _solve(rows: list[Row], shrink: float) -> dict[str, float]:
    """Newton's method; a weight that would change its sign is left at nothing."""
    names = ["base", *GUESS]
    matrix = np.array([[name == "base" or name in row.features for name in names] for row in rows], dtype=float)
    wanted = np.array([min(row.mean, HIGHEST) / 100 for row in rows])
    guess = np.array([0.0, *GUESS.values()])
    weights = guess.copy()
    weights[0] = math.log(wanted.mean() / (1 - wanted.mean()))
    free = np.ones(len(names), dtype=bool)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        spread = chance * (1 - chance)
        drawn = np.full(len(names), shrink * spread.mean())
        drawn[0] = 0.0
        held = matrix[:, free]
        bend = held.T @ (held * spread[:, None]) + np.diag(drawn[free])
        slope = held.T @ (chance - wanted) + drawn[free] * (weights[free] - guess[free])
        weights[free] -= np.linalg.solve(bend, slope)
        free &= weights * guess >= 0
        weights[~free] = 0.0
    return dict(zip(names, weights.tolist(), strict=True))


def _chance(row: Row, weights: Mapping[str, float]) -> float:
    score = weights["base"] + sum(weights[name] for name in row.features if name != "base")
    return 1 / (1 + math.exp(-score))


def _held_out(rows: list[Row], seed: int) -> list[float]:
    """The p of each edge in percent, by a fit that has not seen its repository."""
    repos = np.random.default_rng(seed).permutation(sorted({row.repo for row in rows})).tolist()
    fold = {repo: number % FOLDS for number, repo in enumerate(repos)}
    fits = [_fit([row for row in rows if fold[row.repo] != number]) for number in range(FOLDS)]
    return [100 * _chance(row, fits[fold[row.repo]]) for row in rows]


class Figures(NamedTuple):
    """How good a p is: each is a mean over the ways of dividing the repositories into folds."""

    spearman: float
    error: float
    kappa: float
    found: float

    @classmethod
    def of(cls, rows: list[Row], ours: list[float]) -> Figures:
        """The figures of one p an edge."""
        theirs = [row.mean for row in rows]
        top = sorted(range(len(rows)), key=lambda place: -ours[place])[: max(1, len(rows) // 10)]
        labels = [mine > 100 * row.threshold and row.is_judged for mine, row in zip(ours, rows, strict=True)]
        return cls(
            _spearman(ours, theirs),
            _error(ours, theirs),
            _kappa(labels, [row.dynamic for row in rows]),
            sum(rows[place].dynamic for place in top),
        )


def _report(rows: list[Row], tried: list[list[float]]) -> str:
    found = [Figures.of(rows, ours) for ours in tried]
    mean = Figures(*(statistics.mean(each) for each in zip(*found, strict=True)))
    theirs = [row.mean for row in rows]
    constant = statistics.mean(theirs)
    rater = statistics.mean(
        abs(row.panel[k] - statistics.mean(row.panel[:k] + row.panel[k + 1 :])) for row in rows for k in range(3)
    )
    return (
        f"Spearman {mean.spearman:.3f}, mean error {mean.error:.1f} points (a constant "
        f"{statistics.mean(abs(constant - one) for one in theirs):.1f}, a rater {rater:.1f}), kappa {mean.kappa:.2f}, "
        f"{mean.found:.1f} of {sum(row.dynamic for row in rows)} dynamic edges in the top tenth"
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
