"""One table and one JSON object from the raw figures.

Only arithmetic and words. Ratios are medians over questions of a peer's median by Morgue's, so that a slow spell of
the machine, which hits all engines of a turn, cancels out.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

import numpy as np

from bench.engine import Engine
from bench.measure import Build, Timing
from bench.questions import KINDS

#: The engine that every other is compared with.
OURS = "Morgue"

#: What is told of each question, by the name that `Timing` has for it.
_TOLD = {
    "answered": "Engine's answer",
    "served": "As served",
    "first": "Engine's answer, each question asked for the first time",
}


def as_json(
    builds: Sequence[Build], timings: Sequence[Timing], stories: int, engines: Sequence[Engine]
) -> dict[str, Any]:
    """Return everything the table shows and more, for a file."""
    return {
        "stories": stories,
        "machine": {"python": platform.python_version(), "processor": platform.processor() or platform.machine()},
        "builds": [asdict(build) | {"stories_per_second": build.rate} for build in builds],
        "classes": [
            {"class": kind, "engine": name, **_figures(kind, name, timings)}
            for kind in KINDS
            for name in dict.fromkeys(timing.engine for timing in timings)
            if any(t.engine == name and t.question.kind == kind for t in timings)
        ],
        "disagreements": disagreements(timings, engines),
    }


def disagreements(timings: Sequence[Timing], engines: Sequence[Engine]) -> list[dict[str, Any]]:
    """Return, per class and peer, how many questions the peer gives another total than Morgue, and why.

    `reason` is None where the peer's module names none: then one of the two is wrong, and the table says so.
    """
    reasons = {engine.name: engine.differs for engine in engines}
    ours = {timing.question: timing.total for timing in timings if timing.engine == OURS}
    found: dict[tuple[str, str], list[Timing]] = {}
    for timing in timings:
        if timing.question in ours and timing.total != ours[timing.question]:
            found.setdefault((timing.question.kind, timing.engine), []).append(timing)
    return [
        {
            "class": kind,
            "engine": engine,
            "questions": len(different),
            "example": different[0].question.typed,
            "total": different[0].total,
            "ours": ours[different[0].question],
            "reason": reasons[engine].get(kind),
        }
        for (kind, engine), different in sorted(found.items())
    ]


def lines(builds: Sequence[Build], timings: Sequence[Timing], stories: int, engines: Sequence[Engine]) -> list[str]:
    """Return the table as Markdown lines."""
    names = list(dict.fromkeys(timing.engine for timing in timings))
    out = [f"## {stories:,} stories", "", "| engine | stories/s per core | s by the clock | peak MB | index MB |"]
    out.append("|---|---|---|---|---|")
    out += [
        f"| {b.engine} | {b.rate:,.0f} | {b.seconds:,.1f} | {b.peak_bytes / 1e6:,.0f} | {b.size_bytes / 1e6:,.1f} |"
        for b in builds
    ]
    for told, title in _TOLD.items():
        out += ["", f"{title}, ms (median / p95 / p99):", ""]
        ratios = [f"{name} / {OURS}" for name in names if name != OURS]
        out += ["| class | " + " | ".join(names + ratios) + " |", "|---" * (1 + len(names) + len(ratios)) + "|"]
        for kind in KINDS:
            cells = [_cell(_seconds(kind, name, timings, told)) for name in names]
            ratios_of = [_ratio(kind, name, timings, told) for name in names if name != OURS]
            cells += ["–" if ratio is None else f"{ratio:.1f}×" for ratio in ratios_of]
            out.append(f"| {kind} | " + " | ".join(cells) + " |")
    for row in disagreements(timings, engines):
        out.append("")
        out.append(
            f"{row['class']}: {row['engine']} gives another total for {row['questions']} questions,"
            f" e.g. `{row['example']}`: {row['total']:,} against {row['ours']:,}:"
            f" {row['reason'] or 'NO REASON IS KNOWN, one of the two is wrong'}."
        )
    return out


def _figures(kind: str, name: str, timings: Sequence[Timing]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for told in _TOLD:
        seconds = _seconds(kind, name, timings, told)
        p50, p95, p99 = (float(value) * 1000 for value in np.percentile(seconds, (50, 95, 99)))
        figures[told] = {"median_ms": p50, "p95_ms": p95, "p99_ms": p99}
        if name != OURS:
            figures[told]["ratio"] = _ratio(kind, name, timings, told)
    return figures


def _seconds(kind: str, name: str, timings: Sequence[Timing], told: str) -> list[float]:
    return [
        second
        for timing in timings
        if timing.engine == name and timing.question.kind == kind
        for second in getattr(timing, told)
    ]


def _cell(seconds: Sequence[float]) -> str:
    if not seconds:
        return "–"
    return " / ".join(f"{value * 1000:.2f}" for value in np.percentile(seconds, (50, 95, 99)))


def _ratio(kind: str, name: str, timings: Sequence[Timing], told: str) -> float | None:
    """Return how many times Morgue's median an engine's is, the median over questions; None where none has both."""

    def medians(engine: str) -> dict[Any, float]:
        return {
            timing.question: median(getattr(timing, told))
            for timing in timings
            if timing.engine == engine and timing.question.kind == kind
        }

    ours, theirs = medians(OURS), medians(name)
    both = [theirs[question] / ours[question] for question in ours if question in theirs]
    return median(both) if both else None
