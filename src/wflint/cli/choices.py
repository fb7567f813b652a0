"""Choices among words on the command line."""

from __future__ import annotations

from difflib import get_close_matches

import click


class OneOf(click.Choice):  # type: ignore[type-arg]  # generic in newer releases of click only
    """A choice among words; a wrong one is answered with the nearest right one."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself, where it is one of the choices."""
        try:
            return str(super().convert(value, param, ctx))
        except click.BadParameter as error:
            near = get_close_matches(str(value), [str(word) for word in self.choices], n=1)
            if not near:
                raise
            message = f"{error.message.rstrip('.')}; did you mean {near[0]!r}?"
            raise click.BadParameter(message, ctx, param, error.param_hint) from error
