"""Claims: finding them by filter or by meaning."""

from fastapi import APIRouter

from app.api.presenting import claim_fields, claim_out
from app.api.responses import ClaimOut, NearClaimOut, PageOut
from app.api.searches import WantedClaims
from app.api.searching import Ranked, claims_page, encode_query, page_of_ranking, ranking
from app.api.services import Cursor, Limit, Services, Use
from app.storage.reading import claims as claims_in
from app.storage.reading.pages import Page

router = APIRouter(prefix="/claims", tags=["claims"])


@router.get("")
def list_claims(use: Use, wanted: WantedClaims, limit: Limit = 50, cursor: Cursor = None) -> PageOut[NearClaimOut] | PageOut[ClaimOut]:
    """Claims, last stored first, or with `q` nearest first; `since` is the earliest time of publication."""
    if wanted.words is None:
        with use.parts.database.read() as session:
            page = claims_page(session, wanted, limit, cursor)
        return PageOut[ClaimOut](items=[claim_out(claim, use.name_of) for claim in page.items], next_cursor=page.next_cursor)
    vector = encode_query(use, wanted.words)
    with use.parts.database.read() as session:
        return _near(page_of_ranking(ranking(session, use, vector, wanted.admits), limit, cursor), use)


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
        vector = claims_in.vector(session, claim.number, use.parts.encoder.id)
        found = ranking(session, use, vector, lambda other: other.id != id) if vector is not None else []
    return _near(page_of_ranking(found, limit, cursor), use)


def _near(page: Page[Ranked], use: Services) -> PageOut[NearClaimOut]:
    items = [NearClaimOut(**claim_fields(claim, use.name_of), similarity=round(similarity, 4)) for claim, similarity in page.items]
    return PageOut[NearClaimOut](items=items, next_cursor=page.next_cursor)
