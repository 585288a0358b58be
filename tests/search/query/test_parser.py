"""The parser: whole trees and whole diagnostics for what readers type."""

from __future__ import annotations

from datetime import date

import pytest

from index import analysis
from search.query import parse, to_text
from search.query.tree import (
    And,
    AtLeast,
    Dated,
    Everything,
    Exact,
    First,
    Fuzzy,
    Id,
    Leaf,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Together,
    Value,
    Word,
)

_ANALYZER = analysis.Analyzer()


def word(typed: str, *fields: str) -> Word:
    return Word(_ANALYZER.term(typed).stem, typed, fields)


def phrase(text: str, *fields: str) -> Phrase:
    parts: tuple[Leaf, ...] = tuple(word(typed) for typed in text.split())
    return Phrase(parts, fields)


def exact(typed: str, *, cased: bool = False) -> Exact:
    term = _ANALYZER.term(typed)
    return Exact(term.form if cased else term.folded, term.stem, cased, typed=typed)


Y2015 = Dated(date(2015, 1, 1), date(2015, 12, 31))
cat, dog, cow, council = word("cat"), word("dog"), word("cow"), word("council")


@pytest.mark.parametrize(
    ("text", "node", "kinds"),
    [
        ("date:[2020-06-15 TO 2020-06-20]", Dated(date(2020, 6, 15), date(2020, 6, 20)), []),
        ("date:2019-02", Dated(date(2019, 2, 1), date(2019, 2, 28)), []),
        ("date:last tuesday", Dated(date(2020, 6, 9), date(2020, 6, 9)), []),
        ("title:202[0-3]*", Pattern("202*", ("headline",)), ["letter-class"]),
        ("“city council”", phrase("city council"), []),
        ("((cat OR dog", Or((cat, dog)), ["unbalanced-bracket", "unbalanced-bracket"]),
        ("AND", word("AND"), []),
        ("C++", word("C++"), []),
        ("~5", Everything(), ["empty-query", "no-words"]),
        ("cat AND OR dog", And((cat, dog)), ["operator-alone"]),
        ("foo:cat", And((word("foo"), cat)), ["unknown-field"]),
        ("headline:cat", word("cat", "headline"), []),
        ("*99", word("99"), ["too-broad"]),
    ],
)
def test_what_whoosh_fails_at_in_silence_has_a_meaning_here(text: str, node: Node, kinds: list[str]) -> None:
    parsed = parse(text, today=date(2020, 6, 15))
    assert (parsed.node, [note.kind for note in parsed.diagnostics]) == (node, kinds)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("*", Everything()),
        ("cat", cat),
        ("cat dog", And((cat, dog))),
        ("cat AND dog", And((cat, dog))),
        ("cat & dog", And((cat, dog))),
        ("cat + dog", And((cat, dog))),
        ("cat +dog", And((cat, dog))),
        ("cat OR dog", Or((cat, dog))),
        ("cat | dog", Or((cat, dog))),
        ("cat||dog", Or((cat, dog))),
        ("cat NOT dog", And((cat, Not(dog)))),
        ("cat AND NOT dog", And((cat, Not(dog)))),
        ("cat -dog", And((cat, Not(dog)))),
        ("cat - dog", And((cat, Not(dog)))),
        ("cat \u2212dog", And((cat, Not(dog)))),
        ("-dog", And((Everything(), Not(dog)))),
        ("-dog -cat", And((Everything(), Not(dog), Not(cat)))),
        ("-(dog cat)", And((Everything(), Not(And((dog, cat)))))),
        ("NOT NOT dog", dog),
        ("NOT (NOT dog)", dog),
        ("cat dog OR cow", Or((And((cat, dog)), cow))),
        ("cat OR dog cow", Or((cat, And((dog, cow))))),
        ("NOT cat dog", And((Not(cat), dog))),
        ("NOT cat OR dog", Or((And((Everything(), Not(cat))), dog))),
        ("(cat OR dog) cow", And((Or((cat, dog)), cow))),
        ("cat (dog (cow council))", And((cat, dog, cow, council))),
        ("cat or dog", And((cat, dog))),
        ("AT&T", word("AT&T")),
        ("R&D", word("R&D")),
        ("U.S.", Word("u.s", "U.S.")),
        ("(the U.S., U.N.)", And((Word("u.s", "U.S."), Word("un", "U.N.")))),
        ("U.S.-led", Phrase((Word("u.s", "U.S."), word("led")))),
        ("flood.", word("flood")),
        ("C++", word("C++")),
        ("C#", word("C#")),
        ("covid-19", phrase("covid 19")),
        ("near5", word("near5")),
        ("first50", word("first50")),
        ("O'Brien's", word("O'Brien's")),
        ("cat,dog; cow", And((cat, dog, cow))),
        ("1,234", word("1,234")),
        ("Who?", word("Who")),
        ("why won?", And((word("why"), word("won")))),
    ],
)
def test_words_and_operators(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    "text",
    [
        '"water rates"',
        "“water rates”",
        "„water rates“",
        "«water rates»",
        "”water rates“",
        '“water rates"',
        "‘water rates’",
        "'water rates'",
        "``water rates''",
        "''water rates''",
        "＂water rates＂",
        "water-rates",
        '" water   rates "',
    ],
)
def test_quotation_marks_of_every_shape_make_a_phrase(text: str) -> None:
    parsed = parse(text)
    assert parsed.node == phrase("water rates")
    assert parsed.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("cat near5 dog", Near(cat, dog, 5)),
        ("cat NEAR/5 dog", Near(cat, dog, 5)),
        ("cat w/5 dog", Near(cat, dog, 5)),
        ("cat adj3 dog", Near(cat, dog, 3, ordered=True)),
        ("cat pre/3 dog", Near(cat, dog, 3, ordered=True)),
        ("cat near5 dog near2 cow", Near(Near(cat, dog, 5), cow, 2)),
        ('"cat dog"~5', Near(cat, dog, 5)),
        ('"cat dog cow"~5', Near(Near(cat, dog, 5), cow, 5)),
        ('cat near5 "dog cow"', Near(cat, phrase("dog cow"), 5)),
        ("cat near5 (dog OR cow)", Near(cat, Or((dog, cow)), 5)),
        ("cat near5 (dog cow)", And((Near(cat, dog, 5), Near(cat, cow, 5)))),
        ("NOT cat near5 dog", And((Everything(), Not(Near(cat, dog, 5))))),
        ("the near5 dog", Near(word("the"), dog, 5)),
        ("cat near5", And((cat, word("near5")))),
        ("near5 cat", And((word("near5"), cat))),
        ("cat near5 near5 dog", And((Near(cat, word("near5"), 5), dog))),
        ("cat /same/ dog", Together((cat, dog), "paragraph")),
        ("cat /same/ dog /same/ cow", Together((cat, dog, cow), "paragraph")),
        ("cat /sentence/ dog", Together((cat, dog), "sentence")),
        ("cat /same/ dog near5 cow", Together((cat, Near(dog, cow, 5)), "paragraph")),
        (
            "cat /same/ dog /sentence/ cow",
            And((Together((cat, dog), "paragraph"), Together((dog, cow), "sentence"))),
        ),
        ("cat /same/ city:x", And((cat, Value("city", ("name:x",))))),
        ("first50 cat", First(cat, 50)),
        ("first50 cat dog", And((First(cat, 50), dog))),
        ("first50 cat near5 dog", First(Near(cat, dog, 5), 50)),
        ("first50 (cat dog)", And((First(cat, 50), First(dog, 50)))),
        ('first50 "cat dog"', First(phrase("cat dog"), 50)),
        ("atleast3 cat", AtLeast(cat, 3)),
        ("atleast3 (cat OR dog)", AtLeast(Or((cat, dog)), 3)),
        ('"cat * dog"', Near(cat, dog, 2, ordered=True)),
    ],
)
def test_nearness(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("elect*", Pattern("elect*")),
        ("Élect*", Pattern("elect*")),
        ("Søren*", Pattern("soren*")),
        ("1,23*", Pattern("123*")),
        ("3.5*", Pattern("3.5*")),
        ("U.N.C*", Pattern("unc*")),
        ("wom?n", Pattern("wom?n")),
        ("*tion", Pattern("*tion")),
        ("el*n", Pattern("el*n")),
        ('"elect* board"', Phrase((Pattern("elect*"), word("board")))),
        ("recieve~", Fuzzy("recieve", 1)),
        ("recieve~2", Fuzzy("recieve", 2)),
        ("=councils", exact("councils")),
        ("=Apple", exact("Apple", cased=True)),
        ('="City council"', Phrase((exact("City", cased=True), exact("council")))),
        ('"=City council"', Phrase((exact("City", cased=True), council))),
        ("=The", exact("The", cased=True)),
    ],
)
def test_forms_of_words(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("headline:cat", word("cat", "headline")),
        ("Title: cat", word("cat", "headline")),
        ("lead:cat dog", And((word("cat", "lead"), dog))),
        ("text:cat", word("cat", "lead", "body")),
        ('headline:"cat dog"', phrase("cat dog", "headline")),
        ("headline:(cat OR dog)", Or((word("cat", "headline"), word("dog", "headline")))),
        ("headline:(cat near5 dog)", Near(word("cat", "headline"), word("dog", "headline"), 5)),
        ("-headline:cat", And((Everything(), Not(word("cat", "headline"))))),
        ("headline:-cat", And((Everything(), Not(word("cat", "headline"))))),
        ("headline:(cat lead:dog)", And((word("cat", "headline"), word("dog", "lead")))),
        ("byline:doe", Value("byline", ("doe",))),
        ('byline:"Jane Doe"', Value("byline", ("Jane Doe",))),
        ("byline:(jane doe OR max roe)", Value("byline", ("jane doe", "max roe"))),
        ("section:(Sports OR Business)", Value("section", ("Sports", "Business"))),
        ("section:(Sports NOT Opinion)", And((Value("section", ("Sports",)), Not(Value("section", ("Opinion",)))))),
        ("source:Press", Value("source", ("Press",))),
        ("type:obits", Value("type", ("obituary",))),
        ("type:(op-ed OR letters)", Value("type", ("opinion", "letter"))),
        ("type:press release cat", And((Value("type", ("press release",)), cat))),
        ("type:news analysis", And((Value("type", ("news",)), word("analysis")))),
        ("-type:editorial cat", And((Not(Value("type", ("editorial",))), cat))),
        ("city:4887398", Value("city", ("4887398",))),
        ('city:"Springfield"', Value("city", ("name:springfield",))),
        ("city:name:springfield", Value("city", ("name:springfield",))),
        ("mentions:chicago", Value("mentions", ("name:chicago",))),
        ("near:(4887398) cat", And((Value("city", ("4887398",)), cat))),
        ("id:(a OR b)", Or((Id("a"), Id("b")))),
        ("id:2018-01-24.a", Id("2018-01-24.a")),
        ("date:2018", Dated(date(2018, 1, 1), date(2018, 12, 31))),
        ("date:March 2018 cat", And((Dated(date(2018, 3, 1), date(2018, 3, 31)), cat))),
        ("date:2015..2018", Dated(date(2015, 1, 1), date(2018, 12, 31))),
        ("date:last tuesday", Dated(date(2020, 6, 9), date(2020, 6, 9))),
        ("date:[2020-06-15 TO 2020-06-20]", Dated(date(2020, 6, 15), date(2020, 6, 20))),
        ("since:2015", Dated(since=date(2015, 1, 1))),
        ("until:2015-02", Dated(until=date(2015, 2, 28))),
        ("since:2015 until:2016", Dated(date(2015, 1, 1), date(2016, 12, 31))),
        ("date:between march and june 2017", Dated(date(2017, 3, 1), date(2017, 6, 30))),
        ("date:January 24, 2018 cat", And((Dated(date(2018, 1, 24), date(2018, 1, 24)), cat))),
        ("date:1990 - 1995 cat", And((Dated(date(1990, 1, 1), date(1995, 12, 31)), cat))),
        ("date:5 May - 7 June 2018", Dated(date(2018, 5, 5), date(2018, 6, 7))),
        ("date:Jan 2018 \u2212 Mar 2018", Dated(date(2018, 1, 1), date(2018, 3, 31))),
        ("date:1/1/2015 - 6/30/2015", Dated(date(2015, 1, 1), date(2015, 6, 30))),
        ("date:(1990 - 1995)", Dated(date(1990, 1, 1), date(1995, 12, 31))),
        ("date:since 2015 until 2018 cat", And((Dated(date(2015, 1, 1), date(2018, 12, 31)), cat))),
        ("date:BETWEEN 2015 AND 2018", Dated(date(2015, 1, 1), date(2018, 12, 31))),
        ("date:2018 -cat", And((Dated(date(2018, 1, 1), date(2018, 12, 31)), Not(cat)))),
        ("date:2018 - cat", And((Dated(date(2018, 1, 1), date(2018, 12, 31)), Not(cat)))),
        ("date:2018 AND cat", And((Dated(date(2018, 1, 1), date(2018, 12, 31)), cat))),
        ("date:2018 NOT 1999", And((Dated(date(2018, 1, 1), date(2018, 12, 31)), Not(word("1999"))))),
    ],
)
def test_fields(text: str, node: Node) -> None:
    assert parse(text, today=date(2020, 6, 15)).node == node


