"""The query language: from a reader's words to a tree, with diagnostics and an explanation.

`parse` never raises and never lies; `explain` says in one sentence what was searched; `to_text` writes a tree as a
query again. docs/query-language.md is the language for readers; this room is the only one that knows it.
"""

from search.query.parser import Parsed, parse
from search.query.printer import exactly, to_text
from search.query.sentence import asked, explain, filters_in_words, in_words, meanings

__all__ = ["Parsed", "asked", "exactly", "explain", "filters_in_words", "in_words", "meanings", "parse", "to_text"]
