import os
import time
from collections.abc import Iterator
from typing import NoReturn

import pytest

from index import workers


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_WORTH_WORKERS", -1.0)


def process(_: object) -> int:
    return os.getpid()


def niceness(_: object) -> int:
    return os.nice(0)


def long(size: int) -> bytes:
    """Return so many bytes, later where there are many."""
    time.sleep(size / 1e9)
    return b"x" * size


def die(_: object) -> NoReturn:
    os._exit(1)


class OddError(Exception):
    """An error that no process can tell another."""

    def __reduce__(self) -> NoReturn:
        raise TypeError


def fail(number: int) -> int:
    if number == 3:
        raise KeyError(number)
    if number == 5:
        raise OddError
    return number


def test_batches_come_back_in_order_and_are_read_only_a_few_ahead() -> None:
    taken = []

    def batches() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = workers.in_order(abs, batches(), workers=2)
    assert [next(results) for _ in range(10)] == list(range(10))
    assert len(taken) < 200
    assert list(results) == list(range(10, 1000))


def test_work_is_done_by_as_many_processes_as_are_asked_for_or_by_this_one() -> None:
    elsewhere = set(workers.in_order(process, range(20), workers=3))
    assert len(elsewhere) == 3
    assert os.getpid() not in elsewhere
    assert set(workers.in_order(process, range(20), workers=0)) == {os.getpid()}


def test_a_process_that_hands_work_out_goes_before_those_that_do_it() -> None:
    assert min(workers.in_order(niceness, range(4), workers=2)) > os.nice(0)


def test_results_larger_than_a_pipe_keep_nobody_waiting_for_another() -> None:
    sizes = [5_000_000 if number % 3 else 10 for number in range(40)]
    batches = [b"y" * size for size in reversed(sizes)]
    assert list(workers.in_order(len, batches, workers=2)) == sizes[::-1]
    assert list(map(len, workers.in_order(long, sizes, workers=2))) == sizes


def test_an_error_is_told_where_its_batch_was_due() -> None:
    results = workers.in_order(fail, range(6), workers=2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(KeyError, match="3"):
        next(results)
    with pytest.raises(RuntimeError, match="OddError"):
        list(workers.in_order(fail, [1, 5], workers=1))


def test_a_worker_that_dies_is_told_in_words() -> None:
    with pytest.raises(ChildProcessError, match="What was accepted before is safe"):
        list(workers.in_order(die, range(1000), workers=2))


def test_whoever_wants_no_more_leaves_no_process_behind() -> None:
    results = workers.in_order(process, range(1000), workers=2)
    pids = {next(results) for _ in range(40)}
    results.close()  # type: ignore[attr-defined]
    assert [pid for pid in pids if os.path.exists(f"/proc/{pid}")] == []  # noqa: PTH110
