"""What a results page repeats, as HTML: its stories, the boxes of its facets, the bars and rows of its timeline, links.

All else of a page stands in templates, which ask for these; no words, addresses or numbers are made here. The one idea:
what comes by the dozen is written on one sheet, whose values are escaped together and not one by one as a template's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from markupsafe import Markup

from search.page import Snippet
from web import words
from web.address import Link
from web.facets import Choice, FacetView
from web.results import HitView, Option, Pagination
from web.sheet import Sheet
from web.timeline import Row, TimelineView


def stories(hits: Iterable[HitView]) -> Markup:
    """Return stories as the items of a list."""
    sheet = Sheet()
    for hit in hits:
        sheet.add("<li>")
        _story(sheet, hit)
        sheet.add("</li>\n")
    return sheet.html()


def story(hit: HitView) -> Markup:
    """Return one story."""
    sheet = Sheet()
    _story(sheet, hit)
    return sheet.html()


def fragments(snippet: Snippet) -> Markup:
    """Return a passage with what is marked in it."""
    sheet = Sheet()
    _fragments(sheet, snippet)
    return sheet.html()


def boxes(facet: FacetView, form: str = "") -> Markup:
    """Return the values of a facet as a list of boxes to tick; `form` is the id of the form that they belong to."""
    sheet = Sheet()
    sheet.add(_CHOICES, facet.name)
    _choices(sheet, facet.choices, facet.field, form)
    sheet.add("</ul>\n")
    return sheet.html()


def facets(views: Iterable[FacetView], form: str, map_url: str) -> Markup:
    """Return facets to unfold, with their boxes and the pages with more of each; that of places has a map, too."""
    sheet = Sheet()
    for facet in views:
        sheet.add(_UNFOLDED if facet.unfolded else _FOLDED, facet.legend, facet.total)
        if facet.chosen:
            sheet.add(' <span class="chosen">%s</span>', facet.chosen)
        sheet.add(_VALUES, facet.legend, facet.name)
        _choices(sheet, facet.choices, facet.field, form)
        sheet.add("</ul>\n")
        for way in facet.more:
            sheet.add(_MORE, way.url, way.label)
        if facet.name == "city":
            sheet.add(_MORE, map_url, words.ON_A_MAP)
        sheet.add("</fieldset>\n</details>\n")
    return sheet.html()


_SUMMARY = '>\n<summary><span class="title">%s</span> <span class="count">%s</span>'
_FOLDED, _UNFOLDED = f'<details class="facet"{_SUMMARY}', f'<details class="facet" open{_SUMMARY}'
_CHOICES = '<ul class="choices" id="values-%s">\n'
_VALUES = f'</summary>\n<fieldset>\n<legend class="heard">%s</legend>\n{_CHOICES}'
_MORE = '<p class="more"><a href="%s" rel="nofollow">%s</a></p>\n'


def links(ways: Iterable[Link]) -> Markup:
    """Return links that robots are not to follow, a dot between each and the next."""
    sheet = Sheet()
    for number, way in enumerate(ways):
        sheet.add(_NEXT_WAY if number else _WAY, way.url, way.label)
    return sheet.html()


_WAY = '<a href="%s" rel="nofollow">%s</a>'
_NEXT_WAY = " · " + _WAY


def options(choices: Iterable[Option]) -> Markup:
    """Return the options of a select, a line each."""
    sheet = Sheet()
    for option in choices:
        sheet.add(_CHOSEN if option.chosen else _OPTION, option.value, option.label)
    return sheet.html()


_OPTION = '<option value="%s">%s</option>\n'
_CHOSEN = '<option value="%s" selected>%s</option>\n'


def page_links(pagination: Pagination) -> Markup:
    """Return the links to single pages as the items of a list, a line each."""
    sheet = Sheet()
    for link in pagination.links:
        if link.url:
            sheet.add(_CURRENT if link.current else _PAGE, link.url, link.name, link.label)
        else:
            sheet.add(_GAP, link.label)
    return sheet.html()


_PAGE = '<li><a href="%s" rel="nofollow" aria-label="%s">%s</a></li>\n'
_CURRENT = '<li><a href="%s" rel="nofollow" aria-label="%s" aria-current="page">%s</a></li>\n'
_GAP = "<li><span>%s</span></li>\n"


def bars(timeline: TimelineView) -> Markup:
    """Return the bars of a timeline: in an SVG, each a column to hit with what stands in it."""
    sheet = Sheet()
    whole, ground = str(timeline.height), str(timeline.bar_height)
    for (x, width, slot_x, slot_width), y, bar_height, title, url, held in timeline.bars:
        slot = (slot_x, slot_width)
        bar = (x, width, y, bar_height) if bar_height else ()
        if url:
            sheet.add(_BAR_LINK if bar else _NO_BAR_LINK, url, title, *slot, whole, *bar)
        else:
            sheet.add(_BAR if bar else _NO_BAR, title, "slot" if held else "void", *slot, ground, *bar)
    return sheet.html()


_SLOT = ' x="%s" width="%s" y="0" height="%s"/>'
_IN_SLOT = '<rect class="bar" x="%s" width="%s" y="%s" height="%s"/>'
_LINK = '<a href="%s" rel="nofollow" tabindex="-1"><title>%s</title><rect class="slot"' + _SLOT
_NO_LINK = '<g><title>%s</title><rect class="%s"' + _SLOT

_BAR_LINK, _NO_BAR_LINK = _LINK + _IN_SLOT + "</a>\n", _LINK + "</a>\n"
_BAR, _NO_BAR = _NO_LINK + _IN_SLOT + "</g>\n", _NO_LINK + "</g>\n"


def rows(periods: Iterable[Row]) -> Markup:
    """Return the lines of a timeline's table."""
    sheet = Sheet()
    for text, url, count, held, share in periods:
        if url:
            sheet.add(_ROW_LINK, url, text, count, held, share)
        else:
            sheet.add(_ROW, text, count, held, share)
    return sheet.html()


