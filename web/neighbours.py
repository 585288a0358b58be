"""The addresses of a question and of those that differ from it in little, of which a results page has hundreds.

Writing only; what an address means is `web.address`. The one idea: an address is its parameters in their order, so each
parameter is written once, and a neighbour is the same pieces with one or two of them others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote_plus

from web.address import ORDER, Question, address, pairs, typed_days

#: Values of facets come again on every page.
_quoted = lru_cache(4_096)(quote_plus)

#: What changes where a question is asked of other stories, or in another order: it begins again on its first page.
_FIRST_PAGE = {"page": ""}

#: What narrowing to days takes the place of.
_ANY_DAY = {"since": "", "until": "", "undated": "", "by": "", "page": ""}

#: What `Question.cleared` takes away.
_CLEARED = dict.fromkeys(set(ORDER) - {"q", "sort", "recency", "scale", "size"}, "")


def written(name: str, values: Iterable[str]) -> str:
    """Return a parameter as an address has it, once for each of its values.

    >>> written("city", ("us-or", "name:le puy"))
    'city=us-or&city=name%3Ale+puy'
    """
    return "&".join([f"{name}={_quoted(value)}" for value in values])


class Neighbours:
    """The addresses around a question, each as the question of that name in `web.address` has it.

    Example:
        >>> around = Neighbours(Question().asking("flood").on_page(3))
        >>> around.first_page("/search.csv"), around.page(2)
        ('/search.csv?q=flood', '/search?q=flood&page=2')
    """

    __slots__ = ("_pieces", "question")

    def __init__(self, question: Question) -> None:
        self.question = question
        self._pieces: dict[str, str] = {}
        for name, value in pairs(question):
            piece = f"{name}={_quoted(value)}"
            self._pieces[name] = f"{self._pieces[name]}&{piece}" if name in self._pieces else piece

    def _address(self, changed: dict[str, str], path: str = "/search") -> str:
        """Return the address with other pieces, "" for none."""
        pieces = self._pieces | changed
        query = "&".join([piece for name in ORDER if (piece := pieces.get(name))])
        return f"{path}?{query}" if query else path

    def first_page(self, path: str = "/search") -> str:
        """Return the address of the first page, or of the same list in another form."""
        return self._address(_FIRST_PAGE, path)

    def page(self, page: int) -> str:
        """Return the address of a page, as `on_page` has it."""
        return self._address({"page": f"page={page}" if page > 1 else ""})

    def in_default_order(self, path: str) -> str:
        """Return the address of the list in another form that has an order of its own."""
        return self._address({"sort": "", "page": ""}, path)

    def followed(self) -> str:
        """Return the address of what is followed of a search (`web.saved`)."""
        return self._address({"sort": "", "page": "", "arrived-by": "", "cited": ""})

    def cited(self, citation: str) -> str:
        """Return the address by which the search is cited, with what was seen."""
        return self._address({"page": "", "cited": f"cited={_quoted(citation)}"})

    def cleared(self) -> str:
        """Return the address of the words alone, as `cleared` has it."""
        return self._address(_CLEARED)

    def scaled(self, scale: str) -> str:
        """Return the address with bars on another scale, as `scaled` has it."""
        return self._address({"scale": "" if scale == "count" else f"scale={scale}"})

    def undated(self) -> str:
        """Return the address of the stories without a date."""
        return self._address(_ANY_DAY | {"undated": "undated=only"})

    def any_day(self) -> str:
        """Return the address without any bound in time, as `between(None, None)` has it."""
        return self._address(_ANY_DAY)

    def asking(self, text: str) -> str:
        """Return the address of other words, as `asking` has it."""
        if not text.strip() or not self.question.request.text.strip():  # the order may be another by itself
            return address(self.question.asking(text))
        return self._address({"q": f"q={_quoted(text)}", "page": ""})

    def unchoosing(self, facet: str, key: str) -> str:
        """Return the address with one value of a facet no longer chosen, as `unchoosing` has it."""
        kept = (value for value in self.question.request.selected(facet) if value != key)
        return self._address({facet: written(facet, kept), "page": ""})

    def including(self, facet: str, key: str) -> str:
        """Return the address with one value of a facet no longer left out, as `including` has it."""
        name = f"not-{facet}"
        kept = (value for value in self.question.request.exclude.get(facet, ()) if value != key)
        return self._address({name: written(name, kept), "page": ""})

    def narrowing(self) -> Callable[[date, date], str]:
        """Return what gives the address narrowed to days, as `between` has it: a chart has dozens.

        >>> Neighbours(Question().asking("flood")).narrowing()(date(1987, 4, 1), date(1987, 4, 30))
        '/search?q=flood&since=1987-04&until=1987-04'
        """
        before, after = self._around("since", "until", _ANY_DAY)

        def narrowed(since: date, until: date) -> str:
            first, last = typed_days(since, until)
            return f"{before}since={first}&until={last}{after}"

        return narrowed

    def leaving_out(self, facet: str) -> Callable[[str], str]:
        """Return what gives the address without the stories that have a value, as `excluding` has it.

        >>> Neighbours(Question()).leaving_out("section")("Arts")
        '/search?not-section=Arts'
        """
        asked = self.question.request
        chosen, already = asked.selected(facet), asked.exclude.get(facet, ())
        name = f"not-{facet}"
        before, after = self._around(name, name, _FIRST_PAGE)

        def without(key: str) -> str:
            if key in chosen:
                return address(self.question.excluding(facet, key))
            if already:
                return f"{before}{written(name, sorted({*already, key}))}{after}"
            return f"{before}{name}={_quoted(key)}{after}"

        return without

    def _around(self, first: str, last: str, changed: dict[str, str]) -> tuple[str, str]:
        """Return what stands before and after the parameters `first` to `last`."""
        pieces = self._pieces | changed
        begin, end = ORDER.index(first), ORDER.index(last)
        before = "&".join([piece for name in ORDER[:begin] if (piece := pieces.get(name))])
        after = "&".join([piece for name in ORDER[end + 1 :] if (piece := pieces.get(name))])
        return f"/search?{before}&" if before else "/search?", f"&{after}" if after else ""