@pytest.mark.parametrize(
    ("text", "node", "kinds"),
    [
        # What other archives write.
        ("cat/N30/dog", Near(cat, dog, 30), ["read-as"]),
        ("cat /5 dog", Near(cat, dog, 5), []),
        ("cat onear/3 dog", Near(cat, dog, 3, ordered=True), []),
        ("cat /p dog", Together((cat, dog), "paragraph"), []),
        ("cat w/sent dog", Together((cat, dog), "sentence"), []),
        ("cat/F50/ dog", And((First(cat, 50), dog)), ["read-as"]),
        ('"cat dog"/F50/', First(phrase("cat dog"), 50), ["read-as"]),
        ("(cat OR (dog))/F50/", First(Or((cat, dog)), 50), ["read-as"]),
        ("cat AND /F50/", cat, ["operator-alone", "operator-alone"]),
        ("/F50/", Everything(), ["empty-query", "operator-alone"]),
        ("atl5(cat)", AtLeast(cat, 5), []),
        ("hd=cat", word("cat", "headline"), ["read-as"]),
        ("by=doe", Value("byline", ("doe",)), ["read-as"]),
        ("HEADLINE(cat w/5 dog)", Near(word("cat", "headline"), word("dog", "headline"), 5), ["read-as"]),
        ("intitle:cat", word("cat", "headline"), ["read-as"]),
        ("headline (cat)", And((word("headline"), cat)), []),
        ("ALLCAPS(cat)", cat, ["command"]),
        ("cat!", cat, ["shouted"]),
        ("Cat!", word("Cat"), []),
        ("cats$2", Pattern("cats*"), ["ending"]),
        ("rst=tx cat", And((phrase("rst tx"), cat)), ["unknown-code"]),
        ("cat or dog", And((cat, dog)), ["common-words", "small-operator"]),
        # And what is written wrongly anywhere.
        ("cat)", cat, ["unbalanced-bracket"]),
        ('cat "dog', And((cat, dog)), ["unbalanced-quote"]),
        ("cat AND", cat, ["operator-alone"]),
        ("NOT", word("NOT"), []),
        ("cat NOT", cat, ["nothing-excluded"]),
        ("cat () dog", And((cat, dog)), ["empty-group"]),
        ('cat "" dog', And((cat, dog)), ["empty-phrase"]),
        ("headline:", Everything(), ["empty-field", "empty-query"]),
        ("cat near5", And((cat, word("near5"))), ["operator-as-word"]),
        ("cat^2", cat, ["boost"]),
        ("b*", word("b"), ["too-broad"]),
        ("*x cat", And((word("x"), cat)), ["too-broad"]),
        ("cat %%", cat, ["no-words"]),
        ("cat -cat", Nothing(), ["contradiction"]),
        ("date:2018 date:2019", Nothing(), ["contradiction"]),
        ("first50 headline:cat", Nothing(), ["contradiction"]),
        ("first50 (headline:cat dog)", Nothing(), ["contradiction", "spread"]),
        ("first50 (headline:cat OR dog)", First(Or((word("cat", "headline"), dog)), 50), []),
        ("date:2019..2018", Dated(date(2018, 1, 1), date(2019, 12, 31)), ["swapped-dates"]),
        ("cat date:sometime", cat, ["bad-date"]),
        ("date:24 January cat", cat, ["bad-date"]),
        ("date:last cat", cat, ["bad-date"]),
        ("date:friday 5 march 2018 cat", cat, ["bad-date"]),
        ("date:early 2018 cat", cat, ["bad-date"]),
        ("date:Christmas, 2016 cat", cat, ["bad-date"]),
        ("date:2018 - 01 - 24 cat", cat, ["bad-date"]),
        ("date:2018 until early 2019 cat", cat, ["bad-date"]),
        ("since:2015 - 2018 cat", cat, ["bad-date"]),
        ("type:Slideshow", Value("type", ("slideshow",)), ["own-type"]),
        ("date:(2015 NOT 2015-12)", Or((Y2015, Dated(date(2015, 12, 1), date(2015, 12, 31)))), ["text-in-value"]),
        (
            "section:(Sports first50 cat)",
            And((Value("section", ("Sports",)), Value("section", ("cat",)))),
            ["text-in-value"],
        ),
        ("cat NOT *", Nothing(), ["contradiction"]),
        ('"cat"~5', cat, ["slop-alone"]),
        ('"cat dog"~5km', phrase("cat dog"), ["slop-alone"]),
        ('section:"Sports"~5', Value("section", ("Sports",)), ["slop-alone"]),
        ('cat near5 ""', cat, ["operator-alone", "empty-phrase"]),
        ('"" /same/ cat', cat, ["empty-phrase", "operator-alone"]),
        ("ab~", word("ab"), ["too-broad"]),
        ("recieve~9", Fuzzy("recieve", 2), ["fuzzy-distance"]),
        ("cat near0 dog", Near(cat, dog, 1), ["distance"]),
        ("byline:smi*", Value("byline", ("smi",)), ["pattern-in-value"]),
        ("the cat", cat, ["common-words"]),
        ("the", word("the"), ["only-common-words"]),
        ("the of", And((word("the"), word("of"))), ["only-common-words"]),
        ("WHO -cat", And((word("WHO"), Not(cat))), []),
        ("\ud800cat\x00", cat, ["unreadable"]),
    ],
)
def test_what_cannot_be_taken_as_written_is_mended_and_said(text: str, node: Node, kinds: list[str]) -> None:
    parsed = parse(text)
    assert (parsed.node, [note.kind for note in parsed.diagnostics]) == (node, kinds)


