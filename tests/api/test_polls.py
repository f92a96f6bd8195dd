"""Polls that were asked before: the answer kept for them is never older than the request, and only so many are kept."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from app.api import polls as module
from app.api.polls import Polls, Question
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet
from app.storage.database import Database
from app.storage.reading.conflicts import Filter
from tests.service import conflicts, post, running
from tests.storage import schema
from tests.storage.test_conflicts import made, save

LONG = "The evacuation of the Tarn opera house took about 45 minutes on Saturday evening."
SHORT = "The evacuation of the Tarn opera house took 20 minutes on Saturday evening."
NOBODY = OutletDirectory()


def question(query: str = "", outlets: OutletDirectory = NOBODY) -> Question:
    """The question that a query string without a filter is."""
    return Question(query.encode(), query, Filter(), 50, None, None, outlets)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An embedded store with the newest schema."""
    found = Database(f"sqlite:///{tmp_path / 'store.db'}")
    schema.upgrade(found)
    yield found
    found.close()


def ask(database: Database, *questions: Question, tag: str | None = None) -> list[Response]:
    """The answers to what is asked at once of polls that kept nothing yet."""

    async def asked() -> list[Response]:
        polls = Polls(database, lambda: NOBODY)
        return await asyncio.gather(*(polls.answer(one, tag) for one in questions))

    return asyncio.run(asked())


