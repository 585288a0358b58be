"""The index: a Whoosh index whose postings and columns are memory-mapped arrays of ours.

`IndexDirectory(path)` is the door. Its `writer()` takes Whoosh's lock, turns stories into segments and commits them
through Whoosh's table of contents; `rebuild()` does so beside the current generation and swaps; `open()` gives a
`Generation`, whose `segments` answer with arrays. What is asked of those arrays is `search.embedded`'s business.
"""

from index.embedded.decoding import Reader
from index.embedded.directory import IndexDirectory
from index.embedded.generation import Generation
from index.embedded.postings import PlaceReader, PostingList, coded
from index.embedded.rank import Ranks
from index.embedded.segment import Segment
from index.embedded.values import (
    FACET_COLUMNS,
    UNDATED,
    Damage,
    FacetColumn,
    Form,
    IndexDamaged,
    IndexLocked,
    NoIndex,
    Occurrences,
    Postings,
    State,
)

__all__ = [
    "FACET_COLUMNS",
    "UNDATED",
    "Damage",
    "FacetColumn",
    "Form",
    "Generation",
    "IndexDamaged",
    "IndexDirectory",
    "IndexLocked",
    "NoIndex",
    "Occurrences",
    "PlaceReader",
    "PostingList",
    "Postings",
    "Ranks",
    "Reader",
    "Segment",
    "State",
    "coded",
]
