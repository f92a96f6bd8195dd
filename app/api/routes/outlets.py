"""Outlets: the registry, and how outlets agree."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from app.api.outlet_pages import profile_out, shared_out
from app.api.presenting import outlet_out, outlet_ref
from app.api.problems import described
from app.api.requests import OutletIn
from app.api.responses import CellOut, MatrixOut, OutletOut, OutletProfileOut, PageOut, SharedPropositionOut
from app.api.services import Cursor, Limit, Since, Use
from app.errors import InvalidInput
from app.outlets.outlet import Outlet, slug
from app.storage.reading import outlets as outlets_in
from app.storage.reading.outlets import Stance
from app.storage.reading.profiles import profile
from app.storage.writing import outlets as outlets_out

router = APIRouter(prefix="/outlets", tags=["outlets"])


@router.get("")
def list_outlets(use: Use, limit: Limit = 50, cursor: Cursor = None) -> PageOut[OutletOut]:
    """Every outlet, by id."""
    with use.parts.database.read() as session:
        page = outlets_in.page(session, limit, cursor)
    return PageOut(items=[outlet_out(outlet) for outlet in page.items], next_cursor=page.next_cursor)


@router.post("", status_code=status.HTTP_201_CREATED, responses={200: {"model": OutletOut, "description": "Known already; replaced."}})
def post_outlet(posted: OutletIn, response: Response, use: Use) -> OutletOut:
    """Registers an outlet, or replaces the name, aliases and domains of one; `aliases` or `domains` left out stay as they were."""
    outlet = _outlet(posted, use)
    with use.parts.database.write() as session:
        new = outlets_out.register(session, outlet, datetime.now(UTC))
    use.parts.book.learn([outlet])
    response.status_code = status.HTTP_201_CREATED if new else status.HTTP_200_OK
    response.headers["Location"] = f"/v1/outlets/{outlet.id}"
    return outlet_out(outlet)


@router.get("/matrix")
def get_matrix(use: Use, since: Since = None) -> MatrixOut:
    """For every pair of outlets, how many propositions they share, agree on and diverge on."""
    with use.parts.database.read() as session:
        cells = outlets_in.matrix(session, since)
    ids = sorted({end for cell in cells for end in (cell.a, cell.b)})
    return MatrixOut(
        outlets=[outlet_ref(outlet, use.name_of) for outlet in ids],
        pairs=[
            CellOut(
                a=outlet_ref(cell.a, use.name_of),
                b=outlet_ref(cell.b, use.name_of),
                shared=cell.shared,
                agree=cell.agree,
                diverge=cell.diverge,
            )
            for cell in cells
        ],
    )


@router.get("/matrix/{a}/{b}", responses=described(404))
def get_pair(
    a: str,
    b: str,
    use: Use,
    stance: Annotated[Stance | None, Query(description="How the two stand; what they both agree and diverge on is in either.")] = None,
    since: Since = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PageOut[SharedPropositionOut]:
    """The propositions behind a cell of the matrix, last changed first; `a` and `b` are ids, names, aliases or domains."""
    first, second = use.outlet_id(a) or a, use.outlet_id(b) or b
    if first == second:
        raise InvalidInput.field("path", "b", msg=f"{b[:80]!a} is the outlet {first} again; two outlets are needed", type="same_outlet")
    with use.parts.database.read() as session:
        for outlet_id in (first, second):
            outlets_in.get(session, outlet_id)
        page = outlets_in.shared(session, first, second, limit, cursor, stance=stance, since=since)
        return PageOut(items=shared_out(session, page.items, first, second, use.name_of), next_cursor=page.next_cursor)


@router.get("/{id}")
def get_outlet(id: str, use: Use) -> OutletProfileOut:
    """One outlet: what it carries first and copies, whom it quotes, with whom it agrees and parts."""
    outlet_id = use.outlet_id(id) or id
    with use.parts.database.read() as session:
        outlet = outlets_in.get(session, outlet_id)
        return profile_out(session, outlet, profile(session, outlet_id), use.name_of)


def _outlet(posted: OutletIn, use: Use) -> Outlet:
    directory = use.parts.book.directory
    named = directory.for_article(posted.name, None)
    known = directory.by_id(named.id)
    name = posted.name.strip()
    aliases, domains = tuple(posted.aliases), tuple(posted.domains)
    if known and "aliases" not in posted.model_fields_set:
        aliases = tuple(alias for alias in (*known.aliases, known.name) if alias != name)
    if known and "domains" not in posted.model_fields_set:
        domains = known.domains
    outlet = replace(named, name=name, aliases=aliases, domains=domains)
    for field, values in (("aliases", posted.aliases), ("domains", posted.domains)):
        for at, value in enumerate(values):
            if not slug(value) or len(value) > 200:
                raise InvalidInput.field("body", field, at, msg=f"{value[:80]!a} is no name of 1 to 200 characters", type="bad_name")
            other = directory.resolve(value)
            if other is not None and other.id != outlet.id:
                raise InvalidInput.field("body", field, at, msg=f"{value[:80]!a} already means {other.name}", type="taken")
    return replace(outlet, wire=known.wire) if known else outlet
