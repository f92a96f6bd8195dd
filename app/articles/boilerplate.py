"""Which sentences stand beside the story."""

import re

from app.articles.credits import is_byline, is_credit, is_only_names, is_photo_credit
from app.articles.datelines import credited_agency, dateline, dateline_agency
from app.articles.notices import is_label, is_notice

__all__ = ["credited_agency", "dateline", "dateline_agency", "is_boilerplate"]

_REPORTS = re.compile(r"\b(?:said|says|told|asked|according to|wrote|tweeted|announced|argued|warned)\b|[“”\"]")


def is_boilerplate(sentence: str, paragraph: str, count: int = 2) -> bool:
    """Whether no reader would take `sentence` for part of the story.

    `paragraph` is the whole paragraph it stands in, `count` the article's number of paragraphs: the only paragraph of an
    article is never taken for a caption or a name. A sentence that reports somebody's words is never a notice. A dateline
    does not make a sentence boilerplate.
    """
    if not any(map(str.isalpha, sentence)):
        return True
    alone = sentence == paragraph
    if alone and (is_label(sentence) or is_byline(sentence)):
        return True
    if is_credit(sentence) or is_photo_credit(sentence):
        return True
    if is_notice(sentence) and not _REPORTS.search(sentence):
        return True
    return alone and count > 1 and is_only_names(sentence)
