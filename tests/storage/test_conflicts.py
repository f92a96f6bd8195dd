"""Conflicts as rows, and polling them: nothing missed, nothing twice."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from app.conflicts.conflict import SELF, Between, Conflict, Divergence, Ground, HistoryLine, Status
from app.conflicts.positions import Position
from app.conflicts.severity import SeverityPart
from app.errors import InvalidInput, NotFound
from app.storage.database import Database
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.conflicts import Filter, Poll
from app.storage.reading.pages import encode_cursor
from app.storage.writing import conflicts as conflicts_out
from app.storage.writing.conflicts import Changed
from app.storage.writing.counters import next_number
from tests.made_claims import NOON
from tests.storage import schema

ANY = Filter()
SIDES = (
    Position(("harbor-courier",), ("Ines Varga",), ("clm_a", "clm_c"), "45 aboard"),
    Position(("channel-nine",), (), ("clm_b",), "“30” aboard – no more"),
)
DIVERGENCE = Divergence("45 aboard", "quantity", Between.OUTLETS, 0.123, SIDES, (("clm_a", "clm_b"), ("clm_b", "clm_c")))


def at(hours: int) -> datetime:
    """A time."""
    return NOON + timedelta(hours=hours)


def made(name: str, version: int = 0, **fields: object) -> Conflict:
    """A conflict; `version` is told apart by its headline."""
    divergence = replace(DIVERGENCE, headline=f"version {version}")
    return replace(Conflict(name, "clu_a", divergence, Status.OPEN, True, at(0), at(version)), **fields)  # type: ignore[arg-type]


def save(database: Database, *conflicts: Conflict, outlets: tuple[str, ...] = ("harbor-courier", "channel-nine")) -> None:
    """Saves each in a write of its own."""
    for conflict in conflicts:
        with database.write() as session:
            conflicts_out.save(session, conflict, None, outlets)


def poll(database: Database, limit: int = 10, since: str | None = None, cursor: str | None = None, wanted: Filter = ANY) -> Poll:
    """One answer."""
    with database.read() as session:
        return conflicts_in.poll(session, wanted, limit, since=since, cursor=cursor)


def ids(answer: Poll) -> list[str]:
    """The ids in an answer."""
    return [conflict.id for conflict in answer.items]


def test_a_conflict_comes_back_as_it_was_saved(database: Database) -> None:
    save(database, made("con_a"), made("con_a", 1, status=Status.RESOLVED, diverging=False))
    with database.read() as session:
        assert conflicts_in.get(session, "con_a") == made("con_a", 1, status=Status.RESOLVED, diverging=False)
        assert conflicts_in.find(session, "con_b") is None
        with pytest.raises(NotFound, match="con_b"):
            conflicts_in.get(session, "con_b")


def test_what_makes_it_grave_and_what_closed_it_comes_back(database: Database) -> None:
    parts = (SeverityPart("distance", 0.8, "The figures differ."), SeverityPart("between", 1.0, "Outlets differ."))
    divergence = replace(DIVERGENCE, parts=parts)
    closed = made("con_a", divergence=divergence, status=Status.DISMISSED, settled=Ground(("date", "quantity"), ("clm_a", "clm_b")))
    save(database, closed)
    with database.read() as session:
        assert conflicts_in.get(session, "con_a") == closed
    reopened = replace(closed, status=Status.OPEN, settled=None)
    save(database, reopened)
    with database.read() as session:
        assert conflicts_in.get(session, "con_a") == reopened


def test_each_change_has_a_number_of_its_own(database: Database) -> None:
    with database.write() as session:
        numbers = [conflicts_out.save(session, made(name), None, ()) for name in ("con_a", "con_b", "con_a")]
        assert numbers == sorted(set(numbers))
        assert [conflicts_in.change_of(session, name) for name in ("con_a", "con_b", "con_c")] == [numbers[2], numbers[1], 0]


def test_changes_come_in_batches_that_follow_on_each_other(database: Database) -> None:
    save(database, made("con_a"), made("con_b", status=Status.DISMISSED), made("con_c"))
    with database.read() as session:
        first = conflicts_in.changes(session, ANY, 2, after=0)
        second = conflicts_in.changes(session, ANY, 2, after=first.upto)
        assert [[conflict.id for _, conflict in some.items] for some in (first, second)] == [["con_a", "con_b"], ["con_c"]]
        assert (first.more, second.more) == (True, False)
        assert second.upto == conflicts_in.last_change(session) == second.items[-1][0]
        narrowed = conflicts_in.changes(session, Filter(status="dismissed"), 2, after=0)
        assert ([conflict.id for _, conflict in narrowed.items], narrowed.upto) == (["con_b"], second.upto)
        assert conflicts_in.changes(session, ANY, 2, after=second.upto) == conflicts_in.Changes([], second.upto, False)


def test_notice_is_given_after_a_commit_that_changed_a_conflict_and_after_no_other(database: Database) -> None:
    seen: list[list[str]] = []
    end = database.changes.listen(lambda: seen.append(ids(poll(database))))
    save(database, made("con_a"))
    with database.write() as session:
        next_number(session, "queue")
    with pytest.raises(StatementError, match="naive"):
        save(database, made("con_b", updated_at=datetime(2025, 3, 3)))  # noqa: DTZ001
    with database.write() as session:
        conflicts_out.save(session, made("con_c"), None, ())
        conflicts_out.save(session, made("con_d"), None, ())
    end()
    save(database, made("con_e"))
    assert seen == [["con_a"], ["con_d", "con_c", "con_a"]]


def test_conflicts_are_found_by_cluster(database: Database) -> None:
    save(database, made("con_b"), made("con_a"), made("con_c", cluster_id="clu_c"), made("con_d", cluster_id="clu_d"))
    with database.read() as session:
        assert [conflict.id for conflict in conflicts_in.of_clusters(session, ["clu_c", "clu_a"])] == ["con_a", "con_b", "con_c"]
        assert conflicts_in.of_clusters(session, []) == []


def test_the_history_is_kept_line_by_line_in_order(database: Database) -> None:
    lines = [
        HistoryLine(at(0), None, Status.OPEN, SELF),
        HistoryLine(at(2), Status.OPEN, Status.ACKNOWLEDGED, "desk", "calling both"),
        HistoryLine(at(1), Status.ACKNOWLEDGED, Status.RESOLVED, SELF, "the divergence is gone"),
    ]
    with database.write() as session:
        for line in lines:
            conflicts_out.save(session, made("con_a"), line, ())
        conflicts_out.save(session, made("con_a"), None, ())
    with database.read() as session:
        assert conflicts_in.history(session, ["con_a", "con_b"]) == {"con_a": lines}
        assert conflicts_in.history(session, []) == {}


def test_those_who_take_part_are_the_last_ones_saved(database: Database) -> None:
    save(database, made("con_a"), outlets=("x", "y", "x"))
    save(database, made("con_a"), outlets=("z", "y"))
    with database.read() as session:
        assert conflicts_in.outlets_of(session, "con_a") == ["y", "z"]
    assert ids(poll(database, wanted=Filter(outlet="z"))) == ["con_a"]
    assert ids(poll(database, wanted=Filter(outlet="x"))) == []


def test_a_poller_of_one_outlet_sees_its_conflict_resolve(database: Database) -> None:
    save(database, made("con_a"), outlets=("x", "y"))
    before = poll(database, wanted=Filter(outlet="x"))
    save(database, made("con_a", 1, status=Status.RESOLVED, diverging=False), outlets=())
    answer = poll(database, since=before.cursor, wanted=Filter(outlet="x"))
    assert [conflict.status for conflict in answer.items] == [Status.RESOLVED]


def test_conflicts_come_newest_change_first(database: Database) -> None:
    save(database, made("con_a"), made("con_b"), made("con_c"), made("con_a", 1))
    assert ids(poll(database)) == ["con_a", "con_c", "con_b"]


def test_what_changed_since_a_poll_comes_oldest_change_first_and_each_conflict_once(database: Database) -> None:
    save(database, made("con_a"), made("con_b"))
    first = poll(database)
    save(database, made("con_c"), made("con_a", 1), made("con_c", 1))
    answer = poll(database, since=first.cursor)
    assert [(conflict.id, conflict.divergence.headline) for conflict in answer.items] == [("con_a", "version 1"), ("con_c", "version 1")]
    assert ids(poll(database, since=answer.cursor)) == []


def test_nothing_since_the_last_poll_gives_the_same_cursor(database: Database) -> None:
    empty = poll(database)
    assert poll(database, since=empty.cursor) == Poll([], None, empty.cursor)
    save(database, made("con_a"))
    answer = poll(database, since=empty.cursor)
    assert ids(answer) == ["con_a"]
    assert poll(database, since=answer.cursor).cursor == answer.cursor


def test_a_filter_narrows_every_way_of_polling(database: Database) -> None:
    nothing = poll(database)
    grave = replace(DIVERGENCE, severity=0.9, kind="negation", between=Between.SOURCES)
    save(database, made("con_a"), made("con_b", status=Status.DISMISSED), made("con_c", divergence=grave))
    for wanted, expected in [
        (Filter(status="dismissed"), ["con_b"]),
        (Filter(kind="negation"), ["con_c"]),
        (Filter(between="sources"), ["con_c"]),
        (Filter(min_severity=0.123), ["con_c", "con_b", "con_a"]),
        (Filter(min_severity=0.124), ["con_c"]),
        (Filter(status="open", kind="quantity"), ["con_a"]),
        (Filter(outlet="nobody"), []),
    ]:
        assert ids(poll(database, wanted=wanted)) == expected
        assert ids(poll(database, wanted=wanted, since=nothing.cursor)) == expected[::-1]


@pytest.mark.parametrize("cursor", ["", "nonsense", encode_cursor("a"), encode_cursor(1, 2, 3), encode_cursor(True), encode_cursor(2**63)])
def test_a_cursor_nobody_gave_out_is_refused(database: Database, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="since"):
        poll(database, since=cursor)
    with pytest.raises(InvalidInput, match="cursor"):
        poll(database, cursor=cursor)


def test_a_change_that_waits_for_another_write_does_not_slip_behind_a_cursor(database: Database) -> None:
    before = poll(database)
    other = threading.Thread(target=save, args=(database, made("con_late")))
    with database.write() as session:
        conflicts_out.save(session, made("con_early"), None, ())
        other.start()
        # Were the other write not made to wait for this one, it would end within the moment given to it here.
        other.join(0.2)
        between = poll(database, since=before.cursor)
    other.join()
    after = poll(database, since=between.cursor)
    assert ids(between) + ids(after) == ["con_early", "con_late"]


class Poller:
    """A client that pages every answer to its end, then polls again with the cursor it was given first."""

    def __init__(self, database: Database):
        self._database = database
        self._since: str | None = None
        self._next: str | None = None
        self._upto: str | None = None
        self.seen: list[tuple[str, str]] = []
        self.answers: list[list[str]] = [[]]

    def page(self, limit: int) -> bool:
        """Takes one page; returns whether it was an answer's last."""
        answer = poll(self._database, limit, self._since, self._next)
        assert len(answer.items) <= limit
        assert self._upto in (None, answer.cursor), "an answer's cursor moved while it was paged"
        self._upto, self._next = answer.cursor, answer.next_cursor
        self.seen += [(conflict.id, conflict.divergence.headline) for conflict in answer.items]
        self.answers[-1] += ids(answer)
        if self._next is not None:
            return False
        self._since, self._upto = self._upto, None
        self.answers.append([])
        return True


