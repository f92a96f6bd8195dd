"""Where the time goes: own times that add up, and the arithmetic of the limit."""

import time
from types import SimpleNamespace

import pytest

from bench.limit import ENCODE, ENCODER_MFLOP_A_TOKEN, JUDGE, REST, TAGGER, Machine, Steps, section_of
from bench.steps import WATCHED, Stopwatch


def test_a_steps_time_leaves_out_the_steps_it_calls() -> None:
    times = iter([0.0, 1.0, 4.0, 10.0])
    watch = Stopwatch(lambda: next(times))
    with watch.during("outer"), watch.during("inner"):
        pass
    assert watch.seconds == {"outer": 1.0 + 6.0, "inner": 3.0}


def test_a_step_that_raises_is_counted_and_left() -> None:
    times = iter([0.0, 2.0, 3.0, 7.0])
    watch = Stopwatch(lambda: next(times))
    for _ in range(2):
        with pytest.raises(KeyError), watch.during("step"):
            raise KeyError
    assert watch.seconds == {"step": 6.0}


def test_watched_functions_are_as_before_afterwards() -> None:
    owner = SimpleNamespace(double=lambda number: 2 * number)
    function = owner.double
    watch = Stopwatch(time.perf_counter)
    with watch.watching([("doubling", owner, "double")]):
        assert owner.double(4) == 8
        assert owner.double is not function
    assert owner.double is function
    assert watch.seconds.keys() == {"doubling"}


def test_everything_watched_is_there() -> None:
    assert all(callable(getattr(owner, name)) for _, owner, name in WATCHED)


def test_the_encoder_takes_21_million_operations_a_token() -> None:
    assert round(ENCODER_MFLOP_A_TOKEN, 1) == 21.2


def test_the_section_tells_shares_rest_and_how_near_the_limit_is() -> None:
    steps = Steps(10, 300, 150, {TAGGER: 4.0, ENCODE: 3.0, JUDGE: 1.0, REST: 2.0}, 8.0, 8_000, 6_000)
    text = section_of(steps, Machine(100.0, 20.0), "python -m bench steps", "some news", ["- Machine: one"])
    assert "300 claims (30.0 an article), 150 pairs judged (0.50 a claim)" in text
    assert "| tagger | 400.0 | 40.0% |\n| encode | 300.0 | 30.0% |\n| the rest, waiting included | 200.0 | 20.0% |" in text
    assert "| **all** | 1000.0 | 100% |\n| by the clock | 800.0 | |" in text
    # 8,000 tokens of 20 MFLOP in 4 s are 40 GFLOP/s of 100; at the peak they take 1.6 s, for 10 articles
    assert "| tagger | 20.0 | 800 | 2,000 | 40.0 | 40% | 160.0 |" in text
