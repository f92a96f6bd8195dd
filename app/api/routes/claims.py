"""Claims: finding them by filter or by meaning."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.presenting import claim_fields, claim_out
from app.api.responses import ClaimOut, NearClaimOut, PageOut
from app.api.searching import Ranked, encode_query, page_of_ranking, ranking
from app.api.services import Cursor, Limit, Services, Since, Use
from app.claims.claim import ClaimType, StoredClaim
from app.conflicts.positions import source_name
from app.storage.reading import claims as claims_in
from app.storage.reading.pages import Page

router = APIRouter(prefix="/claims", tags=["claims"])
Words = Annotated[str | None, Query(min_length=1, max_length=2_000, description="Words to search by meaning; nearest first.")]


@router.get("")
def list_claims(
    use: Use,
    q: Words = None,
    outlet: str | None = None,
    source: str | None = None,
    cluster: str | None = None,
    type: ClaimType | None = None,
    since: Since = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PageOut[NearClaimOut] | PageOut[ClaimOut]:
    """Claims, last stored first, or with `q` nearest first; `since` is the earliest time of publication."""
    outlet_id = use.outlet_id(outlet)
    if q is None:
        with use.parts.database.read() as session:
            page = claims_in.page(session, limit, cursor, outlet=outlet_id, source=source, cluster=cluster, type=type, since=since)
        return PageOut[ClaimOut](items=[claim_out(claim, use.name_of) for claim in page.items], next_cursor=page.next_cursor)

    def wanted(claim: StoredClaim) -> bool:
        names = {name.casefold() for link in claim.claim.chain if (name := link.name)} | {(source_name(claim) or "").casefold()}
        return (
            (outlet_id is None or outlet_id in (claim.outlet_id, claim.origin_outlet_id))
            and (source is None or source.casefold() in names)
            and (cluster is None or claim.cluster_id == cluster)
            and (type is None or claim.claim.type is type)
            and (since is None or claim.published_at >= since)
        )

    vector = encode_query(use, q)
    with use.parts.database.read() as session:
        return _near(page_of_ranking(ranking(session, use, vector, wanted), limit, cursor), use)


@router.get("/{id}")
def get_claim(id: str, use: Use) -> ClaimOut:
    """One claim."""
    with use.parts.database.read() as session:
        return claim_out(claims_in.get(session, id), use.name_of)


@router.get("/{id}/neighbours")
def get_neighbours(id: str, use: Use, limit: Limit = 50, cursor: Cursor = None) -> PageOut[NearClaimOut]:
    """The claims nearest in meaning, closest first, the claim itself left out."""
    with use.parts.database.read() as session:
        claim = claims_in.get(session, id)
        vector = claims_in.vector(session, claim.number)
        found = ranking(session, use, vector, lambda other: other.id != id) if vector is not None else []
    return _near(page_of_ranking(found, limit, cursor), use)


def _near(page: Page[Ranked], use: Services) -> PageOut[NearClaimOut]:
    items = [NearClaimOut(**claim_fields(claim, use.name_of), similarity=round(similarity, 4)) for claim, similarity in page.items]
    return PageOut[NearClaimOut](items=items, next_cursor=page.next_cursor)
