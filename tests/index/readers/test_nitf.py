from datetime import date
from pathlib import Path

import pytest

from index import readers
from index.enrich.context import Context
from index.enrich.dates import Decision, decide
from index.readers.nitf import draft_of_document
from index.record import DateClue, Draft, Record, Refusal

WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">
<nitf xml:lang="en-US">
 <head>
  <title>tide-gauge</title>
  <meta name="section" content="Metro"/>
  <tobject tobject.type="news"><tobject.property tobject.property.type="analysis"/></tobject>
  <docdata>
   <evloc city="Norfolk" state-prov="VA" iso-cc="US"/>
   <doc-id regsrc="HL" id-string="HL-0412"/>
   <date.issue norm="20031013T170000Z"/><date.release norm="20031014T050000Z"/><date.expire norm="20041013"/>
  </docdata>
  <pubdata date.publication="20031014" name="The Harbor Light" ex-ref="https://example.com/tide"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Tide gauge reads <em>high</em></hl1><hl2>A point to watch</hl2></hedline>
   <byline class="normalized_byline">KARBEN, ALAN</byline>
   <byline>By <person>Alan Karben</person> and <person>Ann Poe</person><byttl>Staff Writers</byttl></byline>
   <distributor>A Wire</distributor>
   <dateline><location><city>NORFOLK</city>, <state>Va.</state></location>, <story.date>Oct. 13</story.date> --
   </dateline>
   <abstract><p>In short.</p></abstract>
  </body.head>
  <body.content>
   <media media-type="image"><media-caption><p>The gauge.</p></media-caption></media>
   <p lede="true">The gauge at caf&eacute; Sewells &mdash; a point &amp; a <em>long</em> pier &mdash; read high.</p>
   <note><p>Editors: note the spelling.</p></note>
   Bare words.
   <block><hl2>What next</hl2><p>It is read again.</p><ul><li>Monday</li><li>Tuesday</li></ul></block>
  </body.content>
 </body>
</nitf>
"""
TEXT = (
    "The gauge at café Sewells — a point & a long pier — read high.\n\nBare words.\n\nWhat next\n\n"
    "It is read again.\n\nMonday\n\nTuesday"
)


def body(content: str) -> str:
    return draft_of_document(f"<nitf><body><body.content>{content}</body.content></body></nitf>").body


def test_every_field_is_read_from_the_element_that_says_it_best() -> None:
    assert draft_of_document(WHOLE) == Draft(
        given_id="HL-0412",
        headline="Tide gauge reads high",
        body=TEXT,
        byline="Alan Karben and Ann Poe",
        section="Metro",
        source="The Harbor Light",
        url="https://example.com/tide",
        dateline="NORFOLK, Va.",
        language="en-US",
        types=("analysis", "news"),
        dates=(
            DateClue("20031014", "NITF date.publication"),
            DateClue("20031014T050000Z", "NITF date.release"),
            DateClue("20031013T170000Z", "NITF date.issue"),
        ),
        cities=("Norfolk, VA, US",),
    )


@pytest.mark.parametrize("kept", ["date.publication", "date.release", "date.issue", "story.date", "none"])
def test_the_day_is_the_best_that_the_document_has_and_never_its_expiry(kept: str) -> None:
    days = {
        "date.publication": '<pubdata date.publication="20180124T000000"/>',
        "date.release": '<date.release norm="20180125"/>',
        "date.issue": '<date.issue norm="20180126T120000-0500"/>',
        "story.date": '<story.date norm="20180127"/>',
        "none": '<date.expire norm="20190101"/>',
    }
    head = "".join(list(days.values())[list(days).index(kept) :])
    decided = {
        "date.publication": Decision("2018-01-24", "NITF date.publication"),
        "date.release": Decision("2018-01-25", "NITF date.release"),
        "date.issue": Decision("2018-01-26T12:00:00-05:00", "NITF date.issue"),
        "story.date": Decision("2018-01-27", "NITF story.date"),
        "none": Decision(None, ""),
    }
    assert decide(draft_of_document(f"<nitf><head>{head}</head></nitf>"), Context(date(2020, 1, 1))) == decided[kept]


def test_a_document_in_its_namespace_or_in_an_envelope_is_the_same_story() -> None:
    plain = draft_of_document(WHOLE)
    spaced = WHOLE.replace("<nitf ", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" ')
    prefixed = (
        '<news xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:nitf><n:body><n:body.content>'
        "<n:p>Closed.</n:p></n:body.content></n:body></n:nitf></news>"
    )
    assert draft_of_document(spaced) == plain
    assert draft_of_document(prefixed) == Draft(body="Closed.")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            '<block class="lead_paragraph"><p>A.</p></block><block class="full_text"><p>A.</p><p>B.</p></block>',
            "A.\n\nB.",
        ),
        ("A line.<br/>Another <em>line</em> of it.", "A line.\n\nAnother line of it."),
        ("<bq><block><p>Quoted.</p></block></bq>", "Quoted."),
        ("<table><tr><td>Dover</td> <td>3</td></tr><tr><td>Deal</td> <td>1</td></tr></table>", "Dover 3\n\nDeal 1"),
        ("", ""),
    ],
)
def test_the_text_is_the_paragraphs_of_the_content(content: str, text: str) -> None:
    assert body(content) == text


def test_a_document_without_a_text_has_its_abstract() -> None:
    assert draft_of_document("<nitf><body><abstract><p>A fire.</p></abstract></body></nitf>").body == "A fire."


def test_small_faults_are_mended_and_nothing_outside_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("never shown")
    outside = f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{tmp_path}/secret"><!ENTITY y "&#65;&#65;">]>'
    document = "<nitf><body><body.content><p>AT&T closed &x; &unknown; it.<p>B</body.content></body></nitf>"
    assert "never shown" not in draft_of_document(outside + document).body
    assert draft_of_document(document).body == "AT&T closed it.\n\nB"


def test_what_holds_no_document_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.nitf"
    for content in (b"just words", b"<book></book>", b"<nitf"):
        file.write_bytes(content)
        (record,) = readers.records([str(file)])
        assert isinstance(record, Record)
        with pytest.raises(
            readers.Unreadable, match=r"there is (no NITF document|neither a headline nor a text) in it"
        ):
            readers.draft(record)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("name", ["a.nitf", "a.xml", "a.txt"])
def test_a_file_is_known_by_its_root_whatever_its_name_and_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    document = '<?xml version="1.0" encoding="ENCODING"?>\n<nitf><hedline><hl1>Café</hl1></hedline></nitf>'
    (tmp_path / name).write_bytes(document.replace("ENCODING", encoding).encode(encoding))
    (record,) = readers.records([str(tmp_path)])
    assert not isinstance(record, Refusal)
    assert (record.format, readers.draft(record).headline) == ("nitf", "Café")


def test_a_document_of_a_million_blanks_is_read_at_once() -> None:
    document = (
        "<nitf><body><body.content><p>The bridge" + " " * 1_000_000 + "is closed.</p></body.content></body></nitf>"
    )
    assert draft_of_document(document).body == "The bridge is closed."