class Counted:
    """Counts how often something is called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str):
        self.calls = 0
        really: Callable[..., object] = getattr(module, name)

        def counted(*given: object, **named: object) -> object:
            self.calls += 1
            return really(*given, **named)

        monkeypatch.setattr(module, name, counted)


def part(client: TestClient) -> str:
    """Two outlets that differ on one figure; the id of the conflict they make."""
    post(client, "Harrow Dispatch", LONG)
    post(client, "Tarn Echo", SHORT)
    return str(conflicts(client)[0]["id"])


def test_a_poll_asked_again_is_answered_alike_to_the_byte(client: TestClient) -> None:
    part(client)
    for query in ("", "?limit=1", "?status=open&outlet=Tarn%20Echo", "?min_severity=0.01"):
        first, again = (client.get(f"/v1/conflicts{query}") for _ in range(2))
        assert first.status_code == again.status_code == 200
        assert first.content == again.content
        assert dict(first.headers) == dict(again.headers)
        assert first.headers["cache-control"] == "no-cache"
        unchanged = client.get(f"/v1/conflicts{query}", headers={"If-None-Match": first.headers["etag"]})
        assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", first.headers["etag"])


def test_after_every_kind_of_change_no_answer_is_the_old_one(client: TestClient) -> None:
    tag, body = "", b""

    def fresh() -> bytes:
        nonlocal tag, body
        changed = client.get("/v1/conflicts", headers={"If-None-Match": tag})
        assert changed.status_code == 200
        assert changed.content != body
        assert client.get("/v1/conflicts").content == changed.content
        tag, body = changed.headers["etag"], changed.content
        assert client.get("/v1/conflicts", headers={"If-None-Match": tag}).status_code == 304
        return body

    fresh()
    conflict = part(client)
    fresh()
    client.patch(f"/v1/conflicts/{conflict}", json={"note": "looked at"})
    assert b"looked at" in fresh()
    post(client, "Ostmere Post", SHORT.replace("20 minutes", "three hours"))
    assert b"Ostmere Post" in fresh()
    article = post(client, "Tarn Echo", LONG)
    fresh()
    client.delete(f"/v1/articles/{article['id']}")
    assert client.get("/v1/conflicts").json()["items"] == [client.get(f"/v1/conflicts/{conflict}").json()]


def test_an_outlet_that_is_renamed_goes_by_its_new_name_at_once(client: TestClient) -> None:
    part(client)
    assert b"Tarn Echo" in client.get("/v1/conflicts?outlet=tarn-echo").content
    assert client.post("/v1/outlets", json={"name": "TARN Echo", "aliases": ["Echo of Tarn"]}).status_code == 200
    found = client.get("/v1/conflicts?outlet=tarn-echo").content
    assert b"TARN Echo" in found
    assert b"Tarn Echo" not in found


def test_a_name_that_comes_to_mean_an_outlet_narrows_by_it_from_then_on(client: TestClient) -> None:
    part(client)
    assert conflicts(client, outlet="Echo of Tarn") == []
    client.post("/v1/outlets", json={"name": "Tarn Echo", "aliases": ["Echo of Tarn"]})
    assert len(conflicts(client, outlet="Echo of Tarn")) == 1


def test_a_closed_conflict_whose_article_is_withdrawn_loses_its_relation_though_it_does_not_change(client: TestClient) -> None:
    conflict = part(client)
    article = post(client, "Tarn Echo", LONG)
    before = client.get("/v1/conflicts").json()["items"]
    client.delete(f"/v1/articles/{article['id']}")
    after = client.get("/v1/conflicts").json()["items"]
    assert [item["id"] for item in before] == [item["id"] for item in after] == [conflict]
    assert after[0] == client.get(f"/v1/conflicts/{conflict}").json()


def test_what_is_wrong_stays_wrong_when_it_is_asked_again(client: TestClient) -> None:
    for query in ("limit=0", "since=nonsense", "cursor=nonsense", "status=forgotten", "min_severity=2"):
        for _ in range(2):
            answer = client.get(f"/v1/conflicts?{query}")
            assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.usefixtures("each_database")
def test_what_somebody_with_a_key_asked_is_not_told_to_somebody_without(tmp_path: Path) -> None:
    with running(tmp_path, api_keys=("a long secret",)) as client:
        for given, status in (
            ("Bearer a long secret", 200),
            (None, 401),
            ("Bearer another", 401),
            ("Basic a long secret", 401),
            ("bearer a long secret", 200),
        ):
            answer = client.get("/v1/conflicts", headers={"Authorization": given} if given else {})
            assert answer.status_code == status
            assert ("www-authenticate" in answer.headers) == (status == 401)


def test_those_who_ask_at_once_share_one_look_and_one_rendering(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, renderings = Counted(monkeypatch, "seen"), Counted(monkeypatch, "conflicts_shown")
    answers = ask(database, *[question()] * 20)
    assert {answer.status_code for answer in answers} == {200}
    assert renderings.calls == 1
    assert looks.calls == 2


def test_without_a_commit_the_database_is_asked_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save(database, made("con_a"))
    looks = Counted(monkeypatch, "seen")

    async def asked() -> None:
        polls = Polls(database, lambda: NOBODY)
        for _ in range(3):
            first = await polls.answer(question(), None)
            assert (await polls.answer(question(), first.headers["etag"])).status_code == 304
        assert looks.calls == 2
        save(database, made("con_b"))
        assert b"con_b" in (await polls.answer(question(), first.headers["etag"])).body
        assert looks.calls == 4

    asyncio.run(asked())


def test_while_a_commit_is_under_way_nothing_is_taken_for_what_is_stored_after_it(database: Database) -> None:
    before = database.commits
    seen_inside: list[int | None] = []
    under_way, go_on = threading.Event(), threading.Event()
    database_commits = type(database).commits

    def write() -> None:
        with database.write() as session:
            really = session.commit

            def commit() -> None:
                seen_inside.append(database_commits.fget(database))  # type: ignore[attr-defined]
                under_way.set()
                go_on.wait(10)
                really()

            session.commit = commit  # type: ignore[method-assign]

    writer = threading.Thread(target=write)
    writer.start()
    assert under_way.wait(10)
    assert seen_inside == [None]
    go_on.set()
    writer.join()
    assert database.commits not in (None, before)


def test_only_so_many_answers_are_kept_and_those_asked_for_longest_ago_go(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUESTIONS", 3)

    async def asked() -> list[bool]:
        polls = Polls(database, lambda: NOBODY)
        for query in ("a=1", "a=2", "a=3", "a=1", "a=4"):
            await polls.answer(question(query), None)
        return [polls.asked_before(f"a={number}".encode()) is not None for number in (1, 2, 3, 4)]

    assert asyncio.run(asked()) == [True, False, True, True]


def test_only_so_many_bytes_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save(database, *(made(f"con_{number}") for number in range(3)))
    size = len(ask(database, question())[0].body)
    monkeypatch.setattr(module, "BODIES_BYTES", 2 * size)

    async def asked() -> list[bool]:
        polls = Polls(database, lambda: NOBODY)
        for query in ("a=1", "a=2", "a=3"):
            await polls.answer(question(query), None)
        return [polls.asked_before(f"a={number}".encode()) is not None for number in (1, 2, 3)]

    assert asyncio.run(asked()) == [False, True, True]


def test_a_question_understood_by_other_outlets_is_not_the_same_question(database: Database) -> None:
    known = [NOBODY]

    async def asked() -> None:
        polls = Polls(database, lambda: known[0])
        await polls.answer(question(), None)
        assert polls.asked_before(b"") is not None
        known[0] = NOBODY.with_outlet(Outlet("tarn-echo", "Tarn Echo"))
        assert polls.asked_before(b"") is None
        await polls.answer(question(outlets=known[0]), None)
        assert polls.asked_before(b"") is not None

    asyncio.run(asked())
