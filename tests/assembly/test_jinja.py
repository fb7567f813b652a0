from __future__ import annotations

import pytest

from wflint.assembly.contracts.jinja import jinja_variables


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
