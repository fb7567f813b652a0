#!/usr/bin/env bash
# What several Haystack components send to one input is put together by the components' names.
# Most expect: in the order in which they were added or connected, which is the same here.
# What happens: components that can run at once run in alphabetical order, and a list is filled as they come: renaming a
# component changes the order of what a prompt holds.
# Seen with haystack-ai 3.4.1, Python 3.11, 2026-11-29.
# Usage: ./haystack-joins-by-component-name.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "haystack-ai==3.4.1"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
from haystack import Pipeline, component
from haystack.core.component.types import Variadic


@component
class Say:
    def __init__(self, word: str):
        self.word = word

    @component.output_types(text=str)
    def run(self):
        return {"text": self.word}


@component
class Join:
    @component.output_types(text=str)
    def run(self, texts: Variadic[str]):
        return {"text": " ".join(texts)}


def joined(first, second):
    pipeline = Pipeline()
    pipeline.add_component(first, Say("rules"))
    pipeline.add_component(second, Say("question"))
    pipeline.add_component("join", Join())
    pipeline.connect(f"{first}.text", "join.texts")
    pipeline.connect(f"{second}.text", "join.texts")
    return pipeline.run({})["join"]["text"]


one, other = joined("policy", "query"), joined("rules", "query")
assert one == "rules question", one
assert other == "question rules", other
print("policy, then query:", one)
print("rules, then query: ", other)
PY
