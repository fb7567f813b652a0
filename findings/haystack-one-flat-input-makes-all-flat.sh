#!/usr/bin/env bash
# One input by its own name makes a Haystack pipeline take all inputs of that run for such.
# Most expect: `run({"read": {"text": ...}, "limit": 3})` gives `text` to "read" and `limit` to whoever has it.
# What happens: the dict for "read" is taken for an input called read, which nobody has, and the run fails: text is missing.
# Seen with haystack-ai 3.4.1, Python 3.11, 2026-11-29.
# Usage: ./haystack-one-flat-input-makes-all-flat.sh   (PYTHON=... takes an environment that has haystack-ai already)
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


@component
class Read:
    @component.output_types(word=str)
    def run(self, text: str):
        return {"word": text}


@component
class Count:
    @component.output_types(number=int)
    def run(self, limit: int):
        return {"number": limit}


pipeline = Pipeline()
pipeline.add_component("read", Read())
pipeline.add_component("count", Count())
nested = pipeline.run({"read": {"text": "a"}, "count": {"limit": 3}})
flat = pipeline.run({"text": "a", "limit": 3})
assert nested == flat == {"read": {"word": "a"}, "count": {"number": 3}}, (nested, flat)
try:
    mixed = str(pipeline.run({"read": {"text": "a"}, "limit": 3}))
except ValueError as error:
    mixed = str(error)
assert mixed == "Missing mandatory input 'text' for component 'read'.", mixed
print("nested, flat:", nested)
print("mixed:", mixed)
PY
