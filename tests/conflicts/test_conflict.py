"""The life of a conflict."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conflicts.conflict import CLOSED, SELF, Between, Conflict, Divergence, Ground, HistoryLine, Status, choices, decide, evolve
from app.conflicts.positions import Position
from app.errors import StateConflict
from tests.made_claims import NOON

SIDES = (Position(("harbor-courier",), (), ("clm_a",), "45 aboard"), Position(("channel-nine",), (), ("clm_b",), "30 aboard"))
FIRST = Divergence("45 aboard", "quantity", Between.OUTLETS, 0.5, SIDES, (("clm_a", "clm_b"),))
GRAVER = replace(FIRST, severity=0.7)
THIRD = Position(("radio-ostmere",), (), ("clm_c",), "70 aboard")
WIDER = replace(FIRST, positions=(*SIDES, THIRD))
OTHERWISE = replace(FIRST, kind="date")


def at(hours: int) -> datetime:
    """A time."""
    return NOON + timedelta(hours=hours)


def judged(current: Conflict | None, found: Divergence | None, hours: int, **fields: str) -> tuple[Conflict, HistoryLine | None] | None:
    """What becomes of it when its cluster was judged anew."""
    return evolve(current, found, conflict_id="con_a", cluster_id="clu_a", now=at(hours), **fields)


def opened() -> Conflict:
    """A conflict that opened at hour 0."""
    found = judged(None, FIRST, 0)
    assert found is not None
    return found[0]


def decided(current: Conflict, status: Status, hours: int = 1) -> Conflict:
    """The conflict after a person's decision."""
    return decide(current, status, by="desk", note=None, now=at(hours))[0]


def closed(status: Status = Status.DISMISSED, divergence: Divergence = FIRST) -> Conflict:
    """A conflict over that divergence that a person closed."""
    return decided(replace(opened(), divergence=divergence), status)


def gone(current: Conflict, hours: int = 2) -> tuple[Conflict, HistoryLine | None]:
    """The conflict after its divergence went."""
    found = judged(current, None, hours)
    assert found is not None
    return found


def test_no_divergence_opens_nothing() -> None:
    assert judged(None, None, 0) is None


def test_a_divergence_opens_a_conflict() -> None:
    assert judged(None, FIRST, 0) == (
        Conflict("con_a", "clu_a", FIRST, Status.OPEN, True, at(0), at(0)),
        HistoryLine(at(0), None, Status.OPEN, SELF),
    )


@pytest.mark.parametrize("status", Status)
def test_the_same_divergence_changes_nothing(status: Status) -> None:
    assert judged(decided(opened(), status), FIRST, 5) is None


@pytest.mark.parametrize("status", Status)
def test_a_divergence_that_moves_is_a_change_without_a_history_line(status: Status) -> None:
    current = decided(opened(), status)
    assert judged(current, GRAVER, 5) == (replace(current, divergence=GRAVER, updated_at=at(5)), None)


def test_moving_to_another_cluster_is_a_change() -> None:
    found = evolve(opened(), FIRST, conflict_id="con_a", cluster_id="clu_b", now=at(1))
    assert found == (replace(opened(), cluster_id="clu_b", updated_at=at(1)), None)


@pytest.mark.parametrize("status", [Status.OPEN, Status.ACKNOWLEDGED])
def test_it_resolves_by_itself_when_the_divergence_goes_and_keeps_what_it_was_about(status: Status) -> None:
    resolved, line = gone(decided(opened(), status))
    assert (resolved.status, resolved.diverging, resolved.divergence, resolved.updated_at) == (Status.RESOLVED, False, FIRST, at(2))
    assert line == HistoryLine(at(2), status, Status.RESOLVED, SELF, "the divergence is gone")


def test_it_reopens_when_the_divergence_returns() -> None:
    found = judged(gone(opened())[0], FIRST, 3)
    assert found is not None
    assert (found[0].status, found[0].diverging, found[0].opened_at) == (Status.OPEN, True, at(0))
    assert found[1] == HistoryLine(at(3), Status.RESOLVED, Status.OPEN, SELF, "the divergence returned")


def test_what_a_person_resolved_reopens_when_the_divergence_went_and_returned() -> None:
    left, line = gone(decided(opened(), Status.RESOLVED))
    assert (left.status, line) == (Status.RESOLVED, None)
    found = judged(left, FIRST, 3)
    assert found is not None
    assert found[0].status is Status.OPEN


def test_what_a_person_dismissed_stays_dismissed_though_the_divergence_goes_and_returns() -> None:
    left, line = gone(decided(opened(), Status.DISMISSED))
    assert (left.status, left.diverging, line) == (Status.DISMISSED, False, None)
    assert judged(left, FIRST, 3) == (replace(left, diverging=True, updated_at=at(3)), None)


def test_a_conflict_that_has_resolved_does_not_resolve_again() -> None:
    assert judged(gone(opened())[0], None, 3) is None


def test_a_note_says_why_it_resolved() -> None:
    found = judged(opened(), None, 1, note="went on as con_b")
    assert found is not None
    assert found[1] is not None
    assert found[1].note == "went on as con_b"


def test_a_decision_leaves_a_line_with_who_and_why() -> None:
    changed, line = decide(opened(), Status.ACKNOWLEDGED, by="desk", note="calling both", now=at(1))
    assert changed == replace(opened(), status=Status.ACKNOWLEDGED, updated_at=at(1))
    assert line == HistoryLine(at(1), Status.OPEN, Status.ACKNOWLEDGED, "desk", "calling both")


