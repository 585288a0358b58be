import pytest

from index import readers
from index.enrich import Context, enrich
from index.record import Record
from tests.index.enrich.test_dates import TODAY

LEDE = (
    "<p>The city council voted late on the plan to repair the old bridge across the river, which has been closed to "
    "lorries since the flood of last year, and asked the state for money.</p>"
)
TEXT = f"{LEDE}<p>The work will take a year and a half, the engineer of the county told the members on Monday.</p>"


def published(
    top: str = "", after: str = "", *, text: str = TEXT, head: str = "", above: str = "", language: str = "en"
) -> str | None:
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><title>Bridge vote</title>{head}</head><body>{above}'
        f"<main><article><h1>Council votes to repair the bridge</h1>{top}{text}</article></main>{after}</body></html>"
    )
    return enrich(readers.draft(Record(page.encode(), "html", "/a.html")), Context(TODAY, "/a.html")).published


@pytest.mark.parametrize(
    "top",
    [
        "<p>January 24, 2018</p>",
        "<div>By Jane Doe | Jan. 24, 2018 | 5 min read</div>",
        "<div><span>Posted on</span> <span>January 24, 2018</span></div>",
        '<div aria-label="Published: Jan. 24, 2018 Updated: Jan. 25, 2018"></div>',
        "<table><tr><td>Updated:</td><td>January 25, 2018</td></tr>"
        "<tr><td>Published:</td><td>January 24, 2018</td></tr></table>",
        "<p>Updated Jan. 25, 2018. Published Jan. 24, 2018</p>",
        '<time class="entry-date published updated" datetime="2018-01-24">January 24</time>',
        "<p>January 24, 2018 by Jane Doe Leave a Comment</p>",
        '<p class="entry-meta"><time>January 24, 2018</time> by <span>Jane</span> <a>Leave a Comment</a></p>',
        "<div>By Jane Doe. Edited by John Roe</div><div>January 24, 2018</div>",
        '<div class="deck">How the river changed the town</div><div>January 24, 2018</div>',
        "<h3>Weather Update</h3><div>January 24, 2018</div>",
        '<div class="timestamp timestamp-updated">January 25, 2018</div>'
        '<div class="timestamp timestamp-published">January 24, 2018</div>',
        "<div><span>Updated: </span>Jan. 25, 2018, 9:00 a.m.<span>|</span><span>Published: </span>Jan. 24, 2018</div>",
        '<span class="timeago" title="2018-01-24">6 years ago</span>',
        "<noscript><div>March 3, 2017</div></noscript><div>January 24, 2018</div>",
        "<p>Submitted by jane on Wed, 01/24/2018</p>",
        "<div>2018年1月24日 (2018年1月25日 9:00更新)</div>",
        '<footer><small>First published on <time datetime="2018-01-24">January 24</time></small></footer>',
    ],
)
def test_a_date_by_the_headline_that_says_no_more_is_the_storys(top: str) -> None:
    assert published(top) == "2018-01-24"


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div class="has-sidebar">',
        '<div class="content-sidebar-wrap">',
        '<div class="elementor-widget-wrap">',
        '<div class="event-story">',
        '<div class="latest-news">',
        '<div class="comments-open">',
        '<div id="baltimore-sun">',
        '<form id="aspnetForm"><div>',
    ],
)
def test_whatever_holds_the_headline_is_the_storys_by_any_name(wrapper: str) -> None:
    page = f"<html><head><title>Bridge vote</title></head><body>{wrapper}<h1>Bridge vote</h1>"
    for date in ("<p>January 24, 2018</p>", '<time datetime="2018-01-24">Wednesday</time>'):
        draft = readers.draft(Record(f"{page}{date}{TEXT}</div></body></html>".encode(), "html", "/a.html"))
        assert enrich(draft, Context(TODAY, "/a.html")).published == "2018-01-24"


@pytest.mark.parametrize(
    "body",
    [
        "<div><h1>Bridge vote</h1>January 24, 2018<p>…</p>",
        "<div><h1>Bridge vote</h1><br><br>By Jane Doe<br>January 24, 2018<br><br>It voted.",
        "<td><a>Home</a><td><h2>Council votes on bridge</h2><font size='-1'>January 24, 2018</font>",
        "<header><h1>The Bugle</h1></header><article><h1>Council votes on bridge</h1><p>January 24, 2018</p></article>",
        "<article><h1>Council votes on bridge</h1><p>January 24, 2018</p></article>"
        "<article><h1>Another story with a really long headline</h1><time datetime='2017-01-02'></time></article>",
    ],
)
def test_the_headline_is_found_in_old_pages_and_among_several(body: str) -> None:
    page = f"<html><head><title>Council votes on bridge</title></head><body>{body}{TEXT}</body></html>"
    draft = readers.draft(Record(page.encode(), "html", "/a.html"))
    assert enrich(draft, Context(TODAY, "/a.html")).published == "2018-01-24"


