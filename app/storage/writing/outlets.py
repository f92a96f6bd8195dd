"""Registering outlets."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from app.errors import StateConflict
from app.outlets.outlet import Outlet
from app.storage.announcing import Kind, announce
from app.storage.tables import OutletRow


def ensure(session: Session, outlets: Iterable[Outlet], now: datetime) -> list[Outlet]:
    """Registers those that are not known yet, by id; known ones stay as they are. Returns the new ones."""
    wanted = {outlet.id: outlet for outlet in outlets}
    if not wanted:
        return []
    known = set(session.exec(select(OutletRow.id).where(col(OutletRow.id).in_(wanted))))
    new = [outlet for key, outlet in sorted(wanted.items()) if key not in known]
    session.add_all([_row(outlet, now) for outlet in new])
    session.flush()
    if new:
        announce(session, Kind.OUTLETS)
    return new


def register(session: Session, outlet: Outlet, now: datetime) -> bool:
    """Registers an outlet or replaces its name, aliases and domains. Returns whether it is new.

    Raises:
        StateConflict: another outlet holds one of its domains.
    """
    for other in session.exec(select(OutletRow).where(OutletRow.id != outlet.id)):
        taken = set(other.domains) & set(outlet.domains)
        if taken:
            raise StateConflict(f"domains: {sorted(taken)[0]} belongs to the outlet {other.name}")
    announce(session, Kind.OUTLETS)
    row = session.get(OutletRow, outlet.id)
    if row is None:
        session.add(_row(outlet, now))
        return True
    row.name, row.aliases, row.domains = outlet.name, list(outlet.aliases), list(outlet.domains)
    session.add(row)
    return False


def _row(outlet: Outlet, now: datetime) -> OutletRow:
    return OutletRow(
        id=outlet.id,
        name=outlet.name,
        aliases=list(outlet.aliases),
        domains=list(outlet.domains),
        wire=outlet.wire,
        created_at=now,
    )
