"""Build and ask every engine under the same conditions, and keep the raw figures.

No printing. The one idea: machines drift, so every question goes to all engines in turn before the next question is
asked, and every build runs in a fresh process whose memory the operating system accounts for.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.engine import Answer, Engine
from bench.questions import Question
from index import Story


@dataclass(frozen=True, slots=True)
class Build:
    """How an engine indexed the archive: seconds (making the stories left out), peak memory of the process, size.

    `seconds` are those of the clock, `processor_seconds` those that all its threads computed; `written_bytes` all that
    was handed to the system to be written, what was written twice counted twice.
    """

    engine: str
    stories: int
    seconds: float
    processor_seconds: float
    peak_bytes: int
    size_bytes: int
    written_bytes: int = 0

    @property
    def rate(self) -> float:
        """Stories a second of the processor: threads of an engine go on while the next stories are made."""
        return self.stories / self.processor_seconds


@dataclass(frozen=True, slots=True)
class Timing:
    """One question to one engine: seconds of each counted repeat, as the engine's answer and as served.

    `first` are those of the answer when the question was asked for the first time, which is no counted repeat.
    """

    engine: str
    question: Question
    total: int
    answered: tuple[float, ...]
    served: tuple[float, ...]
    first: tuple[float, ...]


class Source(Protocol):
    """Stories to build an archive of: how many there are, and they themselves in the order of arrival. Picklable."""

    @property
    def stories(self) -> int:
        """How many there are."""

    def __iter__(self) -> Iterator[Story]:
        """Yield them."""


def build(engine: Engine, source: Source, directory: Path) -> Build:
    """Build the archive of the stories of `source` in `directory` with a process of its own."""
    directory.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        seconds, processor, peak, written = pool.apply(_build, (engine, source, directory))
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    return Build(engine.name, source.stories, seconds, processor, peak, size, written)


def bytes_written() -> int:
    """Return how many bytes this process has handed to the system to be written so far; 0 where it does not count."""
    counts = Path("/proc/self/io")
    if not counts.exists():
        return 0
    return int(dict(line.split(": ") for line in counts.read_text().splitlines())["wchar"])


def ask(engines: Sequence[Engine], questions: Sequence[Question], repeats: int) -> list[Timing]:
    """Put every question to every engine, all engines taking turns; the first round of each question is kept apart."""
    timings = []
    for question in questions:
        able = [engine for engine in engines if question.kind not in engine.without]
        answered: dict[str, list[float]] = {engine.name: [] for engine in able}
        served: dict[str, list[float]] = {engine.name: [] for engine in able}
        first: dict[str, list[float]] = {engine.name: [] for engine in able}
        totals: dict[str, int] = {}
        for turn in range(repeats + 1):
            for engine in able:
                gc.collect(0)
                start = time.perf_counter()
                answer: Answer = engine.answer(question)
                middle = time.perf_counter()
                engine.serve(question)
                end = time.perf_counter()
                totals[engine.name] = answer.total
                if turn:
                    answered[engine.name].append(middle - start)
                    served[engine.name].append(end - middle)
                else:
                    first[engine.name].append(middle - start)
        timings += [
            Timing(name, question, totals[name], tuple(answered[name]), tuple(served[name]), tuple(first[name]))
            for name in answered
        ]
    return timings


def _build(engine: Engine, stories: Source, directory: Path) -> tuple[float, float, int, int]:
    making = computing = 0.0

    def timed() -> Iterator[Story]:
        nonlocal making, computing
        source = iter(stories)
        while True:
            start, thread = time.perf_counter(), time.thread_time()
            story = next(source, None)
            making += time.perf_counter() - start
            computing += time.thread_time() - thread
            if story is None:
                return
            yield story

    start, process, written = time.perf_counter(), time.process_time(), bytes_written()
    engine.build(timed(), directory)
    seconds = time.perf_counter() - start - making
    processor = time.process_time() - process - computing
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return seconds, processor, peak, bytes_written() - written
