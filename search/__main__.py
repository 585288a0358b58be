"""`python -m search QUERY`: a search from the terminal, for people and, with `--json`, for programs.

Only options in and text out; `search.terminal` lays the page out. The one idea: the same request and the same page as
everywhere else. Exit codes, as those of `python -m index`: 0 the archive answered, found or not; 1 it answered, but a
digest could not be written out or remembered; 2 it could not run, and the message says why (no archive there, or the
command was written wrongly).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from search.account import Account
from search.archive import Archive, ArchiveError
from search.dates import NotADate, first_day, last_day
from search.page import Page
from search.request import Request, level

#: Exit code where nothing could be answered, as in `python -m index` and `python -m web`.
CANNOT_RUN = 2

#: Exit code where a digest was made, and could not be written out or remembered.
NOT_KEPT = 1

_FACETS = "May be given several times: any of them."


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("query", nargs=-1)
@click.option(
    "--archive",
    "location",
    envvar="MORGUE_ARCHIVE",
    default="archive",
    show_default=True,
    help="The archive's directory; the environment's MORGUE_ARCHIVE where not given.",
)
@click.option(
    "--city",
    "cities",
    multiple=True,
    metavar="CITY",
    help=f"GeoNames id, slug or name; us-or for a region, us for a country. {_FACETS}",
)
@click.option("--section", "sections", multiple=True, metavar="SECTION", help=_FACETS)
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help=_FACETS)
@click.option("--byline", "bylines", multiple=True, metavar="NAME", help=_FACETS)
@click.option("--since", metavar="DATE", help='From this day, month or year on: 1987, April 1987, "last week".')
@click.option("--until", metavar="DATE", help="Through this day, month or year.")
@click.option("--undated/--dated", default=None, help="Only stories without a date, or none of them.")
@click.option("--copies", type=click.Choice(["fold", "show"]), default="fold", show_default=True, help="Count copies?")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--recency", type=click.FloatRange(0.0, 1.0), default=0.0, help="0 to 1: prefer newer stories.")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="Stories to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Stories to pass over.")
@click.option(
    "--covered",
    "draft",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help="Instead of QUERY: the stories nearest to a draft, text or HTML, of those that fit; - reads standard input.",
)
@click.option(
    "--digest",
    "searches",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead of QUERY: what has arrived for the saved searches of FILE (TOML) since the last digest.",
)
@click.option(
    "--html",
    "letter",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the digest as HTML to FILE, too.",
)
@click.option("--peek", is_flag=True, help="Show the digest and forget it: the next one tells the same again.")
@click.option("--explain-score", is_flag=True, help="Show what each story's score is made of; needs best match first.")
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
def main(
    query: tuple[str, ...],
    location: str,
    cities: tuple[str, ...],
    draft: TextIO | None,
    searches: Path | None,
    letter: Path | None,
    peek: bool,
    explain_score: bool,
    as_json: bool,
    since: str | None,
    until: str | None,
    **options: object,
) -> None:
    """Search the archive for QUERY, words and operators as in the search box; without it, list all stories.

    A query that begins with a minus follows `--`. Examples:

    \b
      python -m search "sanctuary cities" --city Chicago --since 2018
      python -m search '"water rates" OR levee' --sort newest --limit 5
      python -m search -- -city:Chicago mayor
      python -m search --explain-score harbor bridge
      python -m search --covered draft.txt --city Chicago --since 2015
      python -m search --digest searches.toml
    """  # noqa: D301  # click's mark for "leave the lines"
    from search import open_archive

    if searches is not None:
        _only_with_digest(click.get_current_context())
        _digest(location, searches, letter, peek, as_json)
        return
    if letter is not None or peek:
        raise click.UsageError("--html and --peek go with --digest.")
    if draft is not None:
        _only_with_covered(click.get_current_context())
        _cover(location, draft.read(), lambda it: _request("", it, cities, since, until, options), as_json)
        return
    if explain_score and options["sort"] != "relevance":
        raise click.UsageError("--explain-score needs --sort relevance: in order of date nothing is scored.")
    try:
        with open_archive(location) as archive:
            request = _request(" ".join(query), archive, cities, since, until, options)
            page = archive.search(request)
            accounts = _accounts(archive, request, page) if explain_score else {}
    except ArchiveError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(CANNOT_RUN)
    if as_json:
        import json

        from search.form import account_to_json, page_to_json

        form = page_to_json(page)
        for hit in (*form["hits"], *form["partial"]["hits"]):
            if hit["id"] in accounts:
                hit["score_parts"] = account_to_json(accounts[hit["id"]])
        click.echo(json.dumps(form, ensure_ascii=False, indent=2))
        return
    from search.terminal import show_scored

    show_scored(page, request, accounts)


def _request(
    text: str,
    archive: Archive,
    cities: tuple[str, ...],
    since: str | None,
    until: str | None,
    options: Mapping[str, object],
) -> Request:
    """Return the request that the options make, read as the archive's newsroom means them."""
    keys = tuple(key for name in cities for key in _city(archive, name))
    first, last = _days(archive, since, until)
    return Request(text, keys, since=first, until=last, **options)  # type: ignore[arg-type]  # click's own


