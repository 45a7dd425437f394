"""What a handbook asks of its playbooks, beyond what every playbook needs."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
    """Limits that a handbook sets for itself."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )

    longest_line: int = Field(default=40, ge=1, alias="longest-line")
    """How many words a spoken script may have: what a person says in one breath."""
    reviewed_since: date | None = Field(default=None, alias="reviewed-since")
    """The day since when every playbook has to have been read through."""
