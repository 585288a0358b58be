"""What a results page repeats, as HTML: its stories, the boxes of its facets, the bars and rows of its timeline.

All else of a page stands in templates, which ask for these; no words, addresses or numbers are made here. The one idea:
what comes by the dozen is written on one sheet, whose values are escaped together and not one by one as a template's.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from search.page import Snippet
from web import words
from web.facets import Choice, FacetView
from web.results import HitView
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
    sheet.add('<ul class="choices" id="values-%s">\n', facet.name)
    _choices(sheet, facet.choices, facet.field, form)
    sheet.add("</ul>\n")
    return sheet.html()


def bars(timeline: TimelineView) -> Markup:
    """Return the bars of a timeline: in an SVG, each a column to hit with what stands in it."""
    sheet = Sheet()
    whole, ground = str(timeline.height), str(timeline.bar_height)
    for (x, width, slot_x, slot_width), y, bar_height, title, url, held in timeline.bars:
        if url:
            sheet.add('<a href="%s" rel="nofollow" tabindex="-1"><title>%s</title>', url, title)
            sheet.add('<rect class="slot" x="%s" width="%s" y="0" height="%s"/>', slot_x, slot_width, whole)
        else:
            sheet.add('<g><title>%s</title><rect class="%s"', title, "slot" if held else "void")
            sheet.add(' x="%s" width="%s" y="0" height="%s"/>', slot_x, slot_width, ground)
        if bar_height:
            sheet.add('<rect class="bar" x="%s" width="%s" y="%s" height="%s"/>', x, width, y, bar_height)
        sheet.add("</a>\n" if url else "</g>\n")
    return sheet.html()


def rows(periods: Iterable[Row]) -> Markup:
    """Return the lines of a timeline's table."""
    sheet = Sheet()
    for row in periods:
        if row.url:
            sheet.add('<tr><th scope="row"><a href="%s" rel="nofollow">%s</a></th>', row.url, row.text)
        else:
            sheet.add('<tr><th scope="row">%s</th>', row.text)
        sheet.add("<td>%s</td><td>%s</td><td>%s</td></tr>\n", row.count, row.held, row.share)
    return sheet.html()


def _story(sheet: Sheet, hit: HitView) -> None:
    if hit.language:
        sheet.add('<article class="hit" lang="%s">', hit.language)
    else:
        sheet.add('<article class="hit">')
    sheet.add('\n<h3><a href="%s">', hit.url)
    _fragments(sheet, hit.headline)
    sheet.add('</a></h3>\n<p class="facts">')
    if hit.date:
        sheet.add('<time datetime="%s">%s</time> ', hit.date, hit.date_text)
    else:
        sheet.add('<span class="undated">%s</span> ', hit.date_text)
    if hit.places:
        sheet.add('<span class="place">%s</span> ', hit.places)
    if hit.source:
        sheet.add('<span class="source">%s</span> ', hit.source)
    if hit.section:
        sheet.add("<span>%s</span> ", hit.section)
    if hit.byline:
        sheet.add("<span>%s %s</span> ", words.BY, hit.byline)
    for badge in hit.badges:
        sheet.add('<span class="badge">%s</span>', badge)
    sheet.add("</p>\n")
    if hit.snippet:
        sheet.add('<p class="snippet">')
        _fragments(sheet, hit.snippet)
        sheet.add("</p>\n")
    sheet.add("</article>\n")


def _fragments(sheet: Sheet, snippet: Snippet) -> None:
    for part in snippet:
        sheet.add("<mark>%s</mark>" if part.marked else "%s", part.text)


def _choices(sheet: Sheet, choices: Iterable[Choice], field: str, form: str) -> None:
    for choice in choices:
        sheet.add('<li class="none">' if choice.none else "<li>")
        sheet.add('<label for="%s"><input type="checkbox" id="%s" name="%s"', choice.id, choice.id, field)
        sheet.add(' value="%s"', choice.value)
        if form:
            sheet.add(' form="%s"', form)
        if choice.chosen:
            sheet.add(" checked")
        sheet.add('><span class="name">%s</span> <span class="count">%s</span></label>', choice.label, choice.count)
        sheet.add('<a class="not" href="%s" rel="nofollow"', choice.exclude_url)
        sheet.add(' aria-label="%s" title="%s">%s</a>', choice.exclude_name, choice.exclude_name, words.NOT)
        if choice.within:
            sheet.add('\n<ul class="nested">\n')
            _choices(sheet, choice.within, field, form)
            sheet.add("</ul>")
        sheet.add("</li>\n")