NAMES = [f"con_{letter}" for letter in "abcde"]
SAVES = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple)
PAGES = st.integers(1, 3)
EVENTS = st.lists(SAVES | PAGES, max_size=25)


@given(EVENTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_poller_sees_every_change_and_none_twice_whatever_happens_between_its_pages(
    database: Database, events: list[tuple[str, ...] | int]
) -> None:
    schema.empty(database)
    poller, latest = Poller(database), dict[str, str]()
    for version, event in enumerate(events):
        if isinstance(event, int):
            poller.page(event)
            continue
        # One write may change several conflicts, and one of them twice.
        with database.write() as session:
            for name in event:
                conflict = made(name, version)
                conflicts_out.save(session, conflict, None, ())
                latest[name] = conflict.divergence.headline
    ended = 0
    while ended < 2:
        # What was under way when the changes ended comes to its end, then one whole answer more.
        ended += poller.page(2)
    assert dict(poller.seen) == latest
    assert max(Counter(poller.seen).values(), default=1) == 1
    assert all(len(answer) == len(set(answer)) for answer in poller.answers)
    versions = {name: [int(said.split()[1]) for seen, said in poller.seen if seen == name] for name in NAMES}
    assert all(seen == sorted(seen) for seen in versions.values())


@given(EVENTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_poller_that_always_catches_up_sees_exactly_what_each_write_left(database: Database, events: list[tuple[str, ...] | int]) -> None:
    schema.empty(database)
    poller, expected = Poller(database), list[tuple[str, str]]()
    poller.page(1)
    for version, event in enumerate(events):
        if isinstance(event, int):
            continue
        save(database, *(made(name, version) for name in event))
        # Of a conflict that changed twice the later change counts.
        order = [name for at, name in enumerate(event) if name not in event[at + 1 :]]
        expected += [(name, f"version {version}") for name in order]
        while not poller.page(1 + version % 3):
            pass
    assert poller.seen == expected


def test_changes_saved_together_are_numbered_in_their_order(database: Database) -> None:
    save(database, made("con_b"))
    opened = HistoryLine(at(1), None, Status.OPEN, SELF)
    with database.write() as session:
        assert conflicts_out.save_all(session, []) == []
        before = conflicts_in.last_change(session)
        changes = [
            Changed(made("con_c", 1), opened, ["channel-nine", "harbor-courier", "channel-nine"]),
            Changed(made("con_b", 2), None, ()),
            Changed(made("con_a", 3), opened, ["harbor-courier"]),
        ]
        assert conflicts_out.save_all(session, changes) == [before + 1, before + 2, before + 3]
    with database.read() as session:
        found = conflicts_in.changes(session, ANY, 10, after=before).items
        assert found == [(before + 1 + place, change.conflict) for place, change in enumerate(changes)]
        taking_part = {name: conflicts_in.outlets_of(session, name) for name in ("con_a", "con_b", "con_c")}
        assert taking_part == {
            "con_a": ["harbor-courier"],
            "con_b": ["channel-nine", "harbor-courier"],
            "con_c": ["channel-nine", "harbor-courier"],
        }
        assert conflicts_in.history(session, ["con_a", "con_b", "con_c"]) == {"con_a": [opened], "con_c": [opened]}
