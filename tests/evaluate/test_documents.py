from __future__ import annotations

import pytest

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


WAYS = [
    "yaml.safe_load((Path(__file__).parent / 'config' / 'tasks.yaml').read_text())",
    "yaml.safe_load(open(Path(__file__).parent.joinpath('config', 'tasks.yaml')))",
    "yaml.safe_load(Path(__file__).resolve().parents[0].joinpath('config/tasks.yaml').open().read())",
    "yaml.safe_load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'config', 'tasks.yaml')))",
    "yaml.safe_load(open(f'{os.path.dirname(__file__)}/config/tasks.yaml'))",
    "yaml.safe_load(open(str(Path('app') / 'config/tasks.yaml')))",
]


@pytest.mark.parametrize("way", WAYS)
def test_code_reads_a_document_whose_path_it_puts_together(way: str) -> None:
    source = f"import os\nfrom pathlib import Path\nimport yaml\ntasks = {way}\nname = tasks['first']['name']\n"
    made = program({"app/main.py": source, "app/config/tasks.yaml": "first:\n  name: sort\n"})
    made.module("app/main.py")
    assert show(made.value("name", "app/main.py")) == "'sort'"