def _accounts(archive: Archive, request: Request, page: Page) -> dict[str, Account]:
    """Return what the score of every story of a page is made of, by the story's id."""
    ids = [hit.article.id for hit in (*page.hits, *page.partial.hits)]
    found = ((id, archive.account(request, id)) for id in ids)
    return {id: account for id, account in found if account is not None}


def _cover(location: str, draft: str, filters: Callable[[Archive], Request], as_json: bool) -> None:
    """Print the stories nearest to a draft, of those that fit the filters."""
    from search import open_archive
    from search.covered import covered, plain_text

    try:
        with open_archive(location) as archive:
            asked = filters(archive)
            coverage = covered(archive, plain_text(draft), asked.limit, asked)
    except ArchiveError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(CANNOT_RUN)
    if as_json:
        import json

        from search.form import coverage_to_json

        click.echo(json.dumps(coverage_to_json(coverage), ensure_ascii=False, indent=2))
        return
    from search.terminal import show_covered

    show_covered(coverage)


def _days(archive: Archive, since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Return the days that the two options mean to the archive's newsroom: what is left out of a date widens it."""
    today, locale, name = archive.now.date(), archive.locale, "--since"
    try:
        first = first_day(since, today, locale) if since is not None else None
        name = "--until"
        last = last_day(until, today, locale) if until is not None else None
    except NotADate as error:
        raise click.BadParameter(f"{error}.", param_hint=f"'{name}'") from error
    if first and last and first > last:
        raise click.UsageError(f"--since is after --until: {first} is later than {last}.")
    return first, last


def _only_with_covered(context: click.Context) -> None:
    """Refuse what has no meaning beside a draft."""
    if name := _typed(context, {"query", "sort", "recency", "offset", "explain_score"}):
        raise click.UsageError(
            f"--covered takes a draft and puts the nearest story first; {name} cannot be given, too."
        )


def _only_with_digest(context: click.Context) -> None:
    """Refuse what has no meaning beside saved searches, rather than leave it out unsaid."""
    meant = {"location", "searches", "letter", "peek", "as_json"}
    if name := _typed(context, {str(parameter.name) for parameter in context.command.params} - meant):
        raise click.UsageError(f"--digest takes its searches from the file; {name} cannot be given, too.")


def _typed(context: click.Context, names: Collection[str]) -> str:
    """Return how the first of some parameters that was typed is called, "" where none was."""
    typed = click.core.ParameterSource.COMMANDLINE
    for parameter in context.command.params:
        if parameter.name in names and context.get_parameter_source(str(parameter.name)) is typed:
            return "QUERY" if parameter.name == "query" else parameter.opts[0]
    return ""


def _digest(location: str, searches: Path, letter: Path | None, peek: bool, as_json: bool) -> None:
    """Print what has arrived for saved searches, and remember it once it is printed."""
    from search import open_archive
    from search.digest import make
    from search.letter import digest_html, digest_lines, digest_to_json
    from search.saved import SavedError, read_saved
    from search.told import ToldError, memory_file, must_fit, recall, remember

    path = memory_file(searches)
    try:
        saved = read_saved(searches)
        memory = recall(path)
        with open_archive(location) as archive:
            must_fit(archive, memory, path)
            digest, told = make(archive, saved, memory)
    except (SavedError, ToldError, ArchiveError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(CANNOT_RUN)
    try:
        if as_json:
            import json

            click.echo(json.dumps(digest_to_json(digest), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(digest_lines(digest)))
        sys.stdout.flush()
        if letter is not None:
            letter.write_text(digest_html(digest), encoding="utf-8")
        if not peek:
            remember(path, told)
    except ToldError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(NOT_KEPT)
    except OSError as error:
        said = "The digest could not be written out, and nothing counts as told"
        click.echo(f"Error: {said}: {error.strerror or error}.", err=True)
        sys.exit(NOT_KEPT)


def _city(archive: Archive, name: str) -> tuple[str, ...]:
    """Return the keys of the places that `name` means, saying so where they are several."""
    found = archive.places(name)
    if not found:
        raise click.UsageError(
            f"No city is called {name!r}. --city takes a GeoNames id, a slug (portland-or), a name "
            '("Portland, Maine"), or the key of a region or country (us-or, us).'
        )
    if len(found) > 1:
        labels = "; ".join(label for _, label in found)
        what = "cities" if all(level(key) == "city" for key, _ in found) else "places"
        click.echo(f"{name} is several {what}, and all of them are searched: {labels}.", err=True)
    elif level(found[0][0]) != "city" and name != found[0][0]:
        click.echo(f"No city here is called {name}; {found[0][1]} is searched.", err=True)
    return tuple(key for key, _ in found)


if __name__ == "__main__":
    main(prog_name="python -m search")
