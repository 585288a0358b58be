from pathlib import Path

import numpy as np

from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Arranged, WordsWriter
from index.embedded.encoding import BODY
from index.embedded.keys import Keys
from index.embedded.words import Words

STORIES = 200_000


def test_a_segment_of_several_blocks_gives_back_long_and_short_lists(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    sizes = [1, 3, 31, 32, 33, 5000, 60_000]
    stems = [f"stem{size}" for size in sorted(sizes, key=str)]
    sizes = sorted(sizes, key=str)
    lists = [np.sort(random.choice(STORIES, size, replace=False)).astype(np.uint32) for size in sizes]
    docs = np.concatenate(lists)
    frequencies = np.zeros((docs.size, 3), np.uint32)
    frequencies[:, 2] = random.integers(1, 30, docs.size)
    frequencies[::7, 0] = 2
    texts = np.stack([frequencies[:, 0], frequencies[:, 2]], axis=1).ravel()
    places = np.concatenate([np.cumsum(random.integers(1, 400, size)) for size in texts.tolist()]).astype(np.uint32)
    owners = np.repeat(np.repeat(np.arange(len(sizes)), sizes), frequencies.sum(axis=1, dtype=np.int64))
    keys = [f"{stem}\0{stem}\0{form}" for stem in stems for form in (stem.upper(), stem)]
    entries = (2 * owners + random.integers(0, 2, owners.size)).astype(np.uint32)
    blob = [key.encode() for key in keys]
    ends = np.cumsum([len(key) for key in blob])
    in_order = Keys(np.frombuffer(b"".join(blob), np.uint8), ends - [len(key) for key in blob], ends)
    each = frequencies.sum(axis=1, dtype=np.int64)
    in_body = np.tile(np.array([0, BODY], np.uint32), docs.size).repeat(texts)
    rows = np.stack([docs.repeat(each), places | in_body, entries], axis=1).ravel()
    counts = np.bincount(owners)
    with ArrayFileWriter(tmp_path / "words") as file:
        writer = WordsWriter(file, np.zeros((STORIES, 3), np.uint32), in_order)
        cut = 3 * int(counts[:3].sum())
        writer.add(Arranged(0, 3, counts[:3], rows[:cut]))
        writer.add(Arranged(3, len(sizes), counts[3:], rows[cut:]))
        writer.finish()
    words = Words(tmp_path / "words", STORIES)
    headlines = random.integers(0, 20, STORIES).astype(np.uint32)
    begin = occurrence = 0
    for ordinal, expected in enumerate(lists):
        postings = words.postings(ordinal)
        end = begin + expected.size
        assert np.array_equal(postings.docs, expected)
        assert np.array_equal(postings.frequencies, frequencies[begin:end])
        found = words.occurrences(ordinal, headlines)
        last = occurrence + found.positions.size
        in_headline = np.tile([True, False], end - begin).repeat(texts[2 * begin : 2 * end])
        starts = np.repeat(headlines[expected] + 100, np.diff(found.offsets))
        assert np.array_equal(found.positions, places[occurrence:last] + np.where(in_headline, 0, starts))
        codes = np.zeros(last - occurrence, int) if found.forms is None else found.forms
        written = np.array([form.form for form in words.lexicon.forms_of(ordinal)])[codes]
        assert written.tolist() == [keys[entry].split("\0")[2] for entry in entries[occurrence:last].tolist()]
        for most in (0, 1, 17, STORIES):
            counted = codes[: int(each[begin : begin + min(most, end - begin)].sum())]
            assert words.form_counts(ordinal, most) == np.bincount(counted, minlength=2).tolist()
        begin, occurrence = end, last
    assert words.totals().tolist() == counts.tolist()
