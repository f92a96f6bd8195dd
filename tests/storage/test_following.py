"""Who follows `since` sees every change once, in whatever order the transactions that made them began."""

import random
import threading
from collections.abc import Callable, Iterator

import pytest
from sqlmodel import Session

from app.conflicts.conflict import Between, Conflict, Divergence, Status
from app.storage.database import Database
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.conflicts import Filter
from app.storage.writing import conflicts as conflicts_out
from app.storage.writing.counters import CHANGES, next_number
from tests.made_claims import NOON

PATIENCE_SECONDS = 60
WRITERS, CHANGES_EACH = 4, 12


@pytest.fixture
def another(database: Database) -> Iterator[Callable[[], Database]]:
    """Makes further databases over the same store, with connections of their own, as other processes have."""
    made: list[Database] = []

    def make() -> Database:
        made.append(Database(database.url))
        return made[-1]

    yield make
    for other in made:
        other.close()


def conflict(name: str, headline: str = "A ferry left") -> Conflict:
    return Conflict(
        f"con_{name}", f"clu_{name}", Divergence(headline, "quantity", Between.OUTLETS, 0.5, (), ()), Status.OPEN, True, NOON, NOON
    )


def poll(database: Database, since: str) -> tuple[list[str], str]:
    """The headlines that changed, and the next cursor."""
    found: list[str] = []
    with database.read() as session:
        answer = conflicts_in.poll(session, Filter(), 3, since=since, cursor=None)
    found += [item.divergence.headline for item in answer.items]
    while answer.next_cursor:
        with database.read() as session:
            page = conflicts_in.poll(session, Filter(), 3, since=since, cursor=answer.next_cursor)
        found += [item.divergence.headline for item in page.items]
        answer = conflicts_in.Poll(page.items, page.next_cursor, answer.cursor)
    return found, answer.cursor


def start_of(database: Database) -> str:
    with database.read() as session:
        return conflicts_in.poll(session, Filter(), 1, since=None, cursor=None).cursor


def test_a_transaction_that_took_an_earlier_number_and_commits_later_is_not_skipped(
    database: Database, another: Callable[[], Database]
) -> None:
    since = start_of(database)
    numbered, may_commit, second_began = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with another().write() as session:
            conflicts_out.save(session, conflict("early"), None, ())
            numbered.set()
            assert may_commit.wait(PATIENCE_SECONDS)

    def second() -> None:
        own = another()
        assert numbered.wait(PATIENCE_SECONDS)
        second_began.set()
        with own.write() as session:
            conflicts_out.save(session, conflict("late", "No ferry left"), None, ())

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    assert second_began.wait(PATIENCE_SECONDS)
    threads[1].join(0.3)
    assert threads[1].is_alive(), "whoever comes second gets no number before the first has committed"
    seen, since = poll(database, since)
    assert seen == []
    may_commit.set()
    for thread in threads:
        thread.join()
    seen, since = poll(database, since)
    assert seen == ["A ferry left", "No ferry left"]
    assert poll(database, since)[0] == []


@pytest.mark.postgres
def test_numbers_wait_for_each_other_without_the_writers_lock_too(postgres_copy: str) -> None:
    database = Database(postgres_copy)
    try:
        with database.connect() as one, database.connect() as other:
            first = Session(one)
            assert next_number(first, CHANGES) == 1
            second = Session(other)
            found: list[int] = []
            waiting = threading.Thread(target=lambda: found.append(next_number(second, CHANGES)))
            waiting.start()
            waiting.join(0.3)
            assert waiting.is_alive()
            first.commit()
            waiting.join(PATIENCE_SECONDS)
            assert found == [2]
            second.commit()
    finally:
        database.close()


@pytest.mark.parametrize("seed", range(5))
def test_a_poller_sees_each_change_of_a_busy_run_once(database: Database, another: Callable[[], Database], seed: int) -> None:
    since = start_of(database)
    rng = random.Random(seed)
    plans = [
        [(f"{writer}-{number}", rng.random() < 0.3, rng.random() / 500) for number in range(CHANGES_EACH)] for writer in range(WRITERS)
    ]
    left = threading.Semaphore(0)

    def write(own: Database, plan: list[tuple[str, bool, float]]) -> None:
        pause = threading.Event()
        for name, fails, seconds in plan:
            try:
                with own.write() as session:
                    conflicts_out.save(session, conflict(name, name), None, ())
                    pause.wait(seconds)
                    if fails:
                        raise KeyError(name)
            except KeyError:
                pass
        left.release()

    threads = [threading.Thread(target=write, args=(another(), plan)) for plan in plans]
    for thread in threads:
        thread.start()
    seen: list[str] = []
    working = True
    while working:
        working = any(thread.is_alive() for thread in threads)
        found, since = poll(database, since)
        seen += found
    kept = [name for plan in plans for name, fails, _ in plan if not fails]
    assert sorted(seen) == sorted(kept)
    for plan in plans:
        own = [name for name, fails, _ in plan if not fails]
        assert [name for name in seen if name in own] == own, "a writer's changes come in its order"
