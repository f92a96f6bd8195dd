"""Time tells an update from a conflict: what the later statement replaces."""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.articles.document import Span
from app.claims.claim import DateMention, Quantity
from app.claims.dates import dates_compatible
from app.claims.quantities import admits
from app.relations.finding import Finding, Verdict
from app.relations.quantity import difference, sameness
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.words import each_word, stem

# Published closer together than this, neither can be called the later one. Source: decision; about the time a newsroom takes.
_TELLING_GAP = timedelta(hours=2)
# Counts that only grow while an event lasts.
_GROWING = frozenset(
    stem(w)
    for w in each_word(
        """
    kill die dead death toll body injure wound casualty arrest detain evacuate displace victim spend spent raise collect sign
    signature infect case confirm rescue recover found count
    """
    )
)


# Counts that only shrink while an event lasts.
_SHRINKING = frozenset(stem(w) for w in each_word("miss missing unaccounted trap strand hold remain still await"))


# What befell those counted, where the count moves one way alone.
_ONE_WAY = frozenset(each_word("killed injured missing arrested displaced infected rescued destroyed damaged vaccinated"))
# From here on the two figures surely count the same. Source: decision.
_SURE_WEIGHT = 0.3


@dataclass(frozen=True)
class Change:
    """That the later statement replaces the earlier. `weight` 0..1; spans and detail as in a Reason.

    `sure`: the times leave no doubt (a toll that rose, an earlier figure named as replaced), so that nothing is left to part on.
    """

    type: ReasonType
    a_span: Span
    b_span: Span
    detail: str
    weight: float
    sure: bool = False


def later(a: Statement, b: Statement) -> int:
    """1 when b was published tellingly later, -1 when a was, 0 when neither can be told."""
    if a.published_at is None or b.published_at is None:
        return 0
    gap = b.published_at - a.published_at
    return 1 if gap >= _TELLING_GAP else -1 if gap <= -_TELLING_GAP else 0


def change(a: Statement, b: Statement, findings: tuple[Finding, ...]) -> Change | None:
    """The strongest sign that one replaces the other; None without any. Needs words of change, or a growing count that grew."""
    order = later(a, b)
    if not order and not (read(a).strong_change or read(b).strong_change):
        return None
    options = []
    if order >= 0:
        options.append((_replaces(a, b, findings, order == 1), True))
    if order <= 0:
        options.append((_replaces(b, a, tuple(_swap(f) for f in findings), order == -1), False))
    found = [(c, forward) for c, forward in options if c is not None]
    if not found:
        return None
    best, forward = max(found, key=lambda pair: (pair[0].weight, pair[0].detail))
    return best if forward else replace(best, a_span=best.b_span, b_span=best.a_span)


def _swap(finding: Finding) -> Finding:
    return Finding(finding.type, finding.verdict, finding.b_span, finding.a_span, finding.detail, finding.weight)


def _replaces(old: Statement, new: Statement, findings: tuple[Finding, ...], surely_later: bool) -> Change | None:
    """Signs that `new` replaces `old`; `surely_later` when the times say so."""
    r_old, r_new = read(old), read(new)
    if not (surely_later or r_new.strong_change):
        return None
    figure = _figure_replaced(old, new, r_old, r_new)
    if figure is not None:
        return replace(figure, sure=surely_later)
    date = _date_replaced(old, new)
    if date is not None:
        return date
    parted = sorted((f for f in findings if f.verdict is Verdict.PART), key=lambda f: (-f.weight, f.type, f.a_span))
    if surely_later:
        for finding in sorted((f for f in findings if f.type is ReasonType.QUANTITY), key=lambda f: (-f.weight, f.a_span)):
            plain = finding.verdict is Verdict.PART or r_new.change is not None
            if plain and _moved_on(old, new, finding, r_old, r_new):
                detail = f"{finding.detail}; the later figure replaces the earlier"
                befell = _befell(old, finding.a_span)
                sure = befell is not None and befell == _befell(new, finding.b_span) and finding.weight >= _SURE_WEIGHT
                return Change(ReasonType.QUANTITY, finding.a_span, finding.b_span, detail, 0.5 + 0.4 * finding.weight, sure)
        if {ReasonType.QUANTITY, ReasonType.ANTONYM} <= {f.type for f in parted}:
            turn = next(f for f in parted if f.type is ReasonType.ANTONYM)
            return Change(turn.type, turn.a_span, turn.b_span, f"{turn.detail}; the later text tells a later move", 0.8)
    cue = r_new.strong_change or (r_new.change if surely_later else None)
    if cue is None:
        return None
    weight = 0.45 if r_new.strong_change else 0.2
    weight += 0.25 if surely_later else 0.0
    if parted:
        top = parted[0]
        return Change(
            top.type, top.a_span, top.b_span, f'{top.detail}; "{cue.of(new.text)}": the later replaces the earlier', min(1.0, weight + 0.1)
        )
    whole = Span(0, len(old.text))
    return Change(ReasonType.MODEL, whole, cue, f'"{cue.of(new.text)}": the later replaces the earlier', weight) if surely_later else None


def _figure_replaced(old: Statement, new: Statement, r_old: Reading, r_new: Reading) -> Change | None:
    """The new text names the old figure beside another of its kind: "from 22,000 to 26,500"."""
    if len(new.quantities) < 2 or not (r_new.change or r_new.strong_change):
        return None
    for mine in old.quantities:
        same = [q for q in new.quantities if _plain_equal(mine, q)]
        other = [q for q in new.quantities if q.unit == mine.unit and not admits(mine, q) and sameness(mine, q, r_old, r_new) > 0]
        if same and other:
            newer = other[0]
            return Change(
                ReasonType.QUANTITY,
                mine.span,
                newer.span,
                f"{difference(mine, newer)}; the later text gives the earlier figure as replaced",
                0.9,
            )
    return None


def _plain_equal(a: Quantity, b: Quantity) -> bool:
    return a.exact is not None and a.exact == b.exact and a.unit == b.unit


def _date_replaced(old: Statement, new: Statement) -> Change | None:
    if len(new.dates) < 2 or not (read(new).change or read(new).strong_change):
        return None
    for mine in old.dates:
        same = [d for d in new.dates if (d.start, d.end) == (mine.start, mine.end)]
        other: list[DateMention] = [d for d in new.dates if not dates_compatible(d, mine)]
        if same and other:
            return Change(
                ReasonType.DATE,
                mine.span,
                other[0].span,
                f"{mine.text} against {other[0].text}; the later text gives the earlier date as replaced",
                0.85,
            )
    return None


def _befell(statement: Statement, span: Span) -> str | None:
    """What befell those whom a figure counts, where that is a count that moves one way while an event lasts."""
    event = next((q.event for q in statement.quantities if q.span == span), None)
    return event if event in _ONE_WAY else None


def _moved_on(old: Statement, new: Statement, finding: Finding, r_old: Reading, r_new: Reading) -> bool:
    """Whether a count that only grows has grown, or one that shrinks (the missing) has shrunk."""
    q_old = next((q for q in old.quantities if q.span == finding.a_span), None)
    q_new = next((q for q in new.quantities if q.span == finding.b_span), None)
    if q_old is None or q_new is None or q_old.unit != q_new.unit:
        return False
    before, after = q_old.exact if q_old.exact is not None else q_old.low, q_new.exact if q_new.exact is not None else q_new.low
    if before is None or after is None or before == after:
        return False
    course = _GROWING if after > before else _SHRINKING
    return any(w.stem in course for w in (*r_old.tokens, *r_new.tokens))
