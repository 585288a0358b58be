"""The pages: home, results, stories, holdings and help.

Routes only: each reads its address, asks the archive, and hands a finished view to a template. The one idea: the
address is the state, so an address that says the same in more words leads to the one that says it best.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.analysis import without_accents
from index.article import Article
from search.page import Bucket, Facet, Page
from search.request import FACETS, filter_of
from web import cite, cited, clock, coverage, results, story, words
from web.address import MOST_CHOSEN, Link, Question, address, pairs, read
from web.citation import Citation
from web.facets import facet_view
from web.feeds import called
from web.neighbours import Neighbours
from web.saved import followed, saved
from web.shelf import NEWEST, Line, day_link
from web.site import Said, site
from web.timeline import view as timeline_view

blueprint = Blueprint("pages", __name__)

#: Cities, and sources, on the home page.
_CITIES = 18
_SOURCES = 8

#: Values of a facet's own page.
_MOST_VALUES = 500

#: Filters that a search without an answer tries to do without.
_MOST_TRIED = 6


@blueprint.get("/")
def home() -> str:
    """Show the search box, the newest stories, and the ways in by city and by year."""
    here = site()
    overview = here.catalogue.overview()
    years = timeline_view(overview.timeline, Neighbours(Question()), here.formats)
    places = here.catalogue.places()
    cities_total = here.formats.number(len(places))
    stories = words.stories(overview.total, here.formats.number(overview.total))
    return render_template(
        "home.html",
        empty=overview.total == 0,
        facts=[fact for fact in (stories, _span_held(), words.cities_heading(cities_total)) if fact],
        hits=[results.hit_view(hit, None, here.formats) for hit in overview.hits[:NEWEST]],
        timeline=years if overview.timeline.buckets else None,
        today=day_link(here.today, here.formats),
        places=[
            Line(place.label, f"/cities/{place.slug}", here.formats.number(place.count)) for place in places[:_CITIES]
        ],
        sources=[
            Line(source.label, f"/sources/{source.slug}", here.formats.number(source.count))
            for source in here.catalogue.sources()[:_SOURCES]
        ],
        sections=[
            Link(bucket.label, address(Question().choosing("section", bucket.key)))
            for bucket in _buckets(overview.facets.get("section"))[:8]
        ],
    )


@blueprint.get("/search")
def search() -> AnyResponse | str | tuple[str, int]:
    """Show what a search found."""
    here = site()
    question = site().asked(request.args.items(multi=True))
    if not question.problems and list(request.args.items(multi=True)) != pairs(question):
        return redirect(address(question))
    newest = here.archive.newest_arrival
    page = here.archive.search(question.request)
    clock.found(page)
    if page.total and not page.hits:
        return _beyond(question, page.total)
    with clock.timed("view"):
        shown = _shown(question, page, newest)
    with clock.timed("html"):
        return render_template("results.html", **shown)


def _shown(question: Question, page: Page, newest: int) -> dict[str, object]:
    """What the template of results shows; `newest` is the last arrival that the search knew of."""
    here = site()
    root = request.host_url.rstrip("/")
    since = question.cited and cited.view(here.archive, question, question.cited, page, here.formats)
    question = question.uncited()
    without = () if page.total else _without(question)
    shown = results.view(question, page, here.formats, here.catalogue.label, without)
    around = Neighbours(question)
    link = around.cited(str(Citation(here.today, page.total, newest, page.generation)))
    citation = words.cite_search(
        shown.explain,
        shown.heading,
        f"{here.archive.title}, {page.generation}",
        here.formats.day(here.today),
        root + link,
    )
    return {
        "page": shown,
        "cited": since,
        "citation": citation,
        "link": link,
        "saved": saved(called(here, followed(question)), root + around.followed()),
        "query_text": question.request.text,
    }


@blueprint.get("/search/<any(country, region, city, section, source, byline):facet>")
def values(facet: str) -> str:
    """Show every value of a facet for a search, with boxes to choose from; places chosen on other levels stay."""
    here = site()
    question = here.understood(request.args.items(multi=True))
    find = request.args.get("find", "").strip()
    page = here.archive.search(replace(question.request, offset=0, limit=0, facet_limit=0))
    whole = page.facets.get(facet) or Facet(facet, (), 0)
    wanted = _plain(find)
    buckets = [bucket for bucket in whole.buckets if bucket.selected or wanted in _plain(bucket.label)]
    shown = facet_view(Facet(facet, tuple(buckets[:_MOST_VALUES]), len(buckets)), Neighbours(question), here.formats)
    asked = question.request
    elsewhere = set(asked.selected(filter_of(facet))).difference(asked.listed(facet))
    kept = question.choosing_only(filter_of(facet), tuple(elsewhere)).on_page(1)
    return render_template(
        "values.html",
        facet=shown,
        facet_name=facet,
        heading=words.facet_heading(facet, here.formats.number(whole.total_values)),
        explain=words.searched_for(page.explain) if page.explain else "",
        hidden=[results.Hidden(name, value) for name, value in pairs(kept)],
        find_hidden=[results.Hidden(name, value) for name, value in pairs(question.on_page(1))],
        find=find,
        every=_every(question, facet, buckets),
        too_many=words.too_many_to_choose(facet, MOST_CHOSEN) if len(buckets) > MOST_CHOSEN else "",
        capped=words.values_capped(_MOST_VALUES) if len(buckets) > _MOST_VALUES else "",
        back=address(question),
        query_text=question.request.text,
    )


@blueprint.get("/stories/<id>")
@blueprint.get("/stories/<id>/<slug>")
def one_story(id: str, slug: str = "") -> AnyResponse | str:
    """Show a story; an address with another headline leads to the present one."""
    here = site()
    clipping = here.archive.story(id)
    if clipping is None:
        raise Said(410, words.STORY_GONE) if here.archive.was_removed(id) else Said(404, words.NO_SUCH_STORY)
    question = read([("q", request.args.get("q", ""))])
    path = results.story_path(clipping.story.article)
    if slug != results.slug(clipping.story.article.headline):
        return redirect(address(question, path), 301)
    article = clipping.story.article
    thread = here.archive.related(id)
    shown = story.view(clipping, here.formats, here.catalogue, _marking(question), here.today, thread)
    return render_template(
        "story.html",
        story=shown,
        linked_data=story.linked_data(article, request.host_url.rstrip("/") + path, here.archive.title),
        citation=cite.plain(article, _lasting_link(article), here.archive.title, here.formats),
        back=address(question) if question.request.text else "",
        query_text=question.request.text,
    )


@blueprint.get("/cite/<id>")
def cite_story(id: str) -> Response | str:
    """Show how to cite a story, in a sentence and in three formats; `as` answers with one of those alone."""
    here = site()
    clipping = here.archive.story(id)
    if clipping is None:
        raise Said(410, words.STORY_GONE) if here.archive.was_removed(id) else Said(404, words.NO_SUCH_STORY)
    article = clipping.story.article
    path = results.story_path(article)
    link = _lasting_link(article)
    forms = {
        "ris": ("RIS", cite.ris(article, link), "application/x-research-info-systems", "ris"),
        "bibtex": ("BibTeX", cite.bibtex(article, link), "application/x-bibtex", "bib"),
        "csl": ("CSL-JSON", cite.csl_text(article, link), "application/vnd.citationstyles.csl+json", "json"),
    }
    wanted = request.args.get("as", "")
    if wanted in forms:
        _, text, kind, ending = forms[wanted]
        answer = Response(text, content_type=f"{kind}; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{article.id}.{ending}"'
        return answer
    return render_template(
        "cite.html",
        back=path,
        headline=article.headline or words.UNTITLED,
        plain=cite.plain(article, link, here.archive.title, here.formats),
        forms=[(name, f"{request.path}?as={key}", text) for key, (name, text, *_) in forms.items()],
    )


@blueprint.get("/coverage")
def coverage_table() -> str:
    """Show how many stories of each source the archive holds, by year or by the months of one."""
    here = site()
    given = request.args.get("year", "")
    year = int(given) if re.fullmatch(r"[0-9]{4}", given) and given != "0000" else None
    table = coverage.view(here.catalogue.holdings(year), here.formats, year, here.catalogue.source_path)
    heading = words.coverage_of(f"{year}") if year else words.COVERAGE_HEADING
    stories = Link(words.stories_of(f"{year}"), f"/on/{year:04}") if year and table.rows else None
    return render_template(
        "coverage.html", table=table, heading=heading, back="/coverage" if year else "", stories=stories
    )


@blueprint.get("/help")
def help() -> str:
    """Show how to search."""
    groups = [
        (heading, [(Link(query, address(Question().asking(query))), meaning) for query, meaning in examples])
        for heading, examples in words.EXAMPLES
    ]
    return render_template("help.html", groups=groups)


@blueprint.get("/about")
def about() -> str:
    """Show what the archive holds and what the pages are made with."""
    from index.enrich.cities import ATTRIBUTION  # brings the gazetteer, which other pages need not wait for

    here = site()
    overview = here.catalogue.overview()
    return render_template(
        "about.html",
        count=words.stories(overview.total, here.formats.number(overview.total)),
        span=_span_held(),
        cities=here.formats.number(len(here.catalogue.places())),
        sources=here.formats.number(len(here.catalogue.sources())),
        undated=words.stories(overview.timeline.undated, here.formats.number(overview.timeline.undated)),
        folded=here.formats.number(overview.folded),
        generation=overview.generation,
        gazetteer=ATTRIBUTION,
    )


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to browsers (OpenSearch 1.1), so that the address bar can ask the archive."""
    description = render_template("opensearch.xml")
    return Response(description, content_type="application/opensearchdescription+xml; charset=utf-8")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell robots what is worth reading: stories and cities, not every way to cut the results."""
    forbidden = ("/search?", "/search/", "/search.", "/map", "/cite/", "/api/v1/")
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in forbidden), f"Sitemap: {request.host_url}sitemap.xml")
    return Response("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")


def _lasting_link(article: Article) -> str:
    """The shortest address of a story, which no change of headline changes."""
    return f"{request.host_url}stories/{quote(article.id, safe='')}"


def _marking(question: Question) -> story.Marking:
    """What marks, in a story, the words of the search a reader comes from."""
    from search.highlight import mark_whole  # brings the analysis, which `--help` need not wait for
    from search.query import parse

    here = site()
    node = parse(question.request.text, places=here.archive.places, today=here.today, locale=here.house.locale).node
    return lambda article: mark_whole(article, node)


def _plain(name: str) -> str:
    """A name as it is looked for in a list: without capitals and accents."""
    return without_accents(name).casefold()


def _every(question: Question, facet: str, buckets: Sequence[Bucket]) -> Link | None:
    """The search for all values that a facet's page lists, any of them; None where they are one, or too many."""
    if not 1 < len(buckets) <= MOST_CHOSEN:
        return None
    chosen = question.choosing_only(filter_of(facet), [bucket.key for bucket in buckets])
    return Link(words.search_every(facet, site().formats.number(len(buckets))), address(chosen))


