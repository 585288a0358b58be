"""Saved searches are read as written, and a mistake in them is answered with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from search import Request
from search.saved import Saved, SavedError, read_saved
from tests.web.fake import FakeArchive

WHOLE = """\
address = "https://morgue.example/"

[[search]]
name = "Water rates"
q = '"water rates" OR levee'
city = ["Portland, Maine", 5746545]
not-section = "Sport"
since = "1987-04"
until = "1988"
undated = "none"
copies = "show"

[[search]]
name = "Everything"
"""


def saved(tmp_path: Path, text: str) -> Saved:
    path = tmp_path / "searches.toml"
    path.write_text(text, "utf-8")
    return read_saved(path)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(SavedError) as said:
        for search in saved(tmp_path, text).searches:
            search.request(FakeArchive())
    return str(said.value).removeprefix(f"{tmp_path}/")


def test_a_search_is_written_with_the_names_of_an_address(tmp_path: Path) -> None:
    read = saved(tmp_path, WHOLE)
    water, everything = (search.request(FakeArchive()) for search in read.searches)
    assert water == Request(
        '"water rates" OR levee',
        cities=("4975802", "5746545"),
        exclude={"section": ("Sport",)},
        since=date(1987, 4, 1),
        until=date(1988, 12, 31),
        undated=False,
        copies="show",
        sort="arrived",
        facets=(),
    )
    assert everything == Request(sort="arrived", facets=())
    assert [search.name for search in read.searches] == ["Water rates", "Everything"]
    assert read.page(water) == (
        "https://morgue.example/search?q=%22water+rates%22+OR+levee&city=4975802&city=5746545&not-section=Sport"
        "&since=1987-04-01&until=1988-12-31&undated=none&copies=show&sort=arrived"
    )
    assert Saved(()).page(water) == ""


def test_a_search_may_be_the_address_of_its_page_whatever_that_shows(tmp_path: Path) -> None:
    address = (
        "http://desk:8000/search.atom?q=flood&city=us-or&not-byline=A+Writer&sort=newest&page=3&size=50&scale=share"
    )
    (search,) = saved(tmp_path, f'[[search]]\nname = "Floods"\naddress = "{address}"\n').searches
    assert search.asked == (("q", "flood"), ("city", "us-or"), ("not-byline", "A Writer"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "searches.toml holds no search. "),
        ('[[search]]\nname = "a\n', "searches.toml, line 2: Illegal character '\\n'. Mend that line."),
        ('[search]\nname = "a"\n', "searches.toml holds no search. "),
        ('adress = "x"\n', "searches.toml, line 1: there is no setting “adress” (did you mean “address”?)."),
        ('# one\n\naddress = "desk"\n', "searches.toml, line 3: “address” is where the pages are"),
        ('[[search]]\n\nq = "flood"\n', "searches.toml, line 1: a search needs a name"),
        (WHOLE + "quarry = 1\n", "searches.toml, line 15: “Everything” has a setting “quarry” that does not exist"),
        (WHOLE + 'cty = "x"\n', "searches.toml, line 15: “Everything” has a setting “cty” that does not exist (did"),
        (WHOLE + "q = ['a']\n", "searches.toml, line 15: “q” must be a text in quotes."),
        (WHOLE + "city = true\n", "searches.toml, line 15: “city” must be a text in quotes or a list of such texts."),
        (WHOLE + 'undated = "yes"\n', "searches.toml, line 15: “undated” is only or none, not “yes”."),
        (WHOLE + 'address = "x/cities"\n', "searches.toml, line 15: “address” is that of a results page"),
        (WHOLE + 'address = "/search?query=1"\n', "searches.toml, line 15: the address has a part “query” that is no"),
        (WHOLE + 'address = "/search?since=soon"\n', "searches.toml, line 15: 'soon' is no date: write 1987"),
        (WHOLE + 'city = "Atlantis"\n', "searches.toml, line 15: no city is called “Atlantis”. Write a GeoNames id"),
        (
            WHOLE + 'until = "1987-13"\n',
            "searches.toml, line 15: '1987-13' was not understood as a date: there is no such day.",
        ),
        (WHOLE + 'since = "1988"\nuntil = "1987"\n', "searches.toml, line 15: “since” is after “until” in"),
        (
            WHOLE + '[[search]]\nname = "Water rates"\n',
            "searches.toml, line 16: two searches are called “Water rates”.",
        ),
    ],
)
def test_a_mistake_is_answered_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert refused(tmp_path, text).startswith(said)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SavedError, match=r"nowhere\.toml cannot be read: No such file or directory\."):
        read_saved(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes(b'[[search]]\nname = "caf\xe9"\n')
    with pytest.raises(SavedError, match=r"latin\.toml, line 2: this is not UTF-8 text\."):
        read_saved(tmp_path / "latin.toml")
