"""The sample archive is what its README says: enough of everything, all of it readable, nothing there by accident."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from index import readers
from index.article import fold
from index.enrich import Context, enrich
from index.intake import only_wanted
from index.making import maker
from index.record import Draft, Record, Refusal
from index.settings import Settings, read_settings

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

#: Stories whose first version stands in the files too, with what the correction changed.
CORRECTED = {"wl-2011-0302": ("$14 million", "$1.4 million"), "ss-2010-0420": ("voted 5-2", "voted 4-3")}

#: Namesakes and names with accents that the samples are to hold, each with its country or its part of one.
#: Compared folded: which accents a gazetteer's English name keeps is not ours to say.
CITIES = """
    Portland, Maine|Portland, Oregon|Springfield, Illinois|Springfield, Massachusetts|Springfield, Missouri
    Springfield, Oregon|Alexandria, Louisiana|Alexandria, Virginia|Alexandria, Egypt|Birmingham, Alabama
    Birmingham, England|Cambridge, Massachusetts|Cambridge, England|Columbus, Georgia|Columbus, Ohio|Athens, Georgia
    Athens, Greece|London, Canada|Paris, Texas|São Paulo, Brazil|Zürich, Switzerland|Łódź, Poland
    Reykjavík, Iceland|Málaga, Spain|Boston, Massachusetts|Chicago, Illinois
"""


def settings() -> Settings:
    return read_settings(SAMPLES / "settings.toml")


@cache
def found() -> tuple[Record | Refusal, ...]:
    nowhere = SAMPLES.parent / "no archive"
    return tuple(only_wanted(readers.records([str(SAMPLES)]), nowhere, settings(), [str(SAMPLES)]))


@cache
def drafts() -> tuple[tuple[str, Draft], ...]:
    return tuple(
        (Path(record.path).relative_to(SAMPLES).as_posix(), readers.draft(record))
        for record in found()
        if isinstance(record, Record)
    )


def test_every_file_is_read_and_nothing_is_refused() -> None:
    assert [item for item in found() if isinstance(item, Refusal)] == []
    assert {path for path, _ in drafts()} == {
        path.relative_to(SAMPLES).as_posix()
        for path in SAMPLES.rglob("*")
        if path.is_file() and path.name not in ("README.md", "settings.toml")
    }


def test_the_settings_that_add_starts_with_pass_over_what_is_no_story() -> None:
    records = readers.records([str(SAMPLES)])
    assert tuple(only_wanted(records, SAMPLES.parent / "no archive", Settings(), [str(SAMPLES)])) == found()


def test_there_are_stories_enough_in_every_format() -> None:
    formats = Counter(record.format for record in found() if isinstance(record, Record))
    assert formats == {"jsonl": 75, "csv": 27, "html": 25, "text": 45, "nitf": 2}


def test_ids_are_given_once_but_for_corrections_which_come_later() -> None:
    by_id: dict[str, list[str]] = {}
    for _, draft in drafts():
        if draft.given_id:
            by_id.setdefault(draft.given_id, []).append(draft.body)
    assert {name for name, bodies in by_id.items() if len(bodies) > 1} == set(CORRECTED)
    for name, (wrong, right) in CORRECTED.items():
        first, second = by_id[name]
        assert (wrong in first, right in second, "Correction:" in first, "Correction:" in second) == (
            True,
            True,
            False,
            True,
        )


def test_exact_copies_stand_under_other_papers() -> None:
    sources: dict[str, list[str]] = {}
    for _, draft in drafts():
        sources.setdefault(draft.body, []).append(draft.source)
    copies = sorted(sorted(papers) for papers in sources.values() if len(papers) > 1)
    assert copies == [
        ["Chattahoochee Call", "Weathervane News Service"],
        ["Chattahoochee Call", "Weathervane News Service"],
        ["Weathervane News Service", "Willamette Ledger"],
    ]


def test_stories_are_long_and_short_and_none_is_cut_in_half() -> None:
    lengths = sorted(len(draft.body.split()) for _, draft in drafts())
    assert lengths[1] < 40
    assert lengths[-1] > 2000
    assert 120 < lengths[len(lengths) // 2] < 350


def test_nothing_is_mojibaked_and_no_furniture_of_a_page_is_left() -> None:
    for path, draft in drafts():
        text = f"{draft.headline}\n{draft.body}"
        marks = ("â€", "Ã©", "Ã£", "Å‚", "\ufffd", "\x00", "[Ads /]", "-----", "Subscribe", "We use cookies")
        assert [mark for mark in marks if mark in text] == [], path


@pytest.mark.parametrize("name", ["willamette-ledger", "sangamon-signal", "chattahoochee-call"])
def test_json_lines_are_json_and_newlines_inside_csv_fields_are_quoted(name: str) -> None:
    lines = (SAMPLES / f"{name}.jsonl").read_text("utf-8").splitlines()
    assert all(json.loads(line)["id"] for line in lines)
    with (SAMPLES / "wire.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert all(row["id"].startswith("wns-") and None not in row for row in rows)
    assert sum("\n\n" in row["text"] for row in rows) > 20


def test_years_cities_papers_and_writers_are_what_the_readme_says() -> None:
    making = maker(settings())
    articles = [
        enrich(draft, Context(today=making.today, path=str(SAMPLES / path), homes=settings().homes))
        for path, draft in drafts()
    ]
    years = Counter(article.published[:4] for article in articles if article.published)
    assert {year: count for year, count in years.items() if count < 5} == {}
    assert (min(years), max(years), len(years)) == ("2008", "2021", 14)
    assert sum(article.published is None for article in articles) == 8
    assert len({article.published for article in articles if article.published and len(article.published) < 10}) == 2
    cities = {city for article in articles for city in article.facet_cities}
    placed = {fold(f"{city.name}, {place}") for city in cities for place in (city.region, city.country)}
    assert {fold(name) for line in CITIES.strip().splitlines() for name in line.split("|")} - placed == set()
    assert len({city.key for city in cities}) >= 40
    papers = {article.source for article in articles} - {""}
    assert papers == {source.name for source in settings().sources} | {"Weathervane News Service"}
    writers = Counter(name for article in articles for name in article.bylines)
    assert sum(count >= 3 for count in writers.values()) >= 15
    assert len({article.section for article in articles} - {""}) >= 10
