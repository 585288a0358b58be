"""Random stories, and what an index must say of them, worked out with plain dictionaries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import strategies as st

from index.analysis import HEADLINE_GAP, TOKEN, Analyzer
from index.article import Article, City, Story
from index.embedded import Segment
from index.ranking import LEAD_WORDS

WORDS = (
    "bridge Bridge bridges BRIDGE mayor Mayor mayors council council's the The of São Sao sao U.S. US us AT&T at&t "
    "1,234 1234 covid-19 O'Brien C++ flood floods flooding Flood x 3.5"
).split()
CITIES = (
    City(4887398, "Chicago", "Illinois", "United States", role="dateline", surface="CHICAGO"),
    City(5746545, "Portland", "Oregon", "United States", role="about"),
    City(4975802, "Portland", "Maine", "United States", role="mentioned"),
    City(None, "Lake Wobegon", role="about"),
)

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
bodies = st.lists(st.one_of(texts, st.just(" ".join(WORDS * 3)), st.just("tree " * 300)), max_size=3).map("\n\n".join)
names = st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"])
articles = st.builds(
    Article,
    id=names,
    headline=texts,
    body=bodies,
    published=st.sampled_from([None, "1987", "1987-04", "1987-04-02", "2018-01-24T17:30:05-05:00"]),
    byline=st.sampled_from(["", "Jane Doe", "Jane Doe and Max Roe", "JANE DOE"]),
    section=st.sampled_from(["", "Sports", "sports", "Métro"]),
    source=st.sampled_from(["", "Daily Planet"]),
    cities=st.lists(st.sampled_from(CITIES), max_size=3).map(tuple),
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a story."""
    arrival = draw(st.integers(1, 2**40))
    earlier = tuple(draw(st.lists(articles, max_size=1)))
    return Story(draw(articles), arrival, draw(st.integers(1, arrival)), "2026-01-01T00:00:00Z", 1, earlier)


@dataclass
class Plain:
    """What the index says of some stories: by stem, by story, where the word stands and how it is written."""

    words: dict[str, dict[str, list[tuple[int, str]]]] = field(default_factory=dict)
    frequencies: dict[str, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    forms: dict[str, set[str]] = field(default_factory=dict)


def expected(archive: dict[str, Story]) -> Plain:
    """Work out the words of an archive from its texts."""
    plain, analyzer = Plain(), Analyzer()
    for name, story in archive.items():
        headline, body = analyzer.terms(story.article.headline), analyzer.terms(story.article.body)
        lead = min(LEAD_WORDS, len(TOKEN.findall(story.article.body.split("\n\n")[0])))
        plain.lengths[name] = (len(headline), lead, len(body) - lead)
        start = len(headline) + HEADLINE_GAP
        found = [(position, term, 0) for position, term in enumerate(headline)]
        found += [(start + place, term, 1 if place < lead else 2) for place, term in enumerate(body)]
        for position, term, place in found:
            plain.words.setdefault(term.stem, {}).setdefault(name, []).append((position, term.form))
            counts = list(plain.frequencies.setdefault(term.stem, {}).get(name, (0, 0, 0)))
            counts[place] += 1
            plain.frequencies[term.stem][name] = tuple(counts)
            plain.forms.setdefault(term.stem, set()).add(term.form)
    return plain


def indexed(segments: tuple[Segment, ...]) -> Plain:
    """Read the same out of an index, deleted stories left out."""
    plain = Plain()
    for segment in segments:
        live = [doc for doc in range(segment.count) if segment.live is None or segment.live[doc]]
        ids = {doc: segment.id(doc) for doc in live}
        for doc in live:
            plain.lengths[ids[doc]] = tuple(segment.lengths[doc].tolist())
        for line in segment.lexicon.stems.all():
            stem = line.decode()
            ordinal = segment.term(stem)
            forms = segment.forms_of(ordinal)
            assert [form.code for form in forms] == list(range(len(forms)))
            postings, found = segment.postings(ordinal), segment.occurrences(ordinal)
            assert postings.docs.size == segment.posting_count(ordinal) > 0
            for some in (range(0, postings.docs.size, 2), range(postings.docs.size - 1, postings.docs.size)):
                few = segment.occurrences(ordinal, np.array(some))
                sizes = np.diff(found.offsets)
                chosen = np.isin(np.repeat(np.arange(sizes.size), sizes), some)
                assert few.positions.tolist() == found.positions[chosen].tolist()
                assert np.diff(few.offsets).tolist() == sizes[list(some)].tolist()
                assert (few.forms is None) == (found.forms is None)
                if few.forms is not None and found.forms is not None:
                    assert few.forms.tolist() == found.forms[chosen].tolist()
            assert (found.forms is None) == (len(forms) == 1)
            for index, doc in enumerate(postings.docs.tolist()):
                if doc not in ids:
                    continue
                start, end = found.offsets[index : index + 2].tolist()
                codes = [0] * (end - start) if found.forms is None else found.forms[start:end].tolist()
                written = [forms[code].form for code in codes]
                places = list(zip(found.positions[start:end].tolist(), written, strict=True))
                plain.words.setdefault(stem, {})[ids[doc]] = places
                plain.frequencies.setdefault(stem, {})[ids[doc]] = tuple(postings.frequencies[index].tolist())
                plain.forms.setdefault(stem, set()).update(written)
    return plain


def facets(segments: tuple[Segment, ...], name: str) -> dict[str, list[tuple[str, str]]]:
    """Read the (key, label) pairs of every live story in a facet out of an index."""
    found: dict[str, Any] = {}
    for segment in segments:
        column = segment.facet(name)
        assert column.offsets[:2].tolist() in ([0, 0], [0])
        for doc in range(segment.count):
            if segment.live is None or segment.live[doc]:
                start, end = column.offsets[column.codes[doc] : column.codes[doc] + 2].tolist()
                values = column.values[start:end].tolist()
                found[segment.id(doc)] = [(column.keys[value], column.labels[value]) for value in values]
    return found
