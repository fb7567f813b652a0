"""Where wflint and its rules are explained."""

from __future__ import annotations

HOME = "https://github.com/wflint/wflint"


def rule_page(code: str, name: str) -> str:
    """The page of a rule; of other people's rules it is not known."""
    return f"{HOME}/blob/main/rules/{name}.md" if code.startswith("WF") else HOME
