"""JSON-LD that is broken in the usual ways, and in ways that must not take long."""

import time

import pytest

from index.readers.jsonld import Described, described


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", /* the story\'s */ "headline": "Bridge closed", "datePublished": "2018-01-24",}',
        '{"@type": "NewsArticle"\n "headline": "Bridge closed"\n\n "datePublished": "2018-01-24"}',
        '{"@type": "NewsArticle", "headline": "Bridge closed", "datePublished": "2018-01-24"} /* not closed',
    ],
)
def test_what_is_broken_in_the_usual_ways_is_mended(script: str) -> None:
    assert described([script]) == Described(
        headline="Bridge closed", published="2018-01-24", types=("NewsArticle",), certain=True
    )


def test_a_comment_is_none_inside_a_string() -> None:
    script = '{"@type": "NewsArticle", "headline": "a /* b */ c", "image": "https://x.org/*", "alt": "*/",}'
    assert described([script]).headline == "a /* b */ c"


@pytest.mark.parametrize(
    "broken",
    ["/* " * 100_000, '"https://x.org/*",' * 20_000, '"a"' + "\n" * 50_000, '\\"' * 100_000, "//" * 100_000],
    ids=["comments", "stars in strings", "line breaks", "escaped quotes", "slashes"],
)
def test_what_cannot_be_mended_is_passed_over_at_once(broken: str) -> None:
    begun = time.process_time()
    assert described([f'{{"@type": ["NewsArticle", {broken} x']) == Described()
    assert time.process_time() - begun < 2
