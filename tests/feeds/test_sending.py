"""Sending one request: to the address that was checked, within its time, no further than one answer."""

import itertools
import threading

import pytest

from app.feeds.sending import Answer, HttpSender
from tests.feeds.receiving import receiver
from tests.ports import free_port


def send(url: str, *, private: bool = True, seconds: float = 10.0) -> Answer:
    """One request with a small body."""
    return HttpSender(private=private, seconds=seconds).post(url, {"webhook-id": "msg_1"}, b"{}")


def test_what_is_sent_arrives_and_the_answer_is_told() -> None:
    with receiver() as found:
        found.answers = [200, 503]
        assert [send(found.url), send(found.url)] == [Answer(200), Answer(503)]
    headers, body = found.came[0]
    assert (headers["webhook-id"], body) == ("msg_1", b"{}")


def test_by_default_nothing_is_sent_to_this_machine() -> None:
    with receiver() as found:
        for url in (found.url, found.url.replace("127.0.0.1", "localhost"), found.url.replace("127.0.0.1", "[::ffff:7f00:1]")):
            answer = send(url, private=False)
            assert answer.status_code is None
            assert str(answer.error).startswith("not sent: ")
    assert found.came == []


def test_a_name_is_asked_for_once_and_connected_to_where_it_was_checked() -> None:
    with receiver() as found:
        asked: list[str] = []

        def rebinding(host: str, port: int) -> list[str]:
            """Public when it is checked; inside if it were asked for again."""
            asked.append(host)
            return ["127.0.0.1"]

        sender = HttpSender(private=True, seconds=10, ask=rebinding)
        assert sender.post(found.url.replace("127.0.0.1", "desk.example"), {}, b"{}") == Answer(204)
    assert asked == ["desk.example"]
    assert found.came[0][0]["host"].startswith("desk.example:")


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiver() as found, receiver() as other:
        found.answers, found.location = [307], other.url
        assert send(found.url) == Answer(307)
    assert other.came == []


def test_an_answer_without_an_end_is_not_read_to_it() -> None:
    with receiver() as found:
        found.answers, found.drip = [200], threading.Event()
        clock = itertools.count(0, 0.5)
        sender = HttpSender(private=True, seconds=8, clock=lambda: next(clock))
        answer = sender.post(found.url, {}, b"{}")
    assert answer == Answer(None, "no answer within 8 seconds")


def test_nobody_there_is_told_as_such() -> None:
    answer = send(f"http://127.0.0.1:{free_port()}/")
    assert answer.status_code is None
    assert "ConnectError" in str(answer.error)


def test_a_name_without_an_address_is_told_as_such() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    assert HttpSender(private=True, seconds=1, ask=unknown).post("https://desk.example/", {}, b"") == Answer(
        None, "OSError: Name or service not known"
    )


@pytest.mark.parametrize("url", ["nonsense", "https://user@desk.example/"])
def test_what_cannot_be_sent_to_is_an_answer_too(url: str) -> None:
    assert str(send(url).error).startswith("not sent: ")
