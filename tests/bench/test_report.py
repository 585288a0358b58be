"""The figures of a run as a table and as JSON: two questions of one class, two engines."""

from __future__ import annotations

from bench.engine import Engine
from bench.measure import Build, Timing
from bench.morgue import Morgue
from bench.questions import Question
from bench.report import as_json, disagreements, lines
from bench.xapian_peer import Xapian

ONE, OTHER = Question("rare word", ("levee",)), Question("rare word", ("weir",))


def timing(engine: str, question: Question, *milliseconds: float) -> Timing:
    seconds = tuple(number / 1000 for number in milliseconds)
    return Timing(engine, question, 7, answered=seconds, served=seconds, first=seconds[:1])


BUILDS = [Build("Morgue", 100, 4.0, 2.0, 3_000_000, 500_000), Build("tantivy", 100, 1.0, 5.0, 2_000_000, 400_000)]
TIMINGS = [
    timing("Morgue", ONE, 1.0, 2.0, 3.0),
    timing("tantivy", ONE, 4.0, 4.0, 4.0),
    timing("Morgue", OTHER, 10.0, 10.0, 10.0),
    timing("tantivy", OTHER, 40.0, 40.0, 5.0),
]


def test_the_table_tells_rates_per_core_and_the_median_over_questions_of_their_ratios() -> None:
    table = lines(BUILDS, TIMINGS, 100, [])
    assert table[2:6] == [
        "| engine | stories/s per core | s by the clock | peak MB | index MB |",
        "|---|---|---|---|---|",
        "| Morgue | 50 | 4.0 | 3 | 0.5 |",
        "| tantivy | 20 | 1.0 | 2 | 0.4 |",
    ]
    answered = table.index("Engine's answer, ms (median / p95 / p99):")
    assert table[answered + 2 : answered + 5] == [
        "| class | Morgue | tantivy | tantivy / Morgue |",
        "|---|---|---|---|",
        "| rare word | 6.50 / 10.00 / 10.00 | 4.50 / 40.00 / 40.00 | 3.0× |",
    ]


def test_a_class_that_nobody_was_asked_has_no_figures() -> None:
    assert "| near | – | – | – |" in lines(BUILDS, TIMINGS, 100, [])


def test_the_file_tells_the_same_ratio_for_every_engine_but_morgue() -> None:
    ours, theirs = as_json(BUILDS, TIMINGS, 100, [])["classes"]
    assert (ours["class"], ours["engine"], "ratio" in ours["answered"]) == ("rare word", "Morgue", False)
    assert (theirs["engine"], theirs["answered"]["ratio"], theirs["first"]["ratio"]) == ("tantivy", 3.0, 4.0)


def test_a_total_that_differs_is_told_with_its_reason_or_as_an_error() -> None:
    engines: list[Engine] = [Morgue(), Xapian()]
    prefix, rare = Question("prefix", ("bo*",), "prefix"), Question("rare word", ("boo",))
    timings = [
        Timing(name, question, total, (0.001,), (0.002,), (0.003,))
        for question in (rare, prefix)
        for name, total in (("Morgue", 2), ("Xapian", 3))
    ]
    assert [
        (row["class"], row["total"], row["ours"], row["reason"] is None) for row in disagreements(timings, engines)
    ] == [
        ("prefix", 3, 2, False),
        ("rare word", 3, 2, True),
    ]
    assert lines([], timings, 10, engines)[-1] == (
        "rare word: Xapian gives another total for 1 questions, e.g. `boo`: 3 against 2:"
        " NO REASON IS KNOWN, one of the two is wrong."
    )


def test_each_table_tells_its_own_times_and_their_ratio() -> None:
    rare = Question("rare word", ("boo",))
    timings = [
        Timing("Morgue", rare, 2, (0.001,), (0.002,), (0.004,)),
        Timing("tantivy", rare, 2, (0.003,), (0.003,), (0.002,)),
    ]
    told = [line for line in lines([], timings, 10, [Morgue()]) if line.endswith(":") or line.startswith("| rare")]
    assert told == [
        "Engine's answer, ms (median / p95 / p99):",
        "| rare word | 1.00 / 1.00 / 1.00 | 3.00 / 3.00 / 3.00 | 3.0× |",
        "As served, ms (median / p95 / p99):",
        "| rare word | 2.00 / 2.00 / 2.00 | 3.00 / 3.00 / 3.00 | 1.5× |",
        "Engine's answer, each question asked for the first time, ms (median / p95 / p99):",
        "| rare word | 4.00 / 4.00 / 4.00 | 2.00 / 2.00 / 2.00 | 0.5× |",
    ]
