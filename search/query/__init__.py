"""The query language: from a reader's words to a tree, with diagnostics and an explanation.

`parse` never raises and never lies; `explain` says in one sentence what was searched; `to_text` writes a tree as a
query again. docs/query-language.md is the language for readers; this room is the only one that knows it.
"""

from search.query.parser import Parsed, Place, Places, parse

__all__ = ["Parsed", "Place", "Places", "parse"]