_CELLS = "</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
_ROW_LINK = '<tr><th scope="row"><a href="%s" rel="nofollow">%s</a>' + _CELLS
_ROW = '<tr><th scope="row">%s' + _CELLS


def _story(sheet: Sheet, hit: HitView) -> None:
    if hit.language:
        sheet.add('<article class="hit" lang="%s">\n<h3><a href="%s">', hit.language, hit.url)
    else:
        sheet.add('<article class="hit">\n<h3><a href="%s">', hit.url)
    _fragments(sheet, hit.headline)
    by = f"{words.BY} {hit.byline}" if hit.byline else ""
    known = hit.date, hit.date_text, hit.places, hit.source, hit.section, by
    form = _facts(bool(hit.date), bool(hit.places), bool(hit.source), bool(hit.section), bool(by), len(hit.badges))
    sheet.add(form, *[text for text in known if text], *hit.badges)
    if hit.snippet:
        sheet.add('<p class="snippet">')
        _fragments(sheet, hit.snippet)
        sheet.add("</p>\n</article>\n")
    else:
        sheet.add("</article>\n")


@cache
def _facts(dated: bool, places: bool, source: bool, section: bool, byline: bool, badges: int) -> str:
    """How what is known of a story is written: its date in words, its places, its source, its section, who wrote it."""
    return "".join(
        (
            '</a></h3>\n<p class="facts">',
            '<time datetime="%s">%s</time> ' if dated else '<span class="undated">%s</span> ',
            '<span class="place">%s</span> ' if places else "",
            '<span class="source">%s</span> ' if source else "",
            "<span>%s</span> " * (section + byline),
            '<span class="badge">%s</span>' * badges,
            "</p>\n",
        )
    )


def _fragments(sheet: Sheet, snippet: Snippet) -> None:
    sheet.extend(["<mark>%s</mark>" if part.marked else "%s" for part in snippet], [part.text for part in snippet])


def _choices(sheet: Sheet, choices: Iterable[Choice], field: str, form: str) -> None:
    forms = _choice_forms(bool(form))
    of_form = (form,) if form else ()
    for id, value, label, count, chosen, none, exclude_url, exclude_name, within in choices:
        sheet.add(
            forms[none, chosen],
            *(id, id, field, value, *of_form, label, count, exclude_url, exclude_name, exclude_name, words.NOT),
        )
        if within:
            sheet.add('\n<ul class="nested">\n')
            _choices(sheet, within, field, form)
            sheet.add("</ul>")
        sheet.add("</li>\n")


@cache
def _choice_forms(of_form: bool) -> Mapping[tuple[bool, bool], str]:
    """How a value is written, by whether it is at none and whether it is chosen; boxes may be of a form elsewhere."""
    return {
        (none, chosen): "".join(
            (
                '<li class="none">' if none else "<li>",
                '<label for="%s"><input type="checkbox" id="%s" name="%s" value="%s"',
                ' form="%s"' if of_form else "",
                " checked" if chosen else "",
                '><span class="name">%s</span> <span class="count">%s</span></label>',
                '<a class="not" href="%s" rel="nofollow" aria-label="%s" title="%s">%s</a>',
            )
        )
        for none in (False, True)
        for chosen in (False, True)
    }
