"""Days and times held against each other."""

from dataclasses import replace
from datetime import timedelta

from app.claims.claim import DateMention
from app.claims.dates import dates_compatible
from app.relations.finding import Finding, Verdict
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.subjects import index_at, nearness

# Dates further apart than this belong to different occasions rather than to one disputed day, unless whole years are named.
# Source: mini-stories (a date far off is background: "in 2017", "two years ago").
_ONE_OCCASION = timedelta(days=120)
_OTHER_OCCASION_WEIGHT = 0.3
# Of two dates one may be this many times vaguer: "Friday" is not held against "2017". Source: decision.
_VAGUER_TIMES = 12
_VAGUER_WEIGHT = 0.4
_NO_CONTEXT_WEIGHT = 0.15  # nothing beside the dates says that they date the same thing
_FITS_BONUS = 0.3  # a fitting date beats a parting one nearly as close: the other date is another matter


def _say(date: DateMention) -> str:
    return " ".join(date.text.split())


def _placed(date: DateMention, reading: Reading) -> DateMention:
    """ "Not until the 13th" is from the 13th on, not up to it."""
    if date.bound == "until" and index_at(reading, date.span.start_char) in reading.negated:
        return replace(date, bound="from")
    return date


def _fits(a: DateMention, b: DateMention) -> bool:
    if a.bound == b.bound == "until" and a.end - a.start <= timedelta(days=1) and b.end - b.start <= timedelta(days=1):
        return a.start < b.end and b.start < a.end  # two deadlines
    return dates_compatible(a, b)


def _weigh_parted(a: DateMention, b: DateMention) -> float:
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    weight = 1.0
    if longer > _VAGUER_TIMES * max(shorter, timedelta(hours=20)):
        weight *= _VAGUER_WEIGHT
    whole_years = shorter >= timedelta(days=360)
    if not whole_years and max(a.start, b.start) - min(a.end, b.end) > _ONE_OCCASION:
        weight *= _OTHER_OCCASION_WEIGHT
    return weight


class DateComparator:
    """Dates as intervals; "early March" and 3 March agree."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Agrees where two dates fit, parts where the closest placed ones do not; None without a date in both."""
        if not (a.dates and b.dates):
            return None
        ra, rb = read(a), read(b)
        best: tuple[float, bool, Finding] | None = None
        for da in (_placed(d, ra) for d in a.dates):
            for db in (_placed(d, rb) for d in b.dates):
                fits = _fits(da, db)
                around = nearness(ra, index_at(ra, da.span.start_char), rb, index_at(rb, db.span.start_char))
                weight = 0.3 + 0.7 * around if around or fits else _NO_CONTEXT_WEIGHT
                if not fits:
                    weight *= _weigh_parted(da, db)
                detail = f"{_say(da)} and {_say(db)} fit together" if fits else f"{_say(da)} against {_say(db)}"
                finding = Finding(ReasonType.DATE, Verdict.AGREE if fits else Verdict.PART, da.span, db.span, detail, weight)
                key = (round(weight + (_FITS_BONUS if fits else 0.0), 9), fits)
                if best is None or key > best[:2]:
                    best = (*key, finding)
        return best[2] if best else None
