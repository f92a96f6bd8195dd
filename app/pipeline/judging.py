"""Finding the pairs worth judging, and judging them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.articles.document import Span
from app.claims.claim import StoredClaim
from app.clusters.copies import copied_articles, held, verbatim
from app.clusters.gate import Gate
from app.relations.judge import Pair, RelationJudge
from app.relations.judged import JudgedPair
from app.relations.relation import Reason, ReasonType, Relation, RelationKind
from app.relations.statements import statement_of
from app.vectors.encoder import Vectors

# Source: decision; only spares comparing the letters of claims that cannot be copies. A dateline alone costs 0.15.
COPY_MIN_SIMILARITY = 0.75
# Source: decision; the same words say the same thing, whatever the judge makes of them.
COPY_SCORE = 0.99
# Two statements compared alone agree at a lower score; an agreement that binds claims of many articles into one cluster must be surer.
# Source: measured on stories told by several outlets: at 0.5 the open questions of one event ran together, at 0.6 they stayed apart.
BINDING_MIN_SCORE = 0.6
# Likewise a contradiction that no comparator can show the place of: among all the pairs of kin articles strangers are many.
# Source: measured on the same stories; of such contradictions scored below this about one in two was none.
UNSHOWN_MIN_SCORE = 0.85
BLOCK_ROWS = 512
SIMILARITY_DECIMALS = 5


@dataclass(frozen=True)
class Candidate:
    """Two claims that passed the gate, ids in order, with their similarity."""

    a: StoredClaim
    b: StoredClaim
    similarity: float


def candidate(a: StoredClaim, b: StoredClaim, similarity: float) -> Candidate:
    """A candidate with its ends in order; the similarity is rounded, so that no last bit of a product decides."""
    similarity = round(similarity, SIMILARITY_DECIMALS)
    return Candidate(a, b, similarity) if a.id < b.id else Candidate(b, a, similarity)


def among(claims: Sequence[StoredClaim], vectors: Vectors, gate: Gate, min_similarity: float, count: int) -> list[Candidate]:
    """The pairs within `claims` that pass the gate; for each claim at most `count` nearest ones are looked at."""
    found: dict[tuple[str, str], Candidate] = {}
    for start in range(0, len(claims), BLOCK_ROWS):
        block = vectors[start : start + BLOCK_ROWS] @ vectors.T
        for offset, row in enumerate(block):
            here = start + offset
            near = [int(at) for at in (row >= min_similarity).nonzero()[0] if at != here]
            for at in sorted(near, key=lambda at: (-row[at], claims[at].id))[:count]:
                if gate.admits(claims[here], claims[at], float(row[at])):
                    pair = candidate(claims[here], claims[at], float(row[at]))
                    found[pair.a.id, pair.b.id] = pair
    return [found[key] for key in sorted(found)]


def judge_all(candidates: Sequence[Candidate], copies: Collection[tuple[str, str]], judge: RelationJudge) -> list[JudgedPair]:
    """The relations that say something, with reason spans in the articles' text; those in `copies` are marked as wire copies."""
    claims = {claim.id: claim for pair in candidates for claim in (pair.a, pair.b)}
    statements = {claim_id: statement_of(claim) for claim_id, claim in claims.items()}
    relations = judge.judge([Pair(statements[pair.a.id], statements[pair.b.id], pair.similarity) for pair in candidates])
    found = []
    for pair, relation in zip(candidates, relations, strict=True):
        copied = (pair.a.id, pair.b.id) in copies
        if _tells(relation):
            found.append(_judged(pair, relation, wire_copy=copied))
        elif copied:
            found.append(JudgedPair(pair.a.id, pair.b.id, RelationKind.CORROBORATES, COPY_SCORE, wire_copy=True))
    return found


def _tells(relation: Relation) -> bool:
    """Whether a relation is worth keeping: an update, an agreement sure enough to bind, a contradiction shown or sure enough without."""
    if relation.kind in (RelationKind.CORROBORATES, RelationKind.REFINES):
        return relation.score >= BINDING_MIN_SCORE
    if relation.kind is RelationKind.CONTRADICTS and all(reason.type is ReasonType.MODEL for reason in relation.reasons):
        return relation.score >= UNSHOWN_MIN_SCORE
    return relation.kind is not RelationKind.UNRELATED


def wire_copies(candidates: Sequence[Candidate], claim_counts: Mapping[str, int]) -> frozenset[tuple[str, str]]:
    """Claim pairs (ids in order) of which one republishes the other's words, in articles that share much of their text."""
    same = [(pair.a, pair.b) for pair in candidates if pair.similarity >= COPY_MIN_SIMILARITY and verbatim(pair.a, pair.b)]
    articles = copied_articles(same, claim_counts)
    copied = {(a.id, b.id) for a, b in same}
    between = [(pair.a, pair.b) for pair in candidates if tuple(sorted((pair.a.article_id, pair.b.article_id))) in articles]
    return frozenset((a.id, b.id) for a, b in between if (a.id, b.id) in copied or held(a, b))


def _judged(pair: Candidate, relation: Relation, *, wire_copy: bool) -> JudgedPair:
    reasons = tuple(
        Reason(reason.type, _in_article(pair.a, reason.a_span), _in_article(pair.b, reason.b_span), reason.detail)
        for reason in relation.reasons
    )
    return JudgedPair(pair.a.id, pair.b.id, relation.kind, round(relation.score, 4), reasons, wire_copy)


def _in_article(stored: StoredClaim, span: Span | None) -> Span | None:
    """Where the words that a span of the claim's content covers stand in the article; None when they cannot be found."""
    if span is None:
        return None
    claim = stored.claim
    words = span.of(claim.content).casefold()
    start = claim.text.casefold().find(words) if words else -1
    # Folding may change lengths in some scripts; a place that does not hold the words is worse than none.
    if start < 0 or claim.text[start : start + len(words)].casefold() != words:
        return None
    return Span(claim.span.start_char + start, claim.span.start_char + start + len(words))
