import pytest

from app.articles.html import text_of_html
from app.errors import InvalidInput

LEAD = "The ferry Alma sank on Sunday morning near Skarholm, and the harbor master said that forty people had been aboard."
SECOND = "Divers from three towns searched the wreck until nightfall, while relatives waited on the quay for news of the missing."
THIRD = "The operator said the ship had passed its last inspection in the spring and had carried no more passengers than allowed."


def page(body: str, head: str = "<title>Ferry sinks off Skarholm | The Harbor Courier</title>") -> str:
    nav = '<nav><a href="/">Home</a><a href="/sea">Sea</a></nav>'
    article = f"<article><h1>Ferry sinks off Skarholm</h1><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{nav}{article}{body}<footer>All rights reserved</footer></body></html>"


def test_a_page_gives_its_headline_and_its_paragraphs() -> None:
    found = text_of_html(page(""))
    assert found.title == "Ferry sinks off Skarholm"
    assert found.text == f"{LEAD}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "section",
    [
        '<section id="comments"><h2>Comments</h2><div class="comment"><p>{}</p></div></section>',
        '<div class="reader-comments"><p>{}</p></div>',
        '<div class="readerComments"><p>{}</p></div>',
        '<ol class="comment-list"><li><article class="comment"><p>{}</p></article></li></ol>',
        "<section><h3>Comments (12)</h3><ul><li>{}</li></ul></section>",
        "<h2>Reader comments</h2><p>{}</p>",
        '<div id="talkbacks"><p>{}</p></div>',
        '<div id="disqus_thread"><p>{}</p></div>',
        '<div itemprop="comment"><p>{}</p></div>',
    ],
)
def test_readers_comments_are_left_out(section: str) -> None:
    opinion = "I was told by my cousin that the mayor himself had drilled the holes into the hull, and everybody in town knows it."
    text = text_of_html(page(section.format(opinion))).text
    assert "cousin" not in text
    assert THIRD in text


def test_a_page_that_only_says_it_takes_comments_keeps_its_article() -> None:
    html = page("").replace("<body>", '<body class="comments-open has-comments">').replace("<article>", '<article class="comments-closed">')
    assert LEAD in text_of_html(html).text


def test_scripts_styles_and_navigation_are_left_out() -> None:
    html = page('<script>alert("sunk")</script><style>p {color: red}</style><!-- hidden --><noscript>turn it on</noscript>')
    text = text_of_html(html).text
    assert not any(word in text for word in ("alert", "color", "hidden", "turn it on", "Home", "rights reserved"))


def test_a_short_page_keeps_its_sentences_whole() -> None:
    html = "<p>The <b>ferry</b> sank on <i>Sunday</i>.</p><script>x()</script><p>Nobody &amp; nothing was lost.</p>"
    assert text_of_html(html).text == "The ferry sank on Sunday.\n\nNobody & nothing was lost."


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    assert text_of_html("<div><p>The ferry <b>sank</div> on Sunday<p>Nobody died").text.startswith("The ferry sank")


def test_plain_text_sent_as_a_page_comes_back_as_it_is() -> None:
    assert text_of_html("The ferry sank.\n\nIt was 3 &lt; 4 o'clock.").text == "The ferry sank.\n\nIt was 3 < 4 o'clock."


def test_entities_of_the_document_itself_are_not_unfolded() -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>The ferry &b; sank.</p></body></html>'
    text = text_of_html(bomb).text
    assert "sank" in text
    assert "ha" not in text


def test_what_no_text_may_hold_is_dropped_from_a_page() -> None:
    assert text_of_html("<p>The\x00 ferry\ud800 sank\x07.</p>").text == "The ferry sank."


def test_a_page_of_a_hundred_thousand_elements_is_read() -> None:
    assert text_of_html("<p>The ferry sank.</p>" * 100_000).text.count("ferry") == 100_000


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n ",
        "<html><body></body></html>",
        "<html><body><script>var ferry = 1</script><nav><a>Home</a></nav></body></html>",
        '<section class="comments"><p>First!</p></section>',
        "<p>🔥 1 2 3</p>",
        "<!--" * 10_000,
        "<div>" * 20_000 + "The ferry sank." + "</div>" * 20_000,
        "<b>" * 20_000,
    ],
    ids=["nothing", "blank", "empty", "script", "comments", "wordless", "comment", "nest", "inline nest"],
)
def test_a_page_without_anything_to_read_names_the_field(html: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        text_of_html(html)
    assert caught.value.errors[0].loc == ("html",)


def test_a_page_that_cannot_be_read_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InvalidInput):
        text_of_html("<html></html>")
    assert caplog.records == []
