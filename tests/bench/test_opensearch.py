"""What is asked of an OpenSearch server, and how its answer is read; no server answers here but one that plays it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bench.corpus import Corpus
from bench.opensearch_peer import OpenSearch, page, present
from bench.questions import Question

ANSWER = {
    "hits": {
        "total": {"value": 12},
        "hits": [
            {"_id": "s7", "_source": {"text": "Mayor opens a bridge"}, "highlight": {"text": ["<em>Mayor</em> opens"]}},
            {"_id": "s9", "_source": {"text": "x" * 500}},
        ],
    },
    "aggregations": {
        "cities": {"buckets": [{"key": "1000001", "doc_count": 12}]},
        "chosen": {"doc_count": 12, "months": {"buckets": [{"key": 24216.0, "doc_count": 12}]}},
    },
}


class Player(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, str]]

    def _play(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.asked.append((self.command, self.path, body))
        answer = ANSWER if "_search" in self.path else {"errors": False, "items": []}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_GET = do_POST = do_PUT = do_DELETE = _play  # noqa: N815  # the names that `http.server` looks for

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str, str]]]:
    requests: list[tuple[str, str, str]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Playing", (Player,), {"asked": requests}))
    thread = Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("MORGUE_BENCH_OPENSEARCH", f"http://127.0.0.1:{server.server_port}/")
    yield requests
    server.shutdown()
    thread.join()
    server.server_close()


def test_stories_are_loaded_in_bulk_and_merged(asked: list[tuple[str, str, str]], tmp_path: Path) -> None:
    (directory := tmp_path / "3" / "opensearch").mkdir(parents=True)
    story = next(iter(Corpus(1)))
    OpenSearch().build([story] * 1_001, directory)
    assert [(method, path) for method, path, _ in asked] == [
        ("DELETE", "/morgue-bench-3?ignore_unavailable=true"),
        ("PUT", "/morgue-bench-3"),
        ("POST", "/morgue-bench-3/_bulk"),
        ("POST", "/morgue-bench-3/_bulk"),
        ("POST", "/morgue-bench-3/_forcemerge?max_num_segments=1"),
        ("POST", "/morgue-bench-3/_refresh"),
    ]
    action, source = asked[3][2].splitlines()
    assert json.loads(action) == {"index": {"_id": "s1"}}
    assert json.loads(source)["text"] == f"{story.article.headline}\n{story.article.body}"


def test_a_page_is_one_request_and_its_answer_is_read(asked: list[tuple[str, str, str]], tmp_path: Path) -> None:
    (tmp_path / "index-name").write_text("some", encoding="utf-8")
    engine = OpenSearch()
    engine.open(tmp_path)
    answer = engine.answer(Question("rare word", ("mayor",)))
    assert (answer.total, answer.ids, answer.cities, answer.months) == (
        12,
        ("s7", "s9"),
        {"1000001": 12},
        {"2018-01": 12},
    )
    assert engine.serve(Question("rare word", ("mayor",))) == len("<em>Mayor</em> opens") + 200
    assert [path for _, path, _ in asked] == ["/some/_search?request_cache=false"] * 2


def test_chosen_cities_narrow_the_hits_and_the_months_but_not_their_own_facet() -> None:
    since, until = date(2003, 3, 1), date(2011, 8, 31)
    body = page(Question("x", ("mayor", "river"), "or", cities=("7", "8"), since=since, until=until, newest=True))
    chosen = {"terms": {"city": ["7", "8"]}}
    assert body["query"]["bool"] == {
        "must": [{"match": {"text": {"query": "mayor river", "operator": "or"}}}],
        "filter": [{"range": {"day": {"gte": since.toordinal(), "lte": until.toordinal()}}}],
    }
    assert (body["post_filter"], body["sort"]) == (chosen, [{"day": "desc"}])
    assert body["aggs"]["cities"] == {"terms": {"field": "city", "size": 10}}
    assert body["aggs"]["chosen"]["filter"] == chosen


def test_a_machine_without_a_server_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MORGUE_BENCH_OPENSEARCH", "http://127.0.0.1:9")
    assert not present()
