"""HTML that cannot be broken into: whatever is not made here is text."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.writers.escape import html

VOID = frozenset({"meta", "link", "br", "circle", "path", "rect", "hr", "input"})


class Html(str):
    """Markup that was made here."""

    __slots__ = ()


Child = Html | str
Attribute = str | int | float | None


def element(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element; children that are no markup are escaped. `class_` is `class`, `data_step` is `data-step`."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{written}/>")
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[Child]) -> Html:
    """Several pieces one after the other."""
    return Html("".join(text(child) for child in children))


def text(child: Child) -> Html:
    """Text from outside as markup; markup stays what it is."""
    return child if isinstance(child, Html) else Html(html(child))


def table(heads: Iterable[str], rows: Iterable[Iterable[Child]], caption: str) -> Html:
    """A table; the first cell of a row is its head."""
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    body = [_row(tuple(row)) for row in rows]
    inner = element("table", element("caption", caption), element("thead", head), element("tbody", *body))
    return element("div", inner, class_="wide", tabindex=0, role="region", aria_label=caption)


def _row(cells: tuple[Child, ...]) -> Html:
    return element("tr", element("th", cells[0], scope="row"), *(element("td", cell) for cell in cells[1:]))
