from __future__ import annotations

from tests.evaluate.programs import program
from tests.evaluate.showing import show

READER = """
import yaml
with open("config/tasks.yaml") as file:
    tasks = yaml.safe_load(file)
name = tasks["first"]["name"]
missing = yaml.safe_load(open("config/none.yaml"))
outside = yaml.safe_load(open("../../secret.yaml"))
"""


def test_code_reads_a_document_beside_it() -> None:
    made = program({"app/main.py": READER, "app/config/tasks.yaml": "first:\n  name: sort\n"})
    made.module("app/main.py")
    assert show(made.value("name", "app/main.py")) == "'sort'"


def test_code_reads_a_document_below_the_root() -> None:
    made = program({"app/main.py": READER, "config/tasks.yaml": "first:\n  name: sort\n"})
    made.module("app/main.py")
    assert show(made.value("name", "app/main.py")) == "'sort'"


def test_a_document_that_is_not_there_is_unknown() -> None:
    made = program({"app/main.py": READER, "secret.yaml": "a: 1"})
    made.module("app/main.py")
    assert show(made.value("missing", "app/main.py")).startswith("?")
    assert show(made.value("outside", "app/main.py")).startswith("?")
