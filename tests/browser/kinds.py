"""Every kind of page, by an address of the sample archive: what each claim about all pages is tried on.

Data and one function; no claims. The one idea: a page that is not listed here fails a test (`test_kinds.py`), so
none is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page.

    Attributes:
        name: as tests and screenshots call it.
        path: an address where it is to be seen.
        status: what the server answers there.
        draft: text to paste into the page and to send; "" for a page that shows at once what it has.
    """

    name: str
    path: str
    status: int = 200
    draft: str = ""


DRAFT = """PORTLAND, Maine - The new Merrow Bridge will open to traffic in May, the state said on Monday, eleven years
after voters approved a $58 million bond. The old bridge, with its bakers and its ferrymen, closes the same night."""

KINDS = (
    Kind("home", "/"),
    Kind("results", "/search?q=bridge"),
    Kind("results-all", "/search"),
    Kind("results-filtered", "/search?q=bridge&city=4975802&not-section=Letters&since=2010&until=2016"),
    Kind("results-month", "/search?since=2012-06&until=2012-06"),
    Kind("results-share", "/search?q=river&scale=share&page=2"),
    Kind("results-odd", "/search?q=%22brige+mayr&since=someday"),
    Kind("results-nothing", "/search?q=bridge+zeppelin&section=Weather"),
    Kind("clippings", "/search.clippings?q=bridge"),
    Kind("values", "/search/city?q=river"),
    Kind("map", "/map?city=4975802"),
    Kind("map-world", "/map?q=river&view=world"),
    Kind("story", "/stories/ss-2010-0420/school-board-approves-merger-4-3-after-midnight"),
    Kind("story-found", "/stories/jwvyh72fxqb7fazb/yes-on-the-bridge-bond-passes-in-all-but-four-towns?q=bridge"),
    Kind("story-copied", "/stories/wns-2014-1021/sao-paulo-counts-its-water-in-days"),
    Kind("cite", "/cite/wl-2011-0302"),
    Kind("cities", "/cities"),
    Kind("city", "/cities/portland-maine"),
    Kind("city-which", "/cities/springfield"),
    Kind("sources", "/sources"),
    Kind("source", "/sources/the-portland-harbor-light"),
    Kind("on", "/on/06-13"),
    Kind("on-year", "/on/2012"),
    Kind("on-date", "/on/2012-06-13"),
    Kind("on-city", "/on/06-13?city=4975802"),
    Kind("coverage", "/coverage"),
    Kind("coverage-year", "/coverage?year=2012"),
    Kind("covered", "/covered"),
    Kind("covered-answer", "/covered", draft=DRAFT),
    Kind("help", "/help"),
    Kind("about", "/about"),
    Kind("api", "/api/v1"),
    Kind("missing", "/no-such-page", status=404),
)
