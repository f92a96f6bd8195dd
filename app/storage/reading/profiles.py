"""What an outlet does: what it carries and copies, whom it quotes, what it carries first."""

from dataclasses import dataclass

from sqlalchemy import func, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.claims.claim import Voice
from app.conflicts.conflict import Status
from app.conflicts.positions import source_name
from app.storage.reading.claims import ALIVE, by_numbers
from app.storage.reading.outlets import Cell, cells_of
from app.storage.tables import ArticleRow, ClaimRow, ClusterRow, ConflictOutletRow, ConflictRow, RelationRow, SpeakerRow

SHOWN = 10


@dataclass(frozen=True)
class Quoted:
    """A source that an outlet's claims are attributed to first: its name, what it is, and in how many claims."""

    name: str
    kind: str
    claims: int


@dataclass(frozen=True)
class Profile:
    """What an outlet does, in live articles and claims.

    `copied` of its claims are the words of another outlet that carried them earlier. `first` are the clusters of several outlets
    whose earliest claim goes back to it, last changed first and at most SHOWN; `first_count` is how many there are. `quoted`: at
    most SHOWN, most quoted first. `cells` as in `cells_of`.
    """

    articles: int
    own: int
    reported: int
    copied: int
    clusters: int
    open_conflicts: int
    first_count: int
    first: tuple[ClusterRow, ...]
    quoted: tuple[Quoted, ...]
    cells: tuple[Cell, ...]

    @property
    def claims(self) -> int:
        """How many claims it carries."""
        return self.own + self.reported

    @property
    def wire_share(self) -> float:
        """The share of its claims that it copied, 0..1; 0 when it has none."""
        return self.copied / self.claims if self.claims else 0.0


def profile(session: Session, outlet_id: str) -> Profile:
    """An outlet's profile; all zeros for one that only was quoted or registered."""
    published = (
        select(func.count()).select_from(ArticleRow).where(ArticleRow.outlet_id == outlet_id, col(ArticleRow.withdrawn_at).is_(None))
    )
    voices = dict(
        session.exec(select(ClaimRow.voice, func.count()).where(ClaimRow.outlet_id == outlet_id, ALIVE).group_by(ClaimRow.voice)).all()
    )
    clusters = select(func.count(func.distinct(ClaimRow.cluster_id))).where(ClaimRow.outlet_id == outlet_id, ALIVE)
    alive = (Status.OPEN.value, Status.ACKNOWLEDGED.value)
    conflicts = (
        select(func.count())
        .select_from(ConflictOutletRow)
        .join(ConflictRow, col(ConflictRow.id) == col(ConflictOutletRow.conflict_id))
        .where(ConflictOutletRow.outlet_id == outlet_id, col(ConflictRow.status).in_(alive))
    )
    first = (ClusterRow.first_outlet_id == outlet_id, col(ClusterRow.outlet_count) > 1)
    newest = select(ClusterRow).where(*first).order_by(col(ClusterRow.updated_at).desc(), col(ClusterRow.id).desc()).limit(SHOWN)
    return Profile(
        articles=session.exec(published).one(),
        own=voices.get(Voice.OWN.value, 0),
        reported=voices.get(Voice.REPORTED.value, 0),
        copied=_copied(session, outlet_id),
        clusters=session.exec(clusters).one(),
        open_conflicts=session.exec(conflicts).one(),
        first_count=session.exec(select(func.count()).select_from(ClusterRow).where(*first)).one(),
        first=tuple(session.exec(newest)),
        quoted=tuple(_quoted(session, outlet_id)),
        cells=tuple(cells_of(session, outlet_id)),
    )


def _copied(session: Session, outlet_id: str) -> int:
    """How many of the outlet's claims are wire copies of a claim that was published before them (of two of one moment: by id)."""
    own, other = aliased(ClaimRow), aliased(ClaimRow)
    before = tuple_(col(other.published_at), col(other.id)) < tuple_(col(own.published_at), col(own.id))
    copies = [
        select(RelationRow.a)
        .join(other, col(other.id) == col(there))
        .where(col(here) == col(own.id), col(RelationRow.wire_copy), before)
        .correlate(own)
        .exists()
        for here, there in ((RelationRow.a, RelationRow.b), (RelationRow.b, RelationRow.a))
    ]
    query = select(func.count()).select_from(own).where(own.outlet_id == outlet_id, col(own.withdrawn_at).is_(None), or_(*copies))
    return session.exec(query).one()


def _quoted(session: Session, outlet_id: str) -> list[Quoted]:
    """Whom the outlet quotes most, anonymous and unresolved sources ("officials", "he") by the words they are called by."""
    count = func.count()
    query = (
        select(count, func.max(SpeakerRow.claim_number))
        .join(ClaimRow, col(ClaimRow.number) == col(SpeakerRow.claim_number))
        .where(ClaimRow.outlet_id == outlet_id, SpeakerRow.position == 0)
        .group_by(SpeakerRow.folded_name)
        .order_by(count.desc(), col(SpeakerRow.folded_name))
        .limit(SHOWN)
    )
    rows = session.exec(query).all()
    shown = by_numbers(session, [number for _, number in rows])
    found = []
    for claims, number in rows:
        speaker = shown[number].claim.speaker
        found.append(Quoted(source_name(shown[number]) or "", speaker.kind.value if speaker else "", claims))
    return found
