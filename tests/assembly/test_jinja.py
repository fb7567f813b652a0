from __future__ import annotations

import pytest

from wflint.assembly.contracts.jinja import Part, jinja_parts, jinja_variables


@pytest.mark.parametrize(
    ("template", "variables"),
    [
        ("plain {text}", ()),
        ("{{ name }} and {{ name }}", ("name",)),
        ("{{ user.name | upper }} {{ items[index] }}", ("user", "items", "index")),
        ("{% for d in documents %}{{ d.content }}{{ loop.index }}{% endfor %}", ("documents",)),
        ("{% for key, value in table.items() %}{{ key }}{{ value }}{% endfor %}", ("table",)),
        (
            "{% if hint and not done is defined %}{{ hint }}{% elif other == 'no' %}{% endif %}",
            ("hint", "done", "other"),
        ),
        ("{% set total = price * 2 %}{{ total }}", ("price",)),
        ("{{ text | replace('{{ x }}', new) }}", ("text", "new")),
        ("{{ render(width=size) }}", ("render", "size")),
        ("{# {{ hidden }} #}{% raw %}{{ raw }}{% endraw %}{{ seen }}", ("seen",)),
        ('{% message role="user" %}{{ question }}{% endmessage %}', ("question",)),
        ("{{ 'yes' if ok else no }}", ("ok", "no")),
    ],
)
def test_variables(template: str, variables: tuple[str, ...]) -> None:
    assert jinja_variables(template) == variables


@pytest.mark.parametrize(
    ("template", "parts"),
    [
        ("{% for d in docs %}{{ d.text }} {{ d.meta.title }}{% endfor %}", {("docs", "text"), ("docs", "meta")}),
        ("{%- for d in docs[:3] -%}{{ d.text | upper }}{% endfor %}", {("docs", "text")}),
        ("{% for d in docs|sort %}{{ d.text }}{% endfor %}", set()),
        ("{% for d in docs %}{% if d.text %}{{ d.text }}{% endif %}{% endfor %}", set()),
        ("{% for d in docs %}{{ d.text or d.content }}{{ d.name | default('') }}{% endfor %}", set()),
        ("{% for d in docs %}{{ d.text }}{% endfor %}{% for d in others %}{{ d.name }}{% endfor %}", set()),
        ("{% for d in docs %}{% set d = d.meta %}{{ d.text }}{% endfor %}", set()),
        ("{{ docs.text }} {{ 'd.text' }}", set()),
    ],
)
def test_parts_of_items(template: str, parts: set[tuple[str, str]]) -> None:
    assert {(part.variable, part.name) for part in jinja_parts(template)} == parts


def test_an_item_is_called_as_in_the_template() -> None:
    assert jinja_parts("{% for d in docs %}{{ d.text }}{% endfor %}") == (Part("docs", "d", "text"),)
