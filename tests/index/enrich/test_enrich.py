from datetime import date

from index.article import Article
from index.enrich import Context, enrich, enrich_all
from index.record import DateClue, Draft

TODAY = date(2026, 11, 23)


def test_a_draft_becomes_an_article_with_its_date_and_the_reason_for_it() -> None:
    draft = Draft(
        given_id="7", headline="Bridge closed", body="It is.", dates=(DateClue("24 Jan 2018", "the field date"),)
    )
    article = enrich(draft, Context(TODAY, source="The Daily Bugle"))
    assert (article.id, article.headline, article.body) == ("", "Bridge closed", "It is.")
    assert (article.published, article.published_reason) == ("2018-01-24", "the field date")
    assert article.source == "The Daily Bugle"


def test_what_the_record_says_of_its_paper_is_better_than_what_the_user_said_for_the_run() -> None:
    assert (
        enrich(Draft(headline="Bridge", source="The Argus"), Context(TODAY, source="The Bugle")).source == "The Argus"
    )


def test_the_home_of_a_paper_is_found_by_its_name_or_its_domain_else_it_is_the_archives() -> None:
    context = Context(
        TODAY, home="Albany, New York", homes={"The Argus": "Portland, Maine", "argus.example": "Portland, Maine"}
    )
    assert context.home_of("The Argus") == "Portland, Maine"
    assert context.home_of("", "https://www.argus.example/1") == "Portland, Maine"
    assert context.home_of("The Bugle", "https://bugle.example/1") == ""
    found = enrich(Draft(source="The Bugle", body="The bridge in Troy is closed, police in Troy said."), context)
    assert [city.label for city in found.cities] == ["Troy, New York"]


def test_articles_that_an_archive_gave_stand_among_those_that_are_made() -> None:
    given = Article(headline="Ferry late", body="It was in Boston.")
    drafts = [Draft(body="Fire in London."), Draft(article=given), Draft(body="Rain in Paris, Texas.")]
    contexts = [Context(TODAY, source=f"The Bugle {number}") for number in range(3)]
    found = enrich_all(drafts, contexts)
    assert [article.source for article in found] == ["The Bugle 0", "", "The Bugle 2"]
    assert [[city.label for city in article.cities] for article in found] == [["London, England"], [], ["Paris, Texas"]]
