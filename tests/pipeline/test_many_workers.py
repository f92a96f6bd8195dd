"""Several workers on one PostgreSQL: nothing is lost, nothing is done twice, and who comes at once meets."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.api.services import Services
from app.main import Models, services_of
from app.outlets.outlet import Outlet
from app.relations.judge import Pair
from app.relations.relation import Relation
from app.relations.rules import RuleJudge
from app.storage.database import Database
from app.storage.queue import Queue
from app.storage.reading import articles as articles_in
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.writing import articles as articles_out
from app.storage.writing.articles import Incoming
from tests.made_claims import NOON
from tests.service import FAKE_MODELS, settings_for

pytestmark = pytest.mark.postgres
SAID = {
    "Tarn Echo": "The evacuation of the Tarn opera house took 45 minutes on Saturday evening.",
    "Radio Sava": "The evacuation of the Tarn opera house took 20 minutes on Saturday evening.",
    "Hill Courier": "The evacuation of the Tarn opera house took 44 minutes on Saturday evening.",
}


SAID_BY = {name: name.lower().replace(" ", "-") for name in SAID}.values()


@pytest.fixture(autouse=True)
def on_each_database() -> None:
    """Here everything is about PostgreSQL."""


@pytest.fixture
def each(postgres_copy: str, tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Makes processes' worth of services over one store; their workers are not started."""
    made: list[Services] = []

    def make(models: Models = FAKE_MODELS) -> Services:
        services = services_of(settings_for(tmp_path, database_url=postgres_copy), models)
        made.append(services)
        return services

    yield make
    for services in made:
        services.pipeline.release()
        services.parts.database.close()


def receive(database: Database, **said: str) -> list[str]:
    """Receives an article an outlet; their ids."""
    ids = []
    with database.write() as session:
        for name, body in said.items():
            outlet = Outlet(name.lower().replace(" ", "-"), name)
            article = Incoming(f"art_{outlet.id}", outlet, None, "", body, "en", NOON, content_hash=body)
            ids.append(articles_out.receive(session, article, NOON).id)
    return ids


def clusters(database: Database) -> list[set[str]]:
    """Which outlets' claims stand together."""
    with database.read() as session:
        found: dict[str | None, set[str]] = {}
        for claim in claims_in.page(session, 200, None).items:
            found.setdefault(claim.cluster_id, set()).add(claim.outlet_id)
    return sorted(found.values(), key=sorted)


class Meeting:
    """Judges that wait for each other the first time they are asked: whoever prepares then has not seen the others' claims."""

    id = RuleJudge().id

    def __init__(self, sides: int):
        self._barrier = threading.Barrier(sides, timeout=60)
        self._waited = threading.local()

    def judge(self, pairs: Sequence[Pair]) -> list[Relation]:
        if not getattr(self._waited, "done", False):
            self._waited.done = True
            self._barrier.wait()
        return RuleJudge().judge(pairs)


@contextmanager
def together(*work: Callable[[], object]) -> Iterator[list[object]]:
    """Runs all at once and waits; raises what one of them raised."""
    results: list[object] = [None] * len(work)
    errors: list[BaseException] = []

    def run(at: int) -> None:
        try:
            results[at] = work[at]()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    yield results


@pytest.mark.parametrize("catch_ups", [0, 2])
def test_near_duplicates_that_arrive_at_once_through_several_workers_end_in_one_cluster(
    each: Callable[..., Services], monkeypatch: pytest.MonkeyPatch, catch_ups: int
) -> None:
    monkeypatch.setattr("app.pipeline.story.CATCH_UPS", catch_ups)
    models = replace(FAKE_MODELS, judge=Meeting(len(SAID)))
    sides = [each(models) for _ in SAID]
    receive(sides[0].parts.database, **SAID)
    with together(*(lambda side=side: side.pipeline.process(1) for side in sides)) as done:
        assert all(len(ids) == 1 for ids in done), "each worker took one"  # type: ignore[arg-type]
    assert clusters(sides[0].parts.database) == [set(SAID_BY)]
    with sides[0].parts.database.read() as session:
        (conflict,) = conflicts_in.poll(session, conflicts_in.Filter(), 10, since=None, cursor=None).items
    assert {outlet for position in conflict.divergence.positions for outlet in position.outlet_ids} == set(SAID_BY)