def test_a_diagnostic_names_the_characters_it_is_about() -> None:
    parsed = parse('cat "dog')
    assert [(note.start, note.end) for note in parsed.diagnostics] == [(4, 5)]


def test_common_words_are_said_in_plain_words() -> None:
    assert [note.message for note in parse("the mayor of Paris").diagnostics] == [
        "“the” and “of” are so common that they are only looked for inside quotation marks."
    ]
    assert parse('"the mayor"').diagnostics == ()


def test_a_name_of_several_cities_offers_them() -> None:
    def places(name: str) -> tuple[tuple[str, str], ...]:
        both = (("1", "Portland, Oregon"), ("2", "Portland, Maine"))
        return {"portland": both, "new york": (("3", "New York"),)}.get(name.lower(), ())

    parsed = parse("city:portland", places=places)
    assert parsed.node == Value("city", ("1", "2"))
    assert [note.message for note in parsed.diagnostics] == [
        "“portland” is the name of 2 cities: Portland, Oregon; Portland, Maine."
        ' All were searched; write city:"Portland, Oregon" for one.'
    ]
    assert parse("city:new york cat", places=places).node == And((Value("city", ("3",)), cat))
    assert [note.kind for note in parse("city:gotham", places=places).diagnostics] == ["unknown-city"]


