"""Praise against blame of the same thing: a soft kind of divergence."""

from functools import lru_cache

from app.articles.document import Span
from app.relations.evaluative import BLAME, IDIOMS, PRAISE
from app.relations.finding import Finding, Verdict
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement

_WEIGHT = 0.6  # judgements of taste part less surely than facts. Source: decision.


@lru_cache(maxsize=16384)
def _tone(reading: Reading) -> tuple[int, Span | None]:
    """The balance of praise and blame (above or below 0) and the first word that carries it."""
    marks: list[tuple[int, Span]] = []
    for word in reading.tokens:
        value = (word.stem in PRAISE) - (word.stem in BLAME)
        if value and not word.name:
            marks.append((-value if word.index in reading.negated else value, word.span))
    low = reading.text.lower()
    marks += [(value, Span(at, at + len(words))) for words, value in IDIOMS if (at := low.find(words)) >= 0]
    balance = sum(value for value, _ in marks)
    return balance, next((span for value, span in marks if value * balance > 0), None)


class CharacterisationComparator:
    """Evaluative words of opposite polarity."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where one praises and the other blames, agrees where both lean the same way; None where one does not judge."""
        (tone_a, at_a), (tone_b, at_b) = _tone(read(a)), _tone(read(b))
        if at_a is None or at_b is None:
            return None
        if tone_a * tone_b > 0:
            return Finding(
                ReasonType.CHARACTERISATION,
                Verdict.AGREE,
                at_a,
                at_b,
                f'both judge alike: "{at_a.of(a.text)}", "{at_b.of(b.text)}"',
                _WEIGHT,
            )
        return Finding(
            ReasonType.CHARACTERISATION,
            Verdict.PART,
            at_a,
            at_b,
            f'"{at_a.of(a.text)}" against "{at_b.of(b.text)}": opposite judgements',
            _WEIGHT,
        )
