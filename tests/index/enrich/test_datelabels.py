import pytest

from index.enrich.datelabels import DateLine, date_line, published_part, tells_of_change


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Jan. 24, 2018", "Jan. 24, 2018"),
        ("Published Jan. 24, 2018 | Updated Jan. 25, 2018", "Published Jan. 24, 2018 | "),
        ("Updated Jan. 25, 2018 | Published Jan. 24, 2018", "Published Jan. 24, 2018"),
        ("Jan. 24, 2018 (updated Jan. 25, 2018)", "Jan. 24, 2018 ("),
        ("Updated Jan. 25, 2018", ""),
        ("Last edited on 25 January 2018", ""),
        ("Correction, Jan. 26, 2018: the mayor", ""),
        ("Mis à jour le 25 janvier 2018 - Publié le 24 janvier 2018", "Publié le 24 janvier 2018"),
        ("Actualizado: 05/02/2018 09:00 Publicado: 04/02/2018 17:30", "Publicado: 04/02/2018 17:30"),
        ("Atualizado em 25/01/2018 - Publicado em 24/01/2018", "Publicado em 24/01/2018"),
        ("Aktualizacja: 25.01.2018 Publikacja: 24.01.2018", "Publikacja: 24.01.2018"),
        ("수정 2018.01.25 09:00 입력 2018.01.24 17:30", "입력 2018.01.24 17:30"),
        ("Aktualisiert am 25.01.2018 – Veröffentlicht am 24.01.2018", "Veröffentlicht am 24.01.2018"),
        ("Zuletzt geändert am 25.01.2018", ""),
        ("2018年1月25日更新", ""),
        ("2018年1月24日 17:30 (2018年1月25日 9:00更新)", "2018年1月24日 17:30 ("),
        ("2018/1/24 17:30（1/25 09:00 更新）", "2018/1/24 17:30（1/25 09:00 "),
        ("4 maj 2018", "4 maj 2018"),
        ("آخر تحديث 25 يناير 2018", ""),
    ],
)
def test_a_date_belongs_to_the_label_before_it(line: str, part: str) -> None:
    assert published_part(line) == part


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("Updated:", True),
        ("Published, then updated", True),
        ("Updated, but published", False),
        ("By Jane Doe", False),
        ("UPDATED ", True),
        ("Edited by Jane Doe", False),
        ("How it changed the town", False),
    ],
)
def test_the_last_label_before_a_date_is_its_own(words: str, change: bool) -> None:
    assert tells_of_change(words) is change


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Wednesday, January 24, 2018", DateLine("Wednesday, January 24, 2018", "")),
        ("January 24, 2018 5:30 p.m.", DateLine("January 24, 2018 5:30 p.m.", "")),
        ("Published: Jan. 24, 2018", DateLine("Jan. 24, 2018", "Published")),
        ("First published on 24 January 2018", DateLine("24 January 2018", "published")),
        ("Publish date: 2018-01-24", DateLine("2018-01-24", "Publish date")),
        ("Veröffentlicht: 24.01.2018", DateLine("24.01.2018", "Veröffentlicht")),
        (
            "Published 5:30 p.m. ET Jan. 24, 2018 | Updated 7:20 p.m. ET Jan. 25, 2018",
            DateLine("5:30 p.m. ET Jan. 24, 2018", "Published"),
        ),
        (
            "Updated: Jan. 25, 2018 at 9 a.m. EST | Published: Jan. 24, 2018 at 5:30 p.m. EST",
            DateLine("Jan. 24, 2018 at 5:30 p.m. EST", "Published"),
        ),
        ("Updated: Jan. 25, 2018", DateLine("", "")),
        ("By Jane Doe | January 24, 2018", DateLine("January 24, 2018", "", ("By Jane Doe",))),
        ("January 24, 2018 / 5:30 PM / CBS News", DateLine("January 24, 2018 5:30 PM", "", ("CBS News",))),
        ("mercredi 24 janvier 2018", DateLine("mercredi 24 janvier 2018", "")),
        ("Mittwoch, 24. Januar 2018", DateLine("Mittwoch, 24. Januar 2018", "")),
        ("Mi., 24.01.2018", DateLine("Mi., 24.01.2018", "")),
        ("среда, 24 января 2018", DateLine("среда, 24 января 2018", "")),
        ("24/01/2018 às 17h30", DateLine("24/01/2018 às 17h30", "")),
        ("WEDNESDAY MORNING, JANUARY 24, 1906.", DateLine("WEDNESDAY MORNING, JANUARY 24, 1906.", "")),
        (
            "Publié le 24 janvier 2018 à 17h30 - Mis à jour le 25 janvier 2018 à 09h00",
            DateLine("le 24 janvier 2018 à 17h30", "Publié"),
        ),
        ("By Jane Doe, January 24, 2018", DateLine("January 24, 2018", "", ("By Jane Doe",))),
        ("By Jane Doe - January 24, 2018", DateLine("January 24, 2018", "", ("By Jane Doe",))),
        ("by Jane Doe on January 24, 2018", DateLine("January 24, 2018", "", ("by Jane Doe",))),
        ("Posted on January 24, 2018 by Jane Doe", DateLine("January 24, 2018", "Posted", ("by Jane Doe",))),
        ("Posted by Jane Doe on January 24, 2018", DateLine("January 24, 2018", "Posted", ("by Jane Doe",))),
        ("Jan. 24, 2018 Updated 5 hrs ago", DateLine("Jan. 24, 2018", "")),
        ("January 24, 2018 · 4 min read", DateLine("January 24, 2018", "")),
        ("The fair opens on July 4, 2018", None),
        ("By Easter Sunday, April 1, 2018", None),
        ("By Monday, May 4, 2018", None),
        ("January 24, 2018, 7 p.m., City Hall", None),
        ("March 3, 1931 - January 24, 2018", None),
        ("March 3, 1931 | January 24, 2018", None),
        ("January 24, 2018 – March 3, 2018", None),
        ("24.01. - 28.01.2018", None),
        ("24.-28. Januar 2018", None),
        ("24.01.2018 20:00-24:00", None),
        ("Jan. 24, 2018, 5:30 p.m.–7 p.m.", None),
        ("May 4, 2011, was the day on which the bridge was closed for good.", None),
        ("Updated rules | July 4, 2018 | and so on", None),
        ("By Jane Doe", None),
    ],
)
def test_a_line_of_dates_and_labels_alone_is_told_from_a_sentence(line: str, told: DateLine | None) -> None:
    assert date_line(line) == told