def test_an_article_that_goes_while_its_near_duplicate_is_linked_leaves_no_trace(each: Callable[..., Services]) -> None:
    one, other = each(), each()
    database = one.parts.database
    ids = receive(database, **SAID)
    one.pipeline.process(2)
    with together(lambda: other.pipeline.process(1), lambda: one.pipeline.withdraw(ids[0])):
        pass
    assert clusters(database) == [{"radio-sava", "hill-courier"}]
    with database.read() as session:
        (conflict,) = conflicts_in.poll(session, conflicts_in.Filter(), 10, since=None, cursor=None).items
        assert all("tarn-echo" not in position.outlet_ids for position in conflict.divergence.positions)


def test_a_revision_that_comes_while_its_article_is_worked_at_is_what_stays(each: Callable[..., Services]) -> None:
    models = replace(FAKE_MODELS, judge=Meeting(2))
    one, other = each(models), each(models)
    database = one.parts.database
    receive(database, **{"Tarn Echo": SAID["Tarn Echo"]})
    first = threading.Thread(target=one.pipeline.process, args=(1,))
    first.start()
    while not one.pipeline._queue._number:
        time.sleep(0.01)
    receive(database, **{"Tarn Echo": "Trams in Tarn stopped at midnight."})
    other.pipeline.process(1)
    first.join()
    with database.read() as session:
        assert articles_in.get(session, "art_tarn-echo").status == "processed"
        assert [claim.claim.text for claim in claims_in.of_article(session, "art_tarn-echo")] == ["Trams in Tarn stopped at midnight."]


def taken(queue: Queue, limit: int = 10) -> list[str]:
    return [item.id for item in queue.take(limit)]


@pytest.fixture
def database(postgres_copy: str) -> Iterator[Database]:
    found = Database(postgres_copy)
    yield found
    found.close()


def test_no_two_workers_take_the_same_article_and_the_oldest_go_first(database: Database) -> None:
    ids = receive(database, **{f"Outlet {number}": "A ferry left." for number in range(9)})
    late, *queues = [Queue(database) for _ in range(4)]
    with together(*(lambda queue=queue: taken(queue, 3) for queue in queues)) as found:
        lists: list[list[str]] = found  # type: ignore[assignment]
        assert sorted(id for part in lists for id in part) == sorted(ids)
        assert all(part == sorted(part, key=ids.index) for part in lists)
    assert taken(late) == []
    for queue in (late, *queues):
        queue.release()


def test_a_worker_takes_again_what_it_did_not_finish(database: Database) -> None:
    ids = receive(database, **SAID)
    queue = Queue(database)
    assert taken(queue) == ids
    with database.write() as session:
        articles_out.finish(session, ids[1])
    assert taken(queue) == [ids[0], ids[2]]
    queue.release()


def test_a_lease_ends_with_its_connection(database: Database) -> None:
    ids = receive(database, **SAID)
    gone, other = Queue(database), Queue(database)
    assert taken(gone, 2) == ids[:2]
    assert taken(other) == ids[2:]
    with database.write() as session:
        killed = text(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND objid = :number"
        )
        assert session.execute(killed, {"number": gone._number}).scalar_one()
    assert taken(other) == ids, "what the killed one had falls to the others at once"
    with pytest.raises(Exception, match=r"terminat|closed"):
        gone.take(1)
    assert gone.take(1) == []
    other.release()
    # The server ends a connection's session, and its lock with it, once it notices that the connection is closed.
    found: list[str] = []
    for _ in range(200):
        found = taken(gone)
        if found:
            break
        time.sleep(0.05)
    gone.release()
    assert found == ids


def test_a_revision_is_free_for_all_though_the_article_is_leased(database: Database) -> None:
    (article,) = receive(database, **{"Tarn Echo": "A ferry left."})
    one, other = Queue(database), Queue(database)
    assert taken(one) == [article]
    receive(database, **{"Tarn Echo": "No ferry left."})
    assert taken(other) == [article]
    one.release()
    other.release()
