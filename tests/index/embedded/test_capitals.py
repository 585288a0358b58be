import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedded.capitals import bare_headlines, find_runs
from index.embedded.lexicon import encoded
from index.embedded.phrases import LONGEST
from index.phrases import PARTICLES, bare, capitals

PIECES = (
    *("Ann", "Cole", "É", "Élan", "Ü.", "U.S.", "St.", "Jr.", "Rt. ", "O’Brien", "O'Neil", "Smith-Jones", "A&P", "NEW"),
    *PARTICLES,
    *(
        " ",
        " ",
        " ",
        "\n",
        ".",
        ",",
        ";",
        ":",
        "-",
        "—",
        "’",
        "“",
        "_",
        "x",
        "a",
        "é",
        "7",
        "×",
        "A",
        "B.",
        "T. C.",
        "t.",
    ),
    *("ł", "Ł", "£", "\u0301", "\ud800"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def laid(stories: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    """Return texts as the loops take them, each body with a first paragraph of one byte or none."""
    blob, ends = b"", []
    for headline, body in stories:
        blob += encoded(headline)
        ends += [len(blob), len(blob) + bool(body), len(blob) + len(encoded(body))]
        blob += encoded(body)
    return np.frombuffer(blob, np.uint8), np.array(ends, np.int64)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), st.sampled_from((3, 12, 400)))
@settings(max_examples=1000, deadline=None)
def test_runs_are_those_of_the_rule(stories: list[tuple[str, str]], most: int) -> None:
    data, ends = laid(stories)
    starts, stops, owners = (np.zeros(data.size // 2 + 1, np.int64) for _ in range(3))
    unknown = np.empty(len(stories), np.int64)
    count = find_runs(data, ends, most, starts, stops, owners, unknown)
    found: list[list[bytes]] = [[] for _ in stories]
    for start, stop, story in zip(
        starts[:count].tolist(), stops[:count].tolist(), owners[:count].tolist(), strict=True
    ):
        found[story].append(data[start:stop].tobytes())
    for number, (_, body) in enumerate(stories):
        if unknown[number]:
            assert not body[:most].isascii()
            assert data[ends[3 * number] : unknown[number]].tobytes() == encoded(body[:most])
        else:
            assert found[number] == [encoded(run) for run in capitals(body[:most])]


SIGNS = st.text(st.sampled_from(" abcXYZ019.,&'+#-_\t:!é"), max_size=20)


@given(st.lists(st.tuples(SIGNS, TEXTS), max_size=5), st.sampled_from((4, 7, LONGEST)))
def test_headlines_are_bare_phrases_cut_at_a_word(stories: list[tuple[str, str]], most: int) -> None:
    data, ends = laid(stories)
    out, out_ends = np.empty(data.size, np.uint8), np.empty(len(stories), np.int64)
    unknown = np.empty(len(stories), np.bool_)
    bare_headlines(data, ends, most, out, out_ends, unknown)
    begin = 0
    for (headline, _), end, away in zip(stories, out_ends.tolist(), unknown.tolist(), strict=True):
        line = encoded(bare(headline))
        cut = line if len(line) < most else line[:most].rpartition(b" ")[0] or line[:most]
        assert away != headline.isascii()
        assert out[begin:end].tobytes() == (b"" if away else cut)
        begin = end