def test_what_stories_are_found_for_is_told_in_the_order_typed() -> None:
    parsed = parse('cat "dog cow" -fish headline:council the')
    assert parsed.leaves == (cat, dog, cow, word("council", "headline"))
    assert parsed.words == ("cat", "dog", "cow", "council")
    assert parsed.common == ("the",)


@pytest.mark.parametrize("text", ["(" * 100_000, '"' * 9_999, "NOT " * 5_000, "headline:" * 900, "first5 " * 1_000])
def test_enormous_input_is_cut_and_answered(text: str) -> None:
    assert parse(text).diagnostics


def test_too_many_words_are_left_out_and_said() -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(300)))
    assert len(parsed.leaves) == 128
    assert [note.kind for note in parsed.diagnostics] == ["too-many-words"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("How did the mayor vote on water?", "mayor vote water"),
        ("mayor vote why should it fail?", "mayor vote fail"),
        ("why was the bridge closed city:portland", 'bridge closed city:"name:portland"'),
        ("Did voters borrow money", "voters borrow money"),
        ('what "did" the mayor say', '"did" mayor say'),
        ("what +did the mayor say", '"did" mayor say'),
        # No question: too short, not put as one, with operators, in brackets, or nothing left.
        ("how to", '"how"'),
        ("why bridge", '"why" bridge'),
        ("the mayor says how bridges fall", 'mayor says "how" bridges fall'),
        ("how OR why OR bridge", '"how" OR "why" OR bridge'),
        ("how (bridges fall)", '"how" bridges fall'),
        ("how did bridge near5 fall", '"how" "did" bridge near5 fall'),
        ("how did they do", '"how" "did" "they" "do"'),
    ],
)
def test_words_that_only_put_a_question_are_not_demanded(text: str, taken: str) -> None:
    parsed = parse(text)
    assert to_text(parsed.node) == taken
    assert parse(taken).node == parsed.node