@pytest.mark.parametrize(
    "top",
    [
        '<span class="post-modified-date">January 26, 2018</span>',
        '<div class="wp-block-post-date__modified-date wp-block-post-date"><time>January 26, 2018</time></div>',
        "<span>Updated</span><span>:</span><time datetime='2018-01-26'>Jan 26</time>",
        "<time>Jan 26, 2018</time> (updated)",
        '<time itemprop="dateModified" datetime="2018-01-26">Jan 26, 2018</time>',
        '<span class="last-modified">January 26, 2018</span>',
        '<ul><li class="modified-date"><time class="updated" datetime="2018-01-26">Jan 26, 2018</time></li></ul>',
        '<time datetime="2018-01-26">Updated on: January 26, 2018</time>',
        "<div>Updated</div><div>January 26, 2018</div>",
        "<dl><dt>Last updated</dt><dd>January 26, 2018</dd></dl>",
        "<div><b>Updated</b> 10:00 a.m. Jan. 26, 2018</div>",
        "<p>Correction, Jan. 26, 2018: the bridge is older.</p>",
        "<p>Zuletzt geändert am 26.01.2018</p>",
    ],
)
def test_the_day_of_a_change_is_not_the_publications_however_it_is_marked(top: str) -> None:
    assert published(top) is None


@pytest.mark.parametrize(
    "text",
    [
        f"<p>On May 5, 2016 the flood took the bridge.</p>{TEXT}",
        f"<p>The council met on <b>January 24, 2018</b> to vote on the bridge.</p>{TEXT}",
        f"<p><b>Deadline:</b> January 24, 2018</p>{TEXT}",
        f"<table><tr><th>Application deadline</th><td>January 24, 2018</td></tr></table>{TEXT}",
        f"<p>March 3, 1931 - January 24, 2018</p>{TEXT}",
        f'<blockquote class="twitter-tweet"><a>January 24, 2018</a></blockquote>{TEXT}',
        f"<p>John Smith, 82, of Salem, died May 4, 2016, at his home.</p>{TEXT}",
        f"<p>Hearing: June 9, 2019, 7 p.m.</p>{TEXT}",
        f"<p>This offer ends December 31, 2018.</p>{TEXT}",
        f"<p>Jane Doe has been with The Paper since May 5, 2016.</p>{TEXT}",
        f"<figure><figcaption>The bridge on May 5, 2016.</figcaption></figure>{TEXT}",
        f'{TEXT}<p>The next meeting is on <time datetime="2018-03-05">March 5</time>.</p>',
        f"{TEXT}<h3>May 3, 2011</h3><p>The river rises by four feet in one night.</p>",
    ],
)
def test_a_date_that_the_story_tells_of_is_not_its_own(text: str) -> None:
    assert published(text=text) is None


@pytest.mark.parametrize(
    "after",
    [
        "<footer><p>Founded May 5, 1884</p></footer>",
        '<section><h2>More news</h2><a href="/a">Ferry stops</a> <time datetime="2018-03-05">5 Mar</time></section>',
        '<div class="related-stories"><p>March 5, 2018</p></div>',
        '<div id="comments"><p>March 5, 2018</p></div>',
        '<div class="upcoming-events"><time datetime="2018-03-05">5 Mar</time></div>',
        '<div class="similar"><span class="date">March 5, 2018</span></div>',
        '<div class="related"><meta itemprop="datePublished" content="2018-03-05"></div>',
        '<div id="replies"><div><time datetime="2018-03-05">5 Mar</time></div></div>',
        '<div class="card"><span class="date">March 5, 2018</span><h3>Ferry stops</h3></div>',
        '<p data-timestamp="2018-03-05T10:00:00">Tom says: fine.</p>',
    ],
)
def test_another_date_of_the_page_is_not_the_storys(after: str) -> None:
    assert published(after=after) is None


def test_the_day_a_page_was_fetched_is_not_the_storys() -> None:
    today = '<header class="masthead"><time datetime="2026-11-20">Friday, November 20, 2026</time></header>'
    assert published(above=today) is None
    assert published("<p>January 24, 2018</p>", above=today) == "2018-01-24"


def test_a_date_that_cannot_be_hides_no_date_that_readers_see() -> None:
    future = '<meta name="pubdate" content="2099-01-01">'
    assert published('<p class="posted-on">Posted on January 24, 2018</p>', head=future) == "2018-01-24"


@pytest.mark.parametrize("top", ['<p class="pubdate">Published January 24, 2018</p>', "<p>January 24, 2018</p>"])
def test_the_date_at_the_headline_is_believed_before_a_time_further_down(top: str) -> None:
    further = '<ul class="further"><li><a>Other</a><time datetime="2017-03-03">3 Mar</time></li></ul>'
    assert published(top, text=f"{TEXT}{further}") == "2018-01-24"


def test_a_page_of_many_dates_is_read_in_a_moment() -> None:
    many = '<div><span class="date">Jan 5</span> x</div>' * 2_000 + "<time>Jan 5</time>" * 1_000
    assert published("<p>January 24, 2018</p>", text=f"{TEXT}<ul><li>{many}</li></ul>") == "2018-01-24"


def test_a_live_blog_is_of_its_own_day_and_not_of_an_entrys() -> None:
    head = """<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2018-01-24",
      "liveBlogUpdate": [{"@type": "BlogPosting", "datePublished": "2018-01-26", "articleBody": "x"}]}</script>"""
    assert published(head=head) == "2018-01-24"


def test_of_the_names_in_a_pages_data_the_first_publication_is_believed() -> None:
    data = '{"publish_date": "2018-01-26", "first_publish_date": "2018-01-24", "created_date": "2018-01-23"}'
    assert published(after=f"<script>state = {data}</script>") == "2018-01-24"


def test_a_script_that_writes_the_date_tells_it() -> None:
    assert published('<script>showDate("2018/01/24 01:43:09")</script>') == "2018-01-24T01:43:09"
