"""What became of a construction site in an evaluation."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.census.constructors import Form
from wflint.model.site import Site


class Examined(Struct, frozen=True):
    """A construction site; `function` is the name of the function around it, None where the module constructs.

    `evaluated` says that the evaluation came by, `entered` that it came into the function around, `exhausted` that its
    budget ran out in the module.
    """

    site: Site
    form: Form
    subject: str
    function: str | None
    evaluated: bool = False
    entered: bool = False
    exhausted: bool = False

    def joined(self, other: Examined) -> Examined:
        """The same site as two evaluations saw it."""
        return replace(
            self,
            evaluated=self.evaluated or other.evaluated,
            entered=self.entered or other.entered,
            exhausted=self.exhausted or other.exhausted,
        )

    @property
    def reason(self) -> str:
        """Why a construction is part of no workflow, as far as the evaluation tells."""
        match self.form:
            case Form.CALL:
                here = f"{self.subject}(...) is constructed here"
            case Form.SUBCLASS:
                here = f'class "{self.subject}" derives from {self.site.constructor}'
            case Form.DECORATOR:
                here = f'"{self.subject}" is decorated with {self.site.constructor}'
        if self.exhausted and not self.evaluated:
            return f"{here}, but the evaluation budget was exhausted in this module"
        if self.evaluated or self.form is not Form.CALL:
            return f"{here}, but no workflow was recovered from it: its steps and edges are missing or not known"
        if self.function is not None and not self.entered:
            return f'{here}, but no call of "{self.function}" was found'
        return f"{here}, but this code was not evaluated"
