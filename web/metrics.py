"""What a watchdog wants to know, at /metrics: requests answered, how long they took, and the state of the index.

Counting only; nobody's searches are kept, and no address of a reader. The one idea: the processes that serve one
archive count into one piece of memory, each in a slot of its own, and whichever of them is asked adds the slots up; so
the numbers are those of the whole server and never run backwards, also when a process is replaced.

Format: Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
"""

from __future__ import annotations

import mmap
import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from time import perf_counter
from weakref import finalize

from flask import Blueprint, Flask, Response, current_app, g, request

from web import clock
from web.site import site

blueprint = Blueprint("metrics", __name__)

#: Upper ends of the histogram's bars, in seconds; a last one has no end.
BARS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

_STATUSES = ("2xx", "3xx", "4xx", "5xx")

#: Numbers kept for each route: requests by status, requests by time taken, seconds taken in all.
_FIELDS = len(_STATUSES) + len(BARS) + 1 + 1

#: Room for routes in a slot, and for processes.
_MOST_ROUTES, _SLOTS = 96, 128

_SLOT = _MOST_ROUTES * _FIELDS

#: The route of requests that none of ours answers.
_NO_ROUTE = "none"


class Meters:
    """The counters of one server; threads may share them.

    Args:
        shared: count together with the processes that are forked from this one.
    """

    def __init__(self, *, shared: bool = False) -> None:
        self._file = -1
        self._slots = _SLOTS if shared else 1
        if shared:
            # A file without a name lives as long as a process has it open; unlike plain memory it can be locked.
            self._file, name = tempfile.mkstemp()
            Path(name).unlink()
            os.truncate(self._file, _SLOTS * _SLOT * 8)
            finalize(self, os.close, self._file)
        memory = mmap.mmap(self._file, self._slots * _SLOT * 8)
        self._numbers = memoryview(memory).cast("d")
        self._lock = Lock()
        self._owner = 0
        self._start = 0

    def add(self, route: int, status: int, seconds: float) -> None:
        """Count a request of the route of that number."""
        with self._lock:
            if self._owner != os.getpid():
                self._claim()
            first = self._start + route * _FIELDS
            numbers = self._numbers
            numbers[first + min(max(status // 100 - 2, 0), len(_STATUSES) - 1)] += 1
            numbers[first + len(_STATUSES) + bisect_left(BARS, seconds)] += 1
            numbers[first + _FIELDS - 1] += seconds

    def totals(self, routes: int) -> list[list[float]]:
        """Return the numbers of each route, of all processes together."""
        used = routes * _FIELDS
        slots = (self._numbers[slot * _SLOT : slot * _SLOT + used].tolist() for slot in range(self._slots))
        sums = [sum(numbers) for numbers in zip(*filter(any, slots), strict=True)] or [0.0] * used
        return [sums[start : start + _FIELDS] for start in range(0, used, _FIELDS)]

    def _claim(self) -> None:
        """Take a slot that no living process has; what one that is gone has counted there counts on.

        The system lets go of a process's locks when it ends, however it ends.
        """
        self._owner = os.getpid()
        if self._file < 0:
            return
        import fcntl  # there is none where there is no gunicorn either, and one process only

        for slot in range(_SLOTS):
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, slot)
            except OSError:
                continue
            self._start = slot * _SLOT
            return
        raise RuntimeError(f"More than {_SLOTS} processes serve one archive.")


def measure(app: Flask, meters: Meters) -> None:
    """Count every request of `app`; to be called before anything else looks at requests, and after the routes stand."""
    routes = (*sorted({rule.rule for rule in app.url_map.iter_rules()}), _NO_ROUTE)[:_MOST_ROUTES]
    numbers = {route: number for number, route in enumerate(routes)}
    app.extensions["morgue-meters"] = (meters, routes)

    def begin() -> None:
        g.begun = perf_counter()

    def end(response: Response) -> Response:
        route = numbers.get(request.url_rule.rule if request.url_rule else _NO_ROUTE, len(routes) - 1)
        seconds = perf_counter() - g.begun
        meters.add(route, response.status_code, seconds)
        if parts := clock.parts():
            response.headers["Server-Timing"] = clock.server_timing(parts, seconds * 1000.0)
        return response

    app.before_request(begin)
    app.after_request(end)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with all numbers in Prometheus' text format."""
    here = site()
    meters, routes = current_app.extensions["morgue-meters"]
    lines = [
        *_gauge("morgue_stories", "Stories that can be found, copies counted once.", here.catalogue.overview().total),
        *_gauge("morgue_newest_arrival", "Number of the last story that can be found.", here.archive.newest_arrival),
        "# HELP morgue_index_info The generation of the index.",
        "# TYPE morgue_index_info gauge",
        f"morgue_index_info{_labels(generation=here.archive.generation)} 1",
        *_requests(routes, meters.totals(len(routes))),
    ]
    answer = Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _gauge(name: str, help: str, value: int) -> Iterator[str]:
    yield from (f"# HELP {name} {help}", f"# TYPE {name} gauge", f"{name} {value}")


def _requests(routes: Sequence[str], totals: Sequence[Sequence[float]]) -> Iterator[str]:
    """The counters of requests, and the histogram of the time until an answer began; unused routes are left out."""
    used = [(route, numbers) for route, numbers in zip(routes, totals, strict=True) if any(numbers)]
    yield "# HELP morgue_requests_total Requests answered, by route and kind of answer."
    yield "# TYPE morgue_requests_total counter"
    for route, numbers in used:
        for status, count in zip(_STATUSES, numbers, strict=False):
            if count:
                yield f"morgue_requests_total{_labels(route=route, status=status)} {count:.0f}"
    yield "# HELP morgue_request_seconds Time until an answer began, in seconds."
    yield "# TYPE morgue_request_seconds histogram"
    for route, numbers in used:
        passed = 0.0
        for end, count in zip((*BARS, "+Inf"), numbers[len(_STATUSES) : -1], strict=True):
            passed += count
            yield f"morgue_request_seconds_bucket{_labels(route=route, le=f'{end}')} {passed:.0f}"
        yield f"morgue_request_seconds_sum{_labels(route=route)} {numbers[-1]:.6f}"
        yield f"morgue_request_seconds_count{_labels(route=route)} {passed:.0f}"


def _labels(**labels: str) -> str:
    r"""Return labels as the format writes them.

    >>> _labels(route='/a"b', le="0.5")
    '{route="/a\\"b",le="0.5"}'
    """
    escaped = {
        name: text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n") for name, text in labels.items()
    }
    return "{" + ",".join(f'{name}="{text}"' for name, text in escaped.items()) + "}"