def _buckets(facet: Facet | None) -> tuple[Bucket, ...]:
    return facet.buckets if facet else ()


def _span_held() -> str:
    """The years the archive holds stories from: "1996–2016", or "" where none is dated."""
    held = [period for period in site().catalogue.overview().timeline.buckets if period.held]
    if not held:
        return ""
    return site().formats.years(held[0].start.year, held[-1].end.year)


def _without(question: Question) -> tuple[Link, ...]:
    """For a search that found nothing: the searches with one filter less that find something."""
    here = site()
    found = []
    tried = _fewer(question)[:_MOST_TRIED]
    if len(tried) > 1 and question.request.text.strip():
        tried.append((words.NO_FILTERS, question.cleared()))
    for tag, fewer in tried:
        total = here.archive.search(replace(fewer.request, limit=0, facets=(), in_words=False)).total
        if total:
            stories = words.stories(total, here.formats.number(total))
            found.append(Link(words.without(tag, stories), address(fewer)))
    return tuple(found)


def _fewer(question: Question) -> list[tuple[str, Question]]:
    asked = question.request
    label = site().catalogue.label
    fewer = [(label(facet, key), question.unchoosing(facet, key)) for facet in FACETS for key in asked.selected(facet)]
    if asked.since or asked.until:
        fewer.append((words.THE_DATES, question.between(None, None)))
    fewer += [
        (f"{words.NOT_PREPOSITIONS[facet]} {label(facet, key)}", question.including(facet, key))
        for facet in FACETS
        for key in asked.exclude.get(facet, ())
    ]
    if asked.undated is not None:
        fewer.append((words.TIMELINE_WITHOUT if asked.undated else words.DATED, question.with_undated(None)))
    if asked.arrived_by is not None:
        fewer.append((words.arrived_by(site().formats.number(asked.arrived_by)), question.arrived_by(None)))
    return fewer


def _beyond(question: Question, total: int) -> tuple[str, int]:
    """Answer for a page after the last one."""
    formats = site().formats
    last = -(-total // question.request.limit)
    advice = words.no_such_page(formats.number(question.page), words.pages(last, formats.number(last)))
    link = Link(words.page_label(formats.number(last)), address(question.on_page(last)))
    page = render_template("error.html", status=404, heading=words.NOT_FOUND[0], advice=advice, link=link)
    return page, 404
