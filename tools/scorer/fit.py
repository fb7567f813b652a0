"""Fits the scorer to the labelled pairs and writes its weights.

python -m tools.scorer.fit
"""

from __future__ import annotations

import json

from tools.scorer import pairs
from tools.scorer.fitting import tabulate
from tools.scorer.pairs import SubjectT, Task
from wflint.matching.encoders import load_encoder
from wflint.matching.meanings import Meanings
from wflint.matching.scorer import WEIGHTS

DIGITS = 4


def main() -> None:
    """Writes the weights of both jobs, a feature a line, with what each means."""
    meanings = Meanings(load_encoder())
    fields, steps = pairs.fields(meanings), pairs.steps(meanings)
    table = {"fields": _describe(fields), "steps": _describe(steps)}
    WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _describe(task: Task[SubjectT]) -> dict[str, object]:
    weights = tabulate(task).weights()
    features = {
        feature.value: {"weight": round(float(weight), DIGITS), "sentence": feature.sentence}
        for feature, weight in zip(task.features, weights.features, strict=True)
    }
    return {"bias": round(weights.bias, DIGITS), "features": features}


if __name__ == "__main__":
    main()
