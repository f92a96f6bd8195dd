"""Readers' comments in a web page, found by how pages mark them, and cut out."""

import re

from lxml.html import HtmlElement

# Source: names in the markup of common comment systems (WordPress, Disqus, Viafoura, OpenWeb, Coral, Livefyre, Facebook).
_NAMED = re.compile(
    r"(?:^|[-_])(?:(?:reader|user)s?[-_]?)?(?:comments?|responses|talkbacks?|discussion|replies|disqus|livefyre|viafoura|openweb|spotim|coral)"
    r"(?:$|[-_])(?!count|link|open|closed|off|on\b|enabled|disabled|button|icon|number|policy)",
    re.IGNORECASE,
)
_CAMEL_NAMED = re.compile(r"[a-z](?:Comments?|Talkbacks?|Discussion)(?:$|[A-Z](?!ount|ink|utton|con))")
_STATES_OF_A_PAGE = re.compile(r"^(?:no|has|with|without|open|show|hide|enable|disable|closed|single|post)[-_]", re.IGNORECASE)
_HEADED = re.compile(
    r"(?:(?:view|see|show|all|read|latest|top|\d[\d,]*)\s+)*(?:(?:readers?|users?|visitors?)['’]?s?\s+)?"
    r"(?:comments?|responses|talkbacks?|discussion|join the (?:conversation|discussion)|what do you think\??|leave a (?:reply|comment)|"
    r"have your say)\s*(?:\(\s*[\d,]+\s*\)|[\d,]+)?\s*:?",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE_PAGE = frozenset({"html", "body", "main", "head"})


def remove_comments(tree: HtmlElement) -> None:
    """Cuts readers' comments out of `tree`, in place; an element that holds the headline is never one."""
    doomed = [element for element in tree.iter() if isinstance(element.tag, str) and _holds_comments(element)]
    for element in doomed:
        _remove(element)
    for heading in list(tree.iter(*_HEADINGS)):
        title = "".join(heading.itertext()).strip()
        if len(title) <= 60 and _HEADED.fullmatch(" ".join(title.split())):
            _remove_headed(heading)


def _holds_comments(element: HtmlElement) -> bool:
    if element.tag in _WHOLE_PAGE:
        return False
    if element.get("itemprop") == "comment" or "schema.org/Comment" in (element.get("itemtype") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}".split()
    return any((_NAMED.search(name) or _CAMEL_NAMED.search(name)) and not _STATES_OF_A_PAGE.match(name) for name in names)


def _remove(element: HtmlElement) -> None:
    holds_the_story = element.find(".//h1") is not None or (
        element.find(".//article//p") is not None and not _only_comment_articles(element)
    )
    if element.getparent() is not None and not holds_the_story:
        element.drop_tree()


def _only_comment_articles(element: HtmlElement) -> bool:
    """Whether every article within is one comment, as some systems mark them up."""
    return all(_holds_comments(article) for article in element.iter("article") if article is not element)


def _remove_headed(heading: HtmlElement) -> None:
    """Cuts a heading such as "Comments (12)" and what it heads."""
    parent = heading.getparent()
    if parent is None:
        return
    if parent.tag in ("section", "div", "aside") and heading.getprevious() is None and parent.find(".//article") is None:
        parent.drop_tree()
        return
    while (follower := heading.getnext()) is not None and follower.tag not in _HEADINGS:
        follower.drop_tree()
    heading.drop_tree()