def test_deciding_the_same_again_only_adds_a_line() -> None:
    changed, line = decide(opened(), Status.OPEN, by="desk", note="still open", now=at(1))
    assert replace(changed, updated_at=at(0)) == opened()
    assert line == HistoryLine(at(1), Status.OPEN, Status.OPEN, "desk", "still open")


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_conflict_reopens_when_something_is_said_that_nobody_had_said(status: Status) -> None:
    found = judged(closed(status), WIDER, 5)
    assert found is not None
    assert (found[0].status, found[0].divergence) == (Status.OPEN, WIDER)
    assert found[1] == HistoryLine(at(5), status, Status.OPEN, SELF, f"it was {status.value} before this was said: 70 aboard")


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_conflict_reopens_over_another_reason(status: Status) -> None:
    found = judged(closed(status), OTHERWISE, 5)
    assert found is not None
    assert found[1] is not None
    assert (found[0].status, found[1].note) == (Status.OPEN, f"it was {status.value} over another reason (quantity); now it is date")


def test_a_dismissed_conflict_that_loses_a_position_or_gains_a_voice_on_one_stays_dismissed() -> None:
    joined = replace(FIRST, positions=(replace(SIDES[0], claim_ids=("clm_a", "clm_d")), SIDES[1]))
    for before, after in ((WIDER, FIRST), (FIRST, joined)):
        current = closed(divergence=before)
        assert judged(current, after, 5) == (replace(current, divergence=after, updated_at=at(5)), None)


def test_it_reopens_by_what_was_dismissed_and_not_by_what_it_was_last() -> None:
    # Each step keeps a claim of every position of the step before, the last one none of those that were dismissed.
    current = closed()
    second = replace(FIRST, positions=(replace(SIDES[0], claim_ids=("clm_a", "clm_d")), SIDES[1]))
    third = replace(FIRST, positions=(replace(SIDES[0], claim_ids=("clm_d",)), SIDES[1]))
    for hours, found in enumerate((second, third), 5):
        moved = judged(current, found, hours)
        assert moved is not None
        current = moved[0]
    assert current.status is Status.OPEN


def test_what_was_dismissed_twice_over_two_reasons_reopens_over_neither() -> None:
    current = closed()
    for hours, found in enumerate((OTHERWISE, FIRST, OTHERWISE), 5):
        moved = judged(current, found, hours)
        assert moved is not None
        assert (moved[0].status is Status.OPEN) is (hours == 5)
        current = decided(moved[0], Status.DISMISSED, hours)
    assert current.settled == Ground(("date", "quantity"), ("clm_a", "clm_b"))


def test_a_conflict_closed_before_its_ground_was_kept_goes_by_what_it_holds() -> None:
    old = replace(closed(), settled=None)
    assert judged(old, GRAVER, 5) == (replace(old, divergence=GRAVER, updated_at=at(5)), None)
    found = judged(old, WIDER, 5)
    assert found is not None
    assert found[0].status is Status.OPEN


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (Status.OPEN, ["acknowledged", "resolved", "dismissed"]),
        (Status.ACKNOWLEDGED, ["open", "resolved", "dismissed"]),
        (Status.RESOLVED, ["open", "dismissed"]),
        (Status.DISMISSED, ["open", "resolved"]),
    ],
)
def test_a_step_that_does_not_follow_is_refused_with_those_that_do(status: Status, allowed: list[str]) -> None:
    current = decided(opened(), status)
    assert [choice.value for choice in choices(current)] == allowed
    for other in set(Status) - {status, *choices(current)}:
        with pytest.raises(StateConflict, match=f"is {status.value} cannot become {other.value}; allowed: {', '.join(allowed)}"):
            decided(current, other)


def test_what_no_longer_diverges_is_not_opened_by_hand() -> None:
    resolved = gone(opened())[0]
    assert choices(resolved) == (Status.DISMISSED,)
    with pytest.raises(StateConflict, match="nothing diverges any more"):
        decided(resolved, Status.OPEN)


EVENTS = st.lists(st.none() | st.sampled_from([FIRST, GRAVER, WIDER, OTHERWISE]) | st.sampled_from(Status), max_size=12)


@given(EVENTS)
def test_whatever_happens_the_history_tells_the_status_and_nothing_is_told_twice(events: list[Divergence | Status | None]) -> None:
    current, lines = None, list[HistoryLine]()
    for hours, event in enumerate(events):
        if isinstance(event, Status):
            if current is None:
                continue
            if event is not current.status and event not in choices(current):
                with pytest.raises(StateConflict):
                    decided(current, event)
                continue
            found: tuple[Conflict, HistoryLine | None] | None = decide(current, event, by="desk", note=None, now=at(hours))
        else:
            found = judged(current, event, hours)
        before = current
        if found is not None:
            current = found[0]
            assert current.updated_at == at(hours)
            lines += [found[1]] if found[1] else []
        if current is not None and not isinstance(event, Status):
            assert current.diverging is (event is not None)
            assert event is None or current.divergence == event
            assert judged(current, event, hours + 1) is None
            if before is not None and before.status is Status.DISMISSED and event in (None, before.divergence):
                assert current.status is Status.DISMISSED
    assert [line.from_status for line in lines] == [None, *(line.to_status for line in lines)][: len(lines)]
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    if current is not None:
        assert lines[-1].to_status is current.status
        assert current.opened_at == lines[0].at
