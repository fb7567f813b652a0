"""Files that code reads as text: which one a path means, what it says, and where nothing is known."""

from __future__ import annotations

import pytest

from tests.evaluate.programs import Program, program
from tests.evaluate.showing import show
from wflint.evaluate.file_texts import FileText
from wflint.evaluate.values import alternatives

PROMPT = "You plan.\n"
IMPORTS = "import os, json, tomllib, glob, yaml\nfrom importlib import resources\nfrom pathlib import Path\n"


def ran(source: str, files: dict[str, str], path: str = "app/main.py") -> Program:
    made = program({path: IMPORTS + source, "app/prompts/__init__.py": "", "app/__init__.py": "", **files})
    made.module(path)
    return made


def shown(source: str, files: dict[str, str]) -> str:
    return show(ran(source, files).value("text", "app/main.py"))


WAYS = [
    "text = (Path(__file__).parent / 'prompts' / 'plan.md').read_text()",
    "text = Path(__file__).with_name('prompts').joinpath('plan.txt').with_suffix('.md').read_text(encoding='utf-8')",
    "text = open(os.path.join(os.path.dirname(__file__), 'prompts', 'plan.md')).read()",
    "text = open(f'{Path(__file__).parent}/prompts/plan.md', 'r', encoding='utf-8').read()",
    "with open('app/prompts/plan.md') as file:\n    text = file.read()",
    "with open('prompts/plan.md') as file:\n    text = file.read()",
    "text = (Path.cwd() / 'app' / 'prompts' / 'plan.md').read_text()",
    "text = open(os.path.join(os.getcwd(), 'prompts/plan.md')).read()",
    "text = resources.files('app.prompts').joinpath('plan.md').read_text()",
    "text = (resources.files(__package__) / 'prompts' / 'plan.md').read_text()",
    "text = resources.read_text('app.prompts', 'plan.md')",
    "def load(name):\n    return (Path(__file__).parent / 'prompts' / f'{name}.md').read_text()\ntext = load('plan')",
    """
ALL = {p.stem: p.read_text() for p in sorted((Path(__file__).parent / 'prompts').glob('*.md'))}
text = ALL['plan']""",
    """
ALL = {}
for name in glob.glob(os.path.join(os.path.dirname(__file__), 'prompts', '*.md')):
    ALL[Path(name).stem] = Path(name).read_text()
text = ALL['plan']""",
]


@pytest.mark.parametrize("way", WAYS)
def test_what_a_file_says_is_known(way: str) -> None:
    assert shown(way, {"app/prompts/plan.md": PROMPT}) == repr(PROMPT)


DOCUMENTS = [
    ("app/all.yaml", "plan:\n  prompt: You plan.\n", "yaml.safe_load(open('all.yaml'))"),
    ("app/all.yaml", "plan:\n  prompt: You plan.\n", "yaml.safe_load(Path('app/all.yaml').read_text())"),
    ("app/all.json", '{"plan": {"prompt": "You plan."}}', "json.load(open('all.json'))"),
    (
        "app/all.json",
        '{"plan": {"prompt": "You plan."}}',
        "json.loads(Path(__file__).with_name('all.json').read_text())",
    ),
    ("app/all.toml", '[plan]\nprompt = "You plan."\n', "tomllib.load(open('app/all.toml', 'rb'))"),
]


@pytest.mark.parametrize(("path", "written", "way"), DOCUMENTS)
def test_a_part_of_a_document_is_known(path: str, written: str, way: str) -> None:
    made = ran(f"text = {way}['plan']['prompt']", {path: written})
    value = made.value("text", "app/main.py")
    assert show(value) == "'You plan.'"
    assert isinstance(value, FileText)
    assert value.location.span.path == path


UNKNOWN = [
    "text = Path('prompts/none.md').read_text()",
    "text = (Path(__file__).parent.parent.parent / 'secret.md').read_text()",
    "text = Path('/etc/plan.md').read_text()",
    "text = open('~/plan.md').read()",
    "text = open('both.md').read()",
    "import sys\ntext = open(sys.argv[1]).read()",
    "open('app/prompts/plan.md', 'w').write('x')\ntext = open('app/prompts/plan.md').read()",
    "Path('app/prompts/plan.md').write_text('x')\ntext = Path('prompts/plan.md').read_text()",
]


@pytest.mark.parametrize("way", UNKNOWN)
def test_what_is_not_there_or_may_be_elsewhere_or_is_written_is_unknown(way: str) -> None:
    made = ran(way, {"app/prompts/plan.md": PROMPT, "both.md": "a", "app/both.md": "b", "secret.md": "c"})
    value = made.value("text", "app/main.py")
    assert not any(isinstance(option, FileText) for option in alternatives(value))
    assert "You plan" not in show(value)


def test_data_in_json_is_no_configuration() -> None:
    assert "'a'" not in shown("text = json.load(open('rows.json'))[0]", {"app/rows.json": '["a", "b"]'})


def test_one_of_several_files_is_one_of_their_texts() -> None:
    source = "def load(name):\n    return (Path(__file__).parent / f'{name}.md').read_text()\n"
    source += "text = load('one' if os.environ else 'two')"
    assert shown(source, {"app/one.md": "1", "app/two.md": "2"}) == "'1' | '2'"


def test_a_text_with_values_put_in_its_places_is_known_but_for_these() -> None:
    source = "import os\ntopic = os.environ['TOPIC']\n"
    source += "text = Path('plan.md').read_text().replace('{topic}', topic).strip()"
    made = ran(source, {"app/plan.md": "\nYou plan {topic} now.\n"})
    value = made.value("text", "app/main.py")
    assert show(value).startswith("You plan ") or "You plan " in show(value)
    assert "{topic}" not in show(value)


JINJA = "from jinja2 import Environment, FileSystemLoader, PackageLoader, Template\n"
LOADERS = [
    "Environment(loader=FileSystemLoader(Path(__file__).parent / 'prompts')).get_template('plan.j2')",
    "Environment(loader=FileSystemLoader('app/prompts')).get_template('plan.j2')",
    "Environment(loader=FileSystemLoader([os.path.dirname(__file__), 'prompts'])).get_template('plan.j2')",
    "Environment(loader=PackageLoader('app', 'prompts')).get_template('plan.j2')",
    "Environment().from_string(Path('prompts/plan.j2').read_text())",
    "Template(Path('prompts/plan.j2').read_text())",
]


@pytest.mark.parametrize("loader", LOADERS)
def test_a_template_is_read_and_filled(loader: str) -> None:
    source = f"{JINJA}text = {loader}.render(topic='tea')"
    assert shown(source, {"app/prompts/plan.j2": "You plan {{ topic }}.{# a note #}"}) == "'You plan tea.'"


def test_what_a_template_leaves_out_perhaps_is_not_known() -> None:
    source = f"{JINJA}text = Template('You plan.{{% if x %}}Now.{{% endif %}}').render(x=1)"
    assert "?" in shown(source, {})


def test_a_place_that_a_string_template_has_is_filled() -> None:
    source = "from string import Template\ntext = Template(open('plan.txt').read()).substitute(topic='tea')"
    assert shown(source, {"app/plan.txt": "Plan ${topic} for $$5."}) == "'Plan tea for $5.'"


def test_the_place_of_a_stripped_text_is_where_it_begins() -> None:
    made = ran("text = Path('plan.md').read_text().strip()", {"app/plan.md": "\n\n  You plan.\n"})
    value = made.value("text", "app/main.py")
    assert isinstance(value, FileText)
    assert (value.location.span.line, value.location.span.column) == (3, 3)
