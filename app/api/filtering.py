"""Which conflicts a request is about."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from app.api.services import Use
from app.relations.relation import ReasonType
from app.storage.reading.conflicts import Filter


def wanted_conflicts(
    use: Use,
    status: Literal["open", "acknowledged", "resolved", "dismissed"] | None = None,
    outlet: str | None = None,
    kind: ReasonType | None = None,
    between: Literal["outlets", "sources"] | None = None,
    min_severity: Annotated[float | None, Query(ge=0, le=1, allow_inf_nan=False)] = None,
) -> Filter:
    """The filter that the query says; what is left out does not narrow."""
    return Filter(status, use.outlet_id(outlet), kind.value if kind else None, between, min_severity)


Wanted = Annotated[Filter, Depends(wanted_conflicts)]
