"""What a rule's page must say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wflint.model.finding import Confidence, Level, Persona
from wflint.rulebook import BrokenPage, Requirement, RulePage, Scope


class FrontMatter(BaseModel):
    """The keys of a page, its text among them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: Annotated[str, Field(pattern=r"^[A-Z]{2,6}\d{3}$")]
    name: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    summary: Annotated[str, Field(min_length=1, max_length=1024)]
    scope: Annotated[Scope, Field(strict=False)]
    level: Annotated[Level, Field(strict=False)]
    confidence: Annotated[Confidence, Field(strict=False)]
    persona: Annotated[Persona, Field(strict=False)] = Persona.REGULAR
    needs: Annotated[tuple[Annotated[Requirement, Field(strict=False)], ...], Field(strict=False)] = ()
    since: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    body: str


def checked(values: Mapping[str, object], page: str) -> RulePage:
    """The page with these keys; `page` is its file name, for the error."""
    try:
        parsed = FrontMatter.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BrokenPage(page, f"key {key!r}: {first['msg']}") from error
    return RulePage(**{name: getattr(parsed, name) for name in FrontMatter.model_fields})
