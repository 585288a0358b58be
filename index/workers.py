"""Work that is done in processes beside this one, where there is enough of it, and comes back in order.

It knows nothing of stories. The one idea: each process has two pipes as large as the system grants, and a thread at
each end of its own, so that neither side waits for the other: not the workers while this process writes the index, and
not this process while they are at work. Where cores are few, this process goes before them: what it has to do it does
at once, so that they have all of what they may be ahead of it before them when it does something long. How far that is
is bounded, and so is memory.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from multiprocessing import connection
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

_In = TypeVar("_In")
_Out = TypeVar("_Out")

#: Seconds of work after which processes are started, the first batch apart, since much is loaded for it; less is done
#: sooner without them.
_WORTH_WORKERS = 0.25

#: Batches that all processes together may be ahead: what they can make while the index is written, and no more than
#: memory holds.
_AHEAD = 96

#: How much workers let other processes go before them, as `nice` counts.
_NICE = 5

#: Bytes that a pipe holds: the most that Linux grants to everybody.
_PIPE = 1 << 20


def in_order(work: Callable[[_In], _Out], batches: Iterable[_In], *, workers: int | None = None) -> Iterator[_Out]:
    """Yield `work(batch)` for every batch, in order, from worker processes once the work has shown to be worth it.

    Args:
        work: picklable.
        batches: read only a few ahead.
        workers: processes to use; 0 for none, None for one a core.

    Raises:
        ChildProcessError: a worker died (out of memory, or killed).
    """
    count = len(os.sched_getaffinity(0)) if workers is None and hasattr(os, "sched_getaffinity") else workers
    count = (os.cpu_count() or 1) if count is None else count
    remaining = iter(batches)
    spent = 0.0
    for number, batch in enumerate(remaining):
        if count and spent > _WORTH_WORKERS:
            yield from _in_workers(work, chain((batch,), remaining), count)
            return
        begun = time.monotonic()
        done = work(batch)
        spent += time.monotonic() - begun if number else 0.0
        yield done


def _in_workers(work: Callable[[_In], _Out], batches: Iterator[_In], count: int) -> Iterator[_Out]:
    workers: list[_Worker[_In, _Out]] = []
    given: deque[_Worker[_In, _Out]] = deque()
    try:
        for _ in range(count):
            workers.append(_Worker(work))
        for batch in batches:
            idlest = min(workers, key=lambda worker: worker.owes)
            idlest.give(batch)
            given.append(idlest)
            while len(given) > _AHEAD or (given and given[0].has_some):
                yield given.popleft().take()
        while given:
            yield given.popleft().take()
    except (EOFError, ConnectionError) as error:
        raise ChildProcessError(
            "A worker process ended unexpectedly (was it killed, or is memory short?). What was accepted before "
            "is safe; run the same command again to go on."
        ) from error
    finally:
        for worker in workers:
            worker.end()


class _Worker(Generic[_In, _Out]):
    """A process that does what it is given, one after the other.

    Attributes:
        owes: how much it was given and has not given back.
    """

    def __init__(self, work: Callable[[_In], _Out]) -> None:
        theirs, self._batches = _pipe()
        self._done, there = _pipe()
        self._process = multiprocessing.Process(target=_serve, args=(work, theirs, there), daemon=True)
        self._process.start()
        # Their ends are theirs alone, so that this one is told when they are gone.
        theirs.close()
        there.close()
        self.owes = 0

    @property
    def has_some(self) -> bool:
        """Whether something can be taken without waiting, or it has died."""
        return self._done.poll()

    def give(self, batch: _In) -> None:
        """Hand a batch over."""
        self._batches.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
        self.owes += 1

    def take(self) -> _Out:
        """Return what was made of the first batch that is owed; wait for it."""
        error, done = pickle.loads(self._done.recv_bytes())  # noqa: S301  # our own
        self.owes -= 1
        if error is not None:
            raise error
        result: _Out = done
        return result

    def end(self) -> None:
        """End the process, whatever it does: nothing but what it has given back counts."""
        self._process.terminate()
        self._process.join()
        self._process.close()
        self._batches.close()
        self._done.close()


def _pipe() -> tuple[Connection, Connection]:
    """Return a pipe's end to read from and its end to write to."""
    reading, writing = multiprocessing.Pipe(duplex=False)
    with contextlib.suppress(OSError, AttributeError):  # elsewhere than on Linux it stays as small as it is
        fcntl.fcntl(writing.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    return reading, writing


def _serve(work: Callable[[Any], Any], batches: Connection, done: Connection) -> None:
    """Be a worker: do each batch that comes."""
    _leave_with_parent()
    os.nice(_NICE)
    gc.freeze()  # what was there before is the parent's to clear away
    waiting: SimpleQueue[Any] = SimpleQueue()
    made: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(batches, waiting), daemon=True).start()
    threading.Thread(target=_send, args=(made, done), daemon=True).start()
    while True:
        made.put(_told(work, waiting.get()))


def _told(work: Callable[[Any], Any], batch: Any) -> bytes:
    """Return what is made of a batch, or the error that kept it from being made, packed."""
    try:
        return pickle.dumps((None, work(batch)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # raised where the batch is waited for
        try:
            return pickle.dumps((error, None), pickle.HIGHEST_PROTOCOL)
        except Exception:
            return pickle.dumps((RuntimeError(f"{type(error).__name__}: {error}"), None))


def _receive(batches: Connection, waiting: SimpleQueue[Any]) -> None:
    try:
        while True:
            waiting.put(pickle.loads(batches.recv_bytes()))  # noqa: S301  # our own
    finally:
        os._exit(1)  # nobody gives it anything any more


def _send(made: SimpleQueue[bytes], done: Connection) -> None:
    try:
        while True:
            done.send_bytes(made.get())
    finally:
        os._exit(1)  # nobody waits for it any more


def _leave_with_parent() -> None:
    """Set a worker up: Ctrl-C is the parent's to answer, and when the parent dies, however suddenly, so does it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=partial(_wait_and_leave, parent.sentinel), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
