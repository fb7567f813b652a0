from __future__ import annotations

import json

import jsonschema

from tests.samples import LABEL_DYNAMIC, NOTHING_COVERED, NOTICE, OVERWRITE, PROGRAM, texts
from wflint.model.program import Program
from wflint.writers import check_json

OVERWRITE_JSON = {
    "code": "WF501",
    "name": "concurrent-write",
    "level": "error",
    "confidence": "high",
    "persona": "regular",
    "message": 'steps "research" and "draft" both write "notes"',
    "location": {"path": "app/my graph.py", "line": 7, "column": 1, "endLine": 7, "endColumn": 38},
    "workflow": "app/my graph.py::builder",
    "step": None,
    "edge": {"source": "research", "target": "draft"},
    "related": [
        {
            "phrase": 'here is "research" [again]',
            "location": {"path": "app/my graph.py", "line": 4, "column": 1, "endLine": 4, "endColumn": 39},
        },
        {"phrase": "gone", "location": {"path": "gone.py", "line": 9, "column": 1, "endLine": 9, "endColumn": 2}},
    ],
    "path": [],
    "reasons": [{"feature": "width", "weight": 0.5, "text": "they run side by side"}],
    "coordination": None,
    "fingerprint": "fp-WF501-7",
    "standing": None,
    "fix": None,
}
NOTICE_JSON = {
    "message": "cannot be parsed: unexpected indent",
    "location": {"path": "app/broken.py", "line": 2, "column": 3, "endLine": 2, "endColumn": 3},
}

NOTED = Program((), (NOTICE,))


def test_a_finding_and_a_notice() -> None:
    written = json.loads(check_json.write((OVERWRITE,), NOTED, texts))
    assert written == {
        "version": 1,
        "findings": [OVERWRITE_JSON],
        "fixed": [],
        "notices": [NOTICE_JSON],
        "coverage": NOTHING_COVERED,
        "workflows": [],
    }


def test_labels_are_there() -> None:
    (written,) = json.loads(check_json.write((LABEL_DYNAMIC,), Program(()), texts))["findings"]
    assert written["coordination"]["label"] == "needs-dynamic"


def test_it_fits_its_schema() -> None:
    written = json.loads(check_json.write((OVERWRITE, LABEL_DYNAMIC), PROGRAM, texts))
    jsonschema.validate(written, json.loads(check_json.schema()), cls=jsonschema.Draft202012Validator)
