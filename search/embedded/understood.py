"""What a generation makes of a query's text: its tree, and what every page of it says and marks.

No request's filters here, and no story. The one idea: a reader who pages, sorts and narrows asks the same text again
and again, so what hangs on the text alone is made once, when it is first wanted.
"""

from __future__ import annotations

from functools import cached_property

from search.marking import Forms as Folded
from search.marking import Marker
from search.page import Meaning
from search.query import Parsed, asked, explain, meanings
from search.query.sentence import Forms, Labels
from search.request import Request


class Understood:
    """A text as one generation understands it; threads may share it.

    Args:
        parsed: the text.
        labels: what readers call the keys of facets.
        forms: the written forms of a stem, with how often each occurs.
        folded: the same folded, without numbers.

    Attributes:
        parsed: the text.
    """

    def __init__(self, parsed: Parsed, labels: Labels, forms: Forms, folded: Folded) -> None:
        self.parsed = parsed
        self._labels, self._forms, self._folded = labels, forms, folded

    @cached_property
    def marker(self) -> Marker:
        """What marks stories for it."""
        return Marker(self.parsed.node, self._folded)

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """What its plain words stand for."""
        return meanings(self.parsed, self._forms)

    @cached_property
    def _asked(self) -> str:
        return asked(self.parsed, labels=self._labels, forms=self._forms)

    def explained(self, request: Request) -> str:
        """Return what is searched with the filters of a request, in one sentence."""
        return explain(self.parsed, request, labels=self._labels, words=self._asked)
