"""Evaluation over the Whoosh index in compiled loops: match, score, count, cut. The default engine.

Reads an archive's `index` directory and its `settings.toml`, and nothing else; never the store. `archive` is the door;
`evaluator` makes a page of numbers from `matching`, `earning`, `scoring`, `facets` and `timeline`, which work on
`columns`.
"""

from index.compiled import load_all
from search.embedded.archive import EmbeddedArchive, open_embedded

__all__ = ["EmbeddedArchive", "open_embedded"]

load_all()  # at once, not while the first reader waits
