"""Whether a claim states, predicts or judges: what a record settles today, only later, or never.

- A *prediction* says what will happen, be it foretold, promised or threatened: nothing settles it before its time. An appointment or a
  measure decided on is none ("the summit will be held on Friday", "the law will require a licence"): that it is planned is so or not so
  today. A possibility ("prices could fall") is none either: `Certainty` tells it.
- An *opinion* is an evaluation or says what ought to be: nothing ever settles it. A belief about a fact ("believes the man drowned") is
  none, nor is an evaluation with a figure or a rank in it ("the worst flood since 1953"), which a record settles at least in part.
- Everything else is a *statement*, and so is whatever is not clear. Only the main clause counts.

Source: decision. L. Konstantinovskiy et al., "Towards Automated Factchecking" (2018), keep predictions as a kind of claim of their own and
opinions out of claims. The words were read off debates and news; the figures stand in models/attribution/CARD.md.
"""

import re

from app.claims.claim import ClaimType
from app.claims.main_clause import main_clause
from app.claims.opinions import judges, ought_at
from app.claims.predictions import cue_foretells, future_at

# With a capital it is a name, or opens a question or a headline.
_CAPITAL_WILL = re.compile(r"\bW(?:ill|ILL)\b")


def claim_type(content: str, cue: str = "", *, quoted: bool = False) -> ClaimType:
    """What kind of claim `content` is; `cue` is the attributing words ("predicted that"), empty in the writer's own voice.

    `quoted` says that the words are the speaker's very own, so that "would" means what it says. Empty content is a statement.
    """
    lower = _CAPITAL_WILL.sub("William", content).lower()
    main = main_clause(lower)
    future, ought = future_at(main, cue, reported=bool(cue) and not quoted), ought_at(main)
    if ought is not None and (future is None or ought < future):
        return ClaimType.OPINION
    if future is not None or cue_foretells(cue):
        return ClaimType.PREDICTION
    return ClaimType.OPINION if judges(lower, main, cue) else ClaimType.STATEMENT
