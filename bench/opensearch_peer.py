"""OpenSearch over HTTP, where a server is reachable, as its documentation recommends for faceted search.

One request a page: the chosen cities are a `post_filter`, so that the city aggregation does not see them, and the
months are aggregated below the same filter. One shard, merged to one segment; English Snowball stemmer, no stop words.
The one idea: what building costs is spent in the server and is not seen from here, so that it is not reported.

The server's address is taken from MORGUE_BENCH_OPENSEARCH; http://localhost:9200 where it is not set.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.engine import Answer, Counts
from bench.questions import Question
from index import Story

_ADDRESS = "MORGUE_BENCH_OPENSEARCH"
#: Stories of one bulk request.
_BULK = 1_000
_SECONDS = 600

_INDEX = {
    "settings": {
        "number_of_shards": 1,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "analysis": {
            "filter": {"stems": {"type": "snowball", "language": "English"}},
            "analyzer": {"words": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "stems"]}},
        },
    },
    "mappings": {
        "properties": {
            "text": {"type": "text", "analyzer": "words"},
            "city": {"type": "keyword"},
            "month": {"type": "integer"},
            "day": {"type": "integer"},
        }
    },
}
_MONTHS = {"histogram": {"field": "month", "interval": 1, "min_doc_count": 1}}
_STEMS_TOO = "there the pattern is matched with stems, here with words as they are written"


class OpenSearch:
    """An OpenSearch server; its index is called after the directory it is given."""

    name = "OpenSearch"
    most: int | None = None
    without: frozenset[str] = frozenset()
    differs: Mapping[str, str] = {
        "phrase": "headline and text are one field there, so that a phrase may begin in one and end in the other",
        "near": "there it is a phrase with room for four words more: in order, and counting by moves",
        "prefix": _STEMS_TOO,
        "wildcard": _STEMS_TOO,
    }

    def __init__(self) -> None:
        self._server = _server()

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Load the stories in bulk, merge them to one segment, and leave the name of the index in `directory`."""
        name = f"morgue-bench-{directory.parent.name}"
        self._ask("DELETE", f"/{name}?ignore_unavailable=true")
        self._ask("PUT", f"/{name}", _INDEX)
        lines: list[str] = []
        for story in stories:
            article = story.article
            day = date.fromisoformat(article.published or "1970-01-01")
            source = {
                "text": f"{article.headline}\n{article.body}",
                "city": article.facet_cities[0].key,
                "month": day.year * 12 + day.month - 1,
                "day": day.toordinal(),
            }
            lines += [json.dumps({"index": {"_id": article.id}}), json.dumps(source)]
            if len(lines) == 2 * _BULK:
                self._load(name, lines)
        self._load(name, lines)
        self._ask("POST", f"/{name}/_forcemerge?max_num_segments=1")
        self._ask("POST", f"/{name}/_refresh")
        (directory / "index-name").write_text(name, encoding="utf-8")

    def open(self, directory: Path) -> None:
        """Remember the index that `build` made."""
        self._path = f"/{(directory / 'index-name').read_text(encoding='utf-8')}/_search?request_cache=false"

    def answer(self, question: Question) -> Answer:
        """Ask once, with both aggregations; no source is fetched."""
        found = self._ask("POST", self._path, page(question))
        hits = found["hits"]
        counted = found["aggregations"]

        def counts() -> Counts:
            months = counted["chosen"]["months"]["buckets"]
            return (
                {bucket["key"]: bucket["doc_count"] for bucket in counted["cities"]["buckets"]},
                {f"{int(b['key']) // 12:04d}-{int(b['key']) % 12 + 1:02d}": b["doc_count"] for b in months},
            )

        return Answer(hits["total"]["value"], tuple(hit["_id"] for hit in hits["hits"]), counts)

    def serve(self, question: Question) -> int:
        """Ask once, with both aggregations, the stored texts, and highlighting."""
        asked = page(question) | {"_source": ["text"], "highlight": {"fields": {"text": {}}}}
        found = self._ask("POST", self._path, asked)
        return sum(
            len(piece)
            for hit in found["hits"]["hits"]
            for piece in hit.get("highlight", {}).get("text", [hit["_source"]["text"][:200]])
        )

    def _load(self, name: str, lines: list[str]) -> None:
        if lines:
            answer = self._ask("POST", f"/{name}/_bulk", "\n".join(lines) + "\n")
            if answer["errors"]:
                raise RuntimeError(f"OpenSearch refused a story of {name}: {answer['items'][0]}")
            lines.clear()

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | str | None = None) -> Any:
        data = body if isinstance(body, str) else json.dumps(body) if body is not None else ""
        kind = "application/x-ndjson" if isinstance(body, str) else "application/json"
        request = urllib.request.Request(
            self._server + path, data.encode() or None, {"Content-Type": kind}, method=method
        )
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            return json.load(answer)


def page(question: Question) -> dict[str, Any]:
    """Return the body of the request for a whole page: exact total, ten ids, city facet, timeline by month."""
    chosen: dict[str, Any] = {"terms": {"city": list(question.cities)}} if question.cities else {"match_all": {}}
    dated: list[dict[str, Any]] = []
    if question.since and question.until:
        dated = [{"range": {"day": {"gte": question.since.toordinal(), "lte": question.until.toordinal()}}}]
    body: dict[str, Any] = {
        "size": 10,
        "track_total_hits": True,
        "_source": False,
        "query": {"bool": {"must": [_text(question)], "filter": dated}},
        "post_filter": chosen,
        "aggs": {
            "cities": {"terms": {"field": "city", "size": 10}},
            "chosen": {"filter": chosen, "aggs": {"months": _MONTHS}},
        },
    }
    if question.newest:
        body["sort"] = [{"day": "desc"}]
    return body


def _text(question: Question) -> dict[str, Any]:
    words = " ".join(question.words)
    match question.operator:
        case _ if not words:
            return {"match_all": {}}
        case "phrase":
            return {"match_phrase": {"text": {"query": words}}}
        case "near":
            return {"match_phrase": {"text": {"query": words, "slop": 4}}}
        case "prefix" | "wildcard":
            return {"wildcard": {"text": {"value": words}}}
        case operator:
            return {"match": {"text": {"query": words, "operator": operator}}}


def present() -> bool:
    """Say whether a server answers."""
    try:
        with urllib.request.urlopen(_server(), timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _server() -> str:
    return os.environ.get(_ADDRESS, "http://localhost:9200").rstrip("/")
