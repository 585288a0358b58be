from __future__ import annotations

from typing import Any

from bench.growth import Growth, growths, table


def result(stories: int, ours: float, theirs: float) -> dict[str, Any]:
    def row(engine: str, median: float) -> dict[str, Any]:
        return {"class": "rare word", "engine": engine, "answered": {"median_ms": median}, "served": {"median_ms": 9.0}}

    return {"stories": stories, "classes": [row("Morgue", ours), row("tantivy", theirs)]}


def test_results_are_put_in_order_of_size_and_the_estimate_is_on_the_line_through_the_largest_two() -> None:
    found = growths([result(1000, 3.0, 4.0), result(10, 0.5, 0.5), result(100, 1.2, 2.0)], served=False)
    assert found == [
        Growth("rare word", "Morgue", (10, 100, 1000), (0.5, 1.2, 3.0)),
        Growth("rare word", "tantivy", (10, 100, 1000), (0.5, 2.0, 4.0)),
    ]
    assert round(found[0].at(10_000), 9) == 21.0
    assert table(found, 10_000)[2:] == ["| rare word | 0.50 | 1.20 | 3.00 | 0.50 | 2.00 | 4.00 | 21.0 |"]


def test_an_estimate_is_never_less_than_what_was_measured() -> None:
    assert Growth("phrase", "Morgue", (10, 100), (2.0, 1.5)).at(1000) == 1.5


def test_a_class_that_one_size_lacks_is_left_out() -> None:
    without = result(100, 1.0, 1.0)
    del without["classes"][1]
    assert [each.engine for each in growths([result(10, 1.0, 1.0), without], served=True)] == ["Morgue"]
