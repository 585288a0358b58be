"""tantivy (through tantivy-py) as its documentation recommends: its own English stemmer, fast fields, aggregations.

One text field holds headline and body, since that is faster for it than two and its totals stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.engine import Answer
from bench.questions import Question
from index import Story

_FACETS = {
    "cities": {"terms": {"field": "city", "size": 10}},
    "months": {"histogram": {"field": "month", "interval": 1.0}},
}


class Tantivy:
    """tantivy-py, one writer thread for a fair rate per core; `stored` says whether it keeps the texts."""

    name = "tantivy"
    most: int | None = None
    without: frozenset[str] = frozenset()
    differs: Mapping[str, str] = {
        "phrase": "headline and text are one field there, so that a phrase may begin in one and end in the other",
        "near": "there it is a phrase with room for four words more: in order, and counting by moves",
        "prefix": "there the pattern is matched with stems, here with words as they are written",
        "wildcard": "there the pattern is matched with stems, here with words as they are written",
    }

    def __init__(self, stored: bool = True) -> None:
        self._stored = stored

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Index `stories` with one thread and merge to the end."""
        tantivy = _tantivy()
        index = tantivy.Index(_schema(tantivy, self._stored), path=str(directory))
        _register(tantivy, index)
        writer = index.writer(heap_size=512_000_000, num_threads=1)
        for story in stories:
            article = story.article
            day = date.fromisoformat(f"{article.published or '1970'}-01-01"[:10])
            document = tantivy.Document()
            document.add_text("id", article.id)
            document.add_text("text", f"{article.headline}\n{article.body}")
            for city in article.facet_cities[:1]:
                document.add_text("city", city.key)
            document.add_integer("month", day.year * 12 + day.month - 1)
            document.add_integer("day", day.toordinal())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> None:
        """Open the index and keep a searcher."""
        tantivy = self._tantivy = _tantivy()
        self._index = tantivy.Index.open(str(directory))
        _register(tantivy, self._index)
        self._index.reload()
        self._searcher = self._index.searcher()
        self._analyzer = _analyzer(tantivy)

    def answer(self, question: Question) -> Answer:
        """Search, then aggregate; with cities chosen the city facet needs an aggregation of its own."""
        query, without_cities = self._queries(question)
        found, cities, months = self._page(question, query, without_cities)
        return Answer(
            found.count,
            tuple(self._searcher.doc(address)["id"][0] for _, address in found.hits),
            lambda: (
                {bucket["key"]: bucket["doc_count"] for bucket in cities},
                {f"{int(b['key']) // 12:04d}-{int(b['key']) % 12 + 1:02d}": b["doc_count"] for b in months},
            ),
        )

    def serve(self, question: Question) -> int:
        """Parse the words, fetch the stored documents and make a snippet of each."""
        query, without_cities = self._queries(question)
        found, _, _ = self._page(question, query, without_cities)
        snippets = self._tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, "text")
        return sum(len(snippets.snippet_from_doc(self._searcher.doc(address)).to_html()) for _, address in found.hits)

    def _page(self, question: Question, query: Any, without_cities: Any) -> tuple[Any, list[Any], list[Any]]:
        if question.newest:
            found = self._searcher.search(query, 10, order_by_field="day")
        else:
            found = self._searcher.search(query, 10)
        if without_cities is None:
            counts = self._searcher.aggregate(query, _FACETS)
            return found, counts["cities"]["buckets"], counts["months"]["buckets"]
        months = self._searcher.aggregate(query, {"months": _FACETS["months"]})
        cities = self._searcher.aggregate(without_cities, {"cities": _FACETS["cities"]})
        return found, cities["cities"]["buckets"], months["months"]["buckets"]

    def _queries(self, question: Question) -> tuple[Any, Any]:
        """Return the query, and the one for the city facet where cities are chosen (else None)."""
        tantivy, schema = self._tantivy, self._index.schema
        must, occur = [], tantivy.Occur
        match question.operator:
            case "phrase":
                must.append(tantivy.Query.phrase_query(schema, "text", self._stems(question.words)))
            case "near":
                must.append(tantivy.Query.phrase_query(schema, "text", self._stems(question.words), slop=4))
            case "prefix" | "wildcard":
                must.append(tantivy.Query.regex_query(schema, "text", question.words[0].replace("*", ".*")))
            case "or":
                terms = [tantivy.Query.term_query(schema, "text", stem) for stem in self._stems(question.words)]
                must.append(tantivy.Query.boolean_query([(occur.Should, term) for term in terms]))
            case _:
                must += [tantivy.Query.term_query(schema, "text", stem) for stem in self._stems(question.words)]
        if question.since and question.until:
            must.append(
                tantivy.Query.range_query(
                    schema,
                    "day",
                    tantivy.FieldType.Integer,
                    question.since.toordinal(),
                    question.until.toordinal(),
                )
            )
        without_cities = _all(tantivy, must) if question.cities else None
        if question.cities:
            must.append(tantivy.Query.term_set_query(schema, "city", list(question.cities)))
        return _all(tantivy, must), without_cities

    def _stems(self, words: tuple[str, ...]) -> list[str]:
        return [stem for word in words for stem in self._analyzer.analyze(word)]


def _tantivy() -> Any:
    import tantivy

    return tantivy


def _schema(tantivy: Any, stored: bool) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=stored, tokenizer_name="english")
    builder.add_text_field("city", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("month", fast=True)
    builder.add_integer_field("day", fast=True, indexed=True)
    return builder.build()


def _analyzer(tantivy: Any) -> Any:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _register(tantivy: Any, index: Any) -> None:
    index.register_tokenizer("english", _analyzer(tantivy))


def _all(tantivy: Any, queries: list[Any]) -> Any:
    if not queries:
        return tantivy.Query.all_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])
