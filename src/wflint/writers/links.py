"""Where wflint and its rules are explained."""

from __future__ import annotations

HOME = "https://github.com/wflint/wflint"


def rule_page(name: str) -> str:
    """The page of the rule called `name`."""
    return f"{HOME}/blob/main/rules/{name}.md"
