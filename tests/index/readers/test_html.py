import pytest

from index import readers
from index.readers.pagedates import embedded_dates
from index.record import DateClue, Draft, Record

TEXT = (
    "<p>The bridge over the river is closed for the winter, the mayor said on Monday, since the ice has moved two of "
    "its piers.</p><p>Traffic goes by way of the dam, as it did in the year of the flood, and the ferry runs twice a "
    "day for those who live on the other bank.</p>"
)
BODY = (
    "The bridge over the river is closed for the winter, the mayor said on Monday, since the ice has moved two of its "
    "piers.\n\nTraffic goes by way of the dam, as it did in the year of the flood, and the ferry runs twice a day for "
    "those who live on the other bank."
)


def drafted(head: str = "", top: str = "<h1>Bridge closed</h1>", text: str = TEXT, encoding: str = "utf-8") -> Draft:
    page = f"<!DOCTYPE html><html><head>{head}</head><body><article>{top}{text}</article></body></html>"
    return readers.draft(Record(page.encode(encoding), "html", "/a.html"))


def json_ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


STORY = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge closed",
 "datePublished": "2018-01-24T17:30:00-05:00", "dateModified": "2018-01-25", "articleSection": ["News"],
 "author": [{"@type": "Person", "name": "By Jane Doe"}, {"@type": "Organization", "name": "The Daily Bugle"}],
 "publisher": {"@type": "NewsMediaOrganization", "name": "The Daily Bugle"}, "url": "https://example.org/1",
 "inLanguage": "en-US", "contentLocation": {"address": {"addressLocality": "Albany", "addressRegion": "NY"}}}"""
FOUND = Draft(
    headline="Bridge closed",
    body=BODY,
    byline="Jane Doe",
    section="News",
    source="The Daily Bugle",
    url="https://example.org/1",
    language="en-US",
    types=("news",),
    dates=(DateClue("2018-01-24T17:30:00-05:00", "JSON-LD datePublished"),),
    cities=("Albany, NY",),
)


@pytest.mark.parametrize(
    "content",
    [
        STORY,
        f"[{STORY}]",
        f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}}, {STORY}]}}',
        f"<!-- {STORY} -->",
        f"//<![CDATA[\n{STORY}\n//]]>",
        STORY.replace('"inLanguage": "en-US",', '"inLanguage": "en-US",,').replace(",,", ",\n"),
        STORY.replace("}}}", "},}}").replace('"News"]', '"News",]'),
        STORY.replace("Bridge closed", "Bridge\n closed"),
        STORY + ";",
        '{"@type": "ItemList", "itemListElement": [' + STORY.replace("Bridge", "Dam") + "]}" + STORY,
    ],
)
def test_json_ld_is_believed_even_where_it_is_broken_in_the_usual_ways(content: str) -> None:
    assert drafted(json_ld(content)) == FOUND


def test_the_node_that_names_the_page_is_the_story() -> None:
    other = STORY.replace("Bridge closed", "Dam open").replace("example.org/1", "example.org/2")
    head = json_ld(other) + json_ld(STORY) + '<link rel="canonical" href="https://www.example.org/1/?utm=x">'
    assert drafted(head).headline == "Bridge closed"


def test_authors_may_stand_elsewhere_in_the_graph() -> None:
    graph = """{"@graph": [{"@type": "Article", "headline": "Bridge closed", "author": {"@id": "#jane"}},
      {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}"""
    assert drafted(json_ld(graph)).byline == "Jane Doe"


def test_json_that_cannot_be_mended_is_passed_over() -> None:
    assert drafted(json_ld('{"@type": "NewsArticle", headline: }')) == Draft(headline="Bridge closed", body=BODY)


def test_meta_elements_say_what_json_ld_does_not() -> None:
    head = """<title>Bridge closed | The Daily Bugle</title>
      <meta property="og:title" content="Bridge closed - The Daily Bugle">
      <meta name="author" content="JANE DOE, Staff Writer">
      <meta property="article:published_time" content="2018-01-24T17:30:00-05:00">
      <meta property="article:modified_time" content="2018-01-26T17:30:00-05:00">
      <meta property="article:section" content="News"><meta property="og:site_name" content="The Daily Bugle">
      <meta property="og:url" content="https://example.org/2018/01/24/bridge">
      <meta property="og:locale" content="en_US">"""
    assert drafted(head, top="") == Draft(
        headline="Bridge closed",
        body=BODY,
        byline="Jane Doe",
        section="News",
        source="The Daily Bugle",
        url="https://example.org/2018/01/24/bridge",
        language="en-US",
        dates=(DateClue("2018-01-24T17:30:00-05:00", "the page's article:published_time"),),
    )


@pytest.mark.parametrize(
    ("top", "clue"),
    [
        ('<time datetime="2018-01-24">yesterday</time>', DateClue("2018-01-24", "the page's time element")),
        (
            '<span itemprop="datePublished" content="2018-01-24"></span>',
            DateClue("2018-01-24", "the page's datePublished"),
        ),
        (
            "<h1>Bridge closed</h1><p>January 24, 2018</p>",
            DateClue("January 24, 2018", "the date shown under the headline", weak=True),
        ),
        (
            '<script>var state = {"publishedDate": "2018-01-24", "updatedDate": "2018-01-25"}</script>',
            DateClue("2018-01-24", "publishedDate in the page's data", weak=True),
        ),
        (
            '<p class="date">Updated: Jan. 25, 2018 | Published: Jan. 24, 2018</p>',
            DateClue("Published: Jan. 24, 2018", "the date shown under the headline", weak=True),
        ),
        (
            '<div class="post-date">24 Jan 2018</div>',
            DateClue("24 Jan 2018", "the date shown under the headline", weak=True),
        ),
    ],
)
def test_a_date_is_taken_from_marks_and_from_what_readers_see(top: str, clue: DateClue) -> None:
    assert drafted(top=top).dates == (clue,)


HEADED = "<h1>Bridge closed</h1>"


@pytest.mark.parametrize(
    ("head", "top", "clues"),
    [
        (  # names that no list has
            '<meta name="sn-post-date" content="2018-01-24"><meta name="last-updated-date" content="2018-01-26">',
            HEADED,
            ("2018-01-24",),
        ),
        ('<meta name="bt:pubDate" content="2018-01-24T10:00:00-05:00">', HEADED, ("2018-01-24T10:00:00-05:00",)),
        ('<meta name="cXenseParse:recs:publishtime" content="2018-01-24">', HEADED, ("2018-01-24",)),
        ('<meta name="dcterms.date" content="2018-01-24">', HEADED, ("2018-01-24",)),
        (  # the time of the article, not one in the page's frame
            "",
            f'</article><p>Today is <time datetime="2018-03-01">March 1</time></p><article>{HEADED}'
            '<p><time datetime="2018-01-24">Jan. 24</time></p>',
            ("2018-01-24",),
        ),
        (  # and one that says it is the publication's before others
            "",
            f'{HEADED}<time datetime="2018-01-20">Jan. 20</time><time pubdate datetime="2018-01-24">Jan. 24</time>',
            ("2018-01-24", "2018-01-20"),
        ),
        ("", f'{HEADED}<span>Last edited:</span> <span class="date">Jan. 26, 2018</span>', ()),
        ("", f"{HEADED}<p>Revised <b>Jan. 26, 2018</b></p>", ()),
        ("", f"{HEADED}<p>Updated today. Published <b>Jan. 24, 2018</b></p>", ("Published Jan. 24, 2018",)),
        ("", f'{HEADED}<div class="byline" data-publish-date="2018-01-24">By Jane Doe</div>', ("2018-01-24",)),
        ("", HEADED + r'<script>x = "{\"datePublished\":\"2018-01-24\"}"</script>', ("2018-01-24",)),
        ("", f'{HEADED}<span property="dc:created" content="2018-01-24"></span>', ("2018-01-24",)),
        ("", f"{HEADED}<p>Feb. 3, 2018</p><p>Jan. 24, 2018</p>", ("Feb. 3, 2018", "Jan. 24, 2018")),
    ],
)
def test_clues_to_the_date_are_found_in_pages_of_many_shapes(head: str, top: str, clues: tuple[str, ...]) -> None:
    assert tuple(clue.value for clue in drafted(head, top=top).dates) == clues


def test_beside_a_time_in_utc_what_readers_see_is_kept_the_day_once_and_every_hour() -> None:
    head = '<meta property="article:published_time" content="2018-01-25T02:30:00">'
    top = '<h1>Bridge closed</h1><p>Jan. 24, 2018</p><p class="date">Jan. 24, 2018 9:30 p.m.</p><p>Jan. 22, 2018</p>'
    assert [clue.value for clue in drafted(head, top=top).dates] == [
        "2018-01-25T02:30:00",
        "Jan. 24, 2018",
        "Jan. 24, 2018 9:30 p.m.",
    ]


def test_what_teasers_of_other_stories_carry_is_no_clue() -> None:
    assert list(embedded_dates('<a data-pubdate="2018-01-24">Dam</a><a data-pubdate="2018-01-22">Levee</a>')) == []


def test_a_date_is_read_in_the_language_that_the_page_declares() -> None:
    page = f"<!DOCTYPE html><html lang='pl'><body><article><h1>Most</h1><p>12 listopada 2019</p>{TEXT}</article></body>"
    assert readers.draft(Record(page.encode(), "html", "/a.html")).dates == (
        DateClue("12 listopada 2019", "the date shown under the headline", weak=True),
    )


@pytest.mark.parametrize(
    ("data", "clues"),
    [
        ('{"DateModification": "2018-01-26", "DateCreation": "2018-01-24"}', ("2018-01-24",)),
        ('{"dateCreated": "2018-01-24"}, {"dateCreated": "2018-01-22"}', ()),
        ('{"dateCreated": "2018-01-24T22:30:00Z"}', ()),
    ],
)
def test_beside_a_time_in_utc_a_day_in_the_pages_data_is_kept_too(data: str, clues: tuple[str, ...]) -> None:
    head = '<meta property="article:published_time" content="2018-01-25T02:30:00Z">'
    dates = drafted(head, top=f"<script>var state = [{data}]</script>").dates
    assert [clue.value for clue in dates] == ["2018-01-25T02:30:00Z", *clues]


@pytest.mark.parametrize(
    "top",
    [
        '<time class="updated" datetime="2018-01-25">x</time>',
        '<p class="last-updated">Updated January 25, 2018</p>',
        '<p class="date">Updated January 25, 2018</p>',
        '<aside class="related-stories"><time datetime="2017-01-01">x</time></aside>',
        "",
    ],
)
def test_an_update_and_another_storys_date_are_not_the_publication(top: str) -> None:
    assert drafted(top=top).dates == ()


@pytest.mark.parametrize(
    ("top", "byline"),
    [
        ('<a rel="author" href="/staff/jane">Jane Doe</a>', "Jane Doe"),
        ('<p class="byline">By Jane Doe and Max Roe, The Daily Bugle</p>', "Jane Doe and Max Roe"),
        (
            '<div class="byline">By <a href="/author/jane">Jane Doe</a> Jan. 24 <a href="/share">Share</a></div>',
            "Jane Doe",
        ),
        ('<span itemprop="author"><span itemprop="name">Jane Doe</span> covers bridges.</span>', "Jane Doe"),
        ('<div class="comments"><span class="author">Troll</span></div>', ""),
    ],
)
def test_writers_are_found_by_the_marks_of_the_page(top: str, byline: str) -> None:
    assert drafted(top=f"<h1>Bridge closed</h1>{top}").byline == byline


def test_what_stands_around_the_story_is_left_out() -> None:
    text = (
        "<p>Advertisement</p>" + TEXT.replace("</p><p>", '</p><p><a href="/2">Dam opens after years of rows</a></p><p>')
        + '<div class="newsletter"><p>Get the news every morning, free of charge.</p></div>'
        "<p>© 2018 The Daily Bugle. All rights reserved.</p>"
    )  # fmt: skip
    assert drafted(text=text).body == BODY


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1251">', "windows-1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251"),
        ('<meta charset="iso-8859-1">', "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_encoding_is_the_declared_one_unless_it_is_unicode(declaration: str, encoding: str) -> None:
    assert drafted(declaration, top="<h1>Мост закрыт на зиму</h1>", encoding=encoding).headline == "Мост закрыт на зиму"


def test_windows_quotes_are_quotes() -> None:
    text = TEXT.replace("closed for the winter", "“closed” for the winter")
    assert "“closed”" in drafted('<meta charset="iso-8859-1">', text=text, encoding="windows-1252").body


@pytest.mark.parametrize("page", ["<html>", "<!DOCTYPE html>", "<html><body><p></p></body></html>", "<" * 500])
def test_a_page_without_a_story_is_refused(page: str) -> None:
    with pytest.raises(readers.Unreadable):
        readers.draft(Record(page.encode(), "html", "/a.html"))


def test_preformatted_text_is_unwrapped() -> None:
    wire = "The bridge over the river is closed\nfor the winter, the mayor said on\nMonday, for the ice is thick.\n"
    text = f"<pre>{wire}    Traffic goes by way of the dam, as\nit did in the year of the flood.</pre>"
    assert drafted(text=text).body == (
        "The bridge over the river is closed for the winter, the mayor said on Monday, for the ice is thick.\n\n"
        "Traffic goes by way of the dam, as it did in the year of the flood."
    )
