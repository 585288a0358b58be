"""The words of the interface, in one place, so that they can be read through, corrected and translated.

Only text and how it bends with a number; pages of prose (help, about) are templates of their own. Numbers arrive here
already written in the newsroom's locale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: The language these words are in: the `lang` of every page.
LANGUAGE: Final = "en"

SKIP: Final = "Skip to the stories"
SKIP_MAIN: Final = "Skip to the page"
SEARCH: Final = "Search"
SEARCH_LABEL: Final = "Search the archive"
SEARCH_TIPS: Final = "Search tips"
HOME: Final = "Home"
CITIES: Final = "Cities"
COVERAGE: Final = "Coverage"
HELP: Final = "Help"
ABOUT: Final = "About"

SITE: Final = "This archive"
ABOUT_ARCHIVE: Final = "About this archive"
FOLLOW: Final = "Follow this search"
ABOUT_STORY: Final = "About this story"
BY: Final = "by"
BY_SECTION: Final = "By section"
BY_SOURCE: Final = "By source"
COUNTING: Final = "What is listed"
COVER_HINT: Final = "Words, “a phrase in quotation marks”, a name."
CITIES_NOTE: Final = "A story counts for the city it was filed from and for those it is about."
NAMESAKES: Final = "Not to be confused with"

#: What the help page shows: under a heading, queries and what they find.
EXAMPLES: Final = (
    (
        "Several words",
        (
            ("flood levee", "both words, in any form"),
            ("flood OR levee", "either word; OR must be in capitals"),
            ("mayor -election", "the mayor, but not the word election; NOT works too"),
            ("(bridge OR tunnel) toll", "parentheses hold alternatives together"),
        ),
    ),
    (
        "Words that stand together",
        (
            ("“city council”", "the words side by side, in this order"),
            ("mayor near5 budget", "at most five words apart, in either order"),
            ("mayor adj3 budget", "mayor first, budget within three words"),
            ("mayor /same/ budget", "in one paragraph; /sentence/ for one sentence"),
            ("first50 flood", "among the first fifty words"),
            ("atleast3 levee", "at least three times"),
        ),
    ),
    (
        "Words as they are written",
        (
            ("elect*", "every word that begins so: election, elected, electoral"),
            ("wom?n", "any letter in the place of the question mark"),
            ("=Bell", "this form only, with these capitals"),
            ("recieve~", "words one letter away, for spellings that vary"),
        ),
    ),
    (
        "Parts of a story",
        (
            ("headline:trial", "the word in the headline"),
            ("lead:trial", "the word in the first paragraph"),
            ("byline:smith", "by somebody of that name"),
            ("section:sport bridge", "in that section"),
            ("city:springfield", "from, or about, a city of that name"),
            ("mentions:boston", "in which the city is at least mentioned"),
            ("near:boston~50km flood", "from within 50 kilometres; mi for miles"),
            ("date:2010..2012 bridge", "from these years; since: and until: leave an end open"),
        ),
    ),
)

NEWEST_STORIES: Final = "Newest stories"
BY_CITY: Final = "By city"
BY_YEAR: Final = "By year"
ALL_CITIES: Final = "All cities"
ALL_STORIES: Final = "All stories"

FILTERS: Final = "Filter and sort"
FILTERS_HEADING: Final = "Narrow the search"
APPLY: Final = "Apply"
CLEAR_ALL: Final = "Clear all filters"
APPLIED: Final = "Filters in use"
SORT: Final = "Sort by"
SORT_BUTTON: Final = "Sort"
SORTS: Final = {
    "relevance": "Best match",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "arrived": "Last added first",
}
SIZE: Final = "Stories a page"
SINCE: Final = "From"
UNTIL: Final = "To"
DATE_HINT: Final = "1987, April 1987, 1987-04-09 or last week; both ends are included"
SHOW_COPIES: Final = "List every copy of a wire story"
DATED_ONLY: Final = "Only stories whose date is known"

FACETS: Final = {"city": "City", "section": "Section", "source": "Source", "byline": "Byline"}
FACETS_MANY: Final = {"city": "cities", "section": "sections", "source": "sources", "byline": "bylines"}
PREPOSITIONS: Final = {"city": "in", "section": "in", "source": "from", "byline": "by"}
NOT_PREPOSITIONS: Final = {"city": "not in", "section": "not in", "source": "not from", "byline": "not by"}
LEAVE_OUT: Final = "Leave out"
NOT: Final = "not"
FACET_FIND: Final = "Find in this list"
FACET_BACK: Final = "Back to the stories"
FACET_EMPTY: Final = "Nothing here to choose from."

TIMELINE: Final = "When"
TIMELINE_TABLE: Final = "The same as a table"
TIMELINE_COUNT: Final = "Number of stories"
TIMELINE_SHARE: Final = "Share of all stories held"
TIMELINE_SHOWN_AS: Final = "Show instead:"
TIMELINE_NOTHING_HELD: Final = "Hatched: the archive holds nothing from then."
TIMELINE_WITHOUT: Final = "without a date"
DATED: Final = "with a known date"
WITH_COPIES: Final = "every copy listed"
TIMELINE_HEADS: Final = ("Period", "Stories found", "Stories held")
ALL_YEARS: Final = "All years"
EACH: Final = {"decade": "decade", "year": "year", "month": "month", "day": "day"}

RESULTS: Final = "Stories found"
UNTITLED: Final = "(no headline)"
UNDATED: Final = "Date not known"
NO_CITY: Final = "City not known"
PARTIAL: Final = "Close, but not every word"
PARTIAL_NOTE: Final = "These match only some of the words and are not counted above."
DID_YOU_MEAN: Final = "Did you mean"
PREVIOUS: Final = "Previous"
NEXT: Final = "Next"
PAGES: Final = "Pages of stories"
PAGE_GAP: Final = "…"
TAKE_AWAY: Final = "Take this list away"

NOTHING: Final = "What may help"
NOTHING_WITHOUT: Final = "One filter less finds more"
NO_FILTERS: Final = "any filter"
THE_DATES: Final = "the dates"
ELSEWHERE: Final = "Elsewhere"
NOTHING_ADVICE: Final = (
    "Check the spelling of names.",
    "Use fewer words: every word must be in the story.",
    "A star finds all endings: elect* finds election, elected and electoral.",
    "OR in capitals widens a search: flood OR levee.",
)
EMPTY_ARCHIVE: Final = "This archive is still empty."
EMPTY_ARCHIVE_HOW: Final = "Add stories to it with"

DATES_SWAPPED: Final = "The first date was later than the last one, so the two were swapped."
NOT_A_SHARE: Final = "recency must be a number from 0 to 1; it was left out."
TOO_DEEP: Final = (
    "Pages stop at story 10,000: nobody reads that far, and a machine should take the list instead. "
    "Narrow the search by date, city or section to see the rest."
)

COVERED: Final = "Have we covered this?"
COVERED_LABEL: Final = "Paste a draft, a press release, or a few sentences"
COVERED_HINT: Final = "Up to 200 kB of text. It is compared with the archive and not kept."
COVERED_WORDS: Final = "Looked for"
COVERED_BUTTON: Final = "Find what is near"
MEANINGS: Final = "What the words stand for here"
MEANINGS_EXACTLY: Final = "only as written"
COVERAGE_HEADING: Final = "What the archive holds"
COVERAGE_NOTE: Final = "Stories by source and time, every copy counted. An empty cell means that nothing was kept."
COVERAGE_UNDATED: Final = "No date"
COVERAGE_YEAR_ONLY: Final = "Month not known"
COVERAGE_NOTHING: Final = "The archive has nothing from that year."
COVERAGE_TOTAL: Final = "All"
COVERAGE_REST: Final = "Other, or no source named"
MAP: Final = "Map"
MAP_TITLE: Final = "Map of the cities that the stories are from"
MAP_HINT: Final = "The larger a circle, the more stories; a click chooses the city, a second one lets it go."
MAP_LIST: Final = "The same as a list"
MAP_HEADS: Final = ("City", "Stories")
MAP_NOTHING: Final = "No city is known for these stories."
MAP_WORLD: Final = "Show the whole world"
MAP_CLOSER: Final = "Show where most of them are"
ON_A_MAP: Final = "These cities on a map"

NO_SUCH_DAY: Final = ("There is no such day", "Write a month and a day, as in /on/03-04.")
ON_NOTHING: Final = "There is nothing from this day, in any year."
ON_TODAY: Final = "This day in other years"
ON_EVERYWHERE: Final = "This day in every city"
OTHER_DAYS: Final = "Other days"

WHERE: Final = "Where"
WHEN: Final = "When"
WRITTEN_BY: Final = "By"
PUBLISHED_IN: Final = "Published in"
ORIGINAL: Final = "The story where it was published"
HEADLINE_MADE: Final = "The file had no headline; this one is the beginning of the story."
COPIES_HEADING: Final = "Copies"
COPIES_NOTE: Final = "The same text, as it came from elsewhere."
VERSIONS_HEADING: Final = "Versions"
FACT_HEADLINE: Final = "Headline"
VERSION_NOTE: Final = "What earlier versions said differently."
MENTIONED: Final = "Also mentioned"
WHY_THERE: Final = "How we know"
DATE_UNKNOWN_WHY: Final = "Neither the story nor its file says when it was published."
CITE: Final = "Cite this story"
CITE_SEARCH: Final = "Cite this search"
CITE_MORE: Final = "BibTeX, RIS, CSL-JSON"
CITE_PLAIN: Final = "In a sentence"
BACK_TO_STORY: Final = "Back to the story"
DOWNLOAD: Final = "Download"
NO_DATE: Final = "no date"
RELATED: Final = "More about this"
BACK_TO_SEARCH: Final = "Back to the search"
ROLES: Final = {"dateline": "filed from here", "about": "the story happens here", "mentioned": "mentioned"}

NOT_FOUND: Final = ("There is no such page", "The address may be mistyped, or the page may have moved.")
NO_SUCH_STORY: Final = ("There is no such story", "The archive holds no story of that name. Perhaps a search finds it.")
NO_SUCH_CITY: Final = ("No story is from there", "The archive has no stories from a city of that name.")
STORY_GONE: Final = ("This story was removed", "It was once in the archive and has been taken out by the newsroom.")
BAD_REQUEST: Final = ("That could not be read", "Something in the address is not what the archive expects.")
NOT_ALLOWED: Final = ("That cannot be done here", "These pages only show the archive; nothing can be changed in them.")
TOO_LARGE: Final = ("That is too much text", "Send less of it: the first pages of a draft are enough.")
SERVER_ERROR: Final = (
    "Something went wrong",
    "The fault is the archive's, not yours. Try again; if it stays, tell whoever keeps the archive.",
)
UNAVAILABLE: Final = ("The archive cannot be read just now", "Try again in a minute.")
PASSWORD_WANTED: Final = ("A password is needed", "Ask whoever keeps the archive. Any user name will do.")
REALM: Final = "Archive"


def stories(count: int, number: str) -> str:
    """Return a count of stories: "no stories", "1 story", "412 stories"."""
    return "no stories" if count == 0 else "1 story" if count == 1 else f"{number} stories"


def copies(count: int, number: str) -> str:
    """Return a badge: "1 copy", "7 copies"."""
    return "1 copy" if count == 1 else f"{number} copies"


def found(count: int, number: str) -> str:
    """Return the heading of a search: how many stories match."""
    text = stories(count, number)
    return text[0].upper() + text[1:]


def folded(count: int, number: str) -> str:
    """Return the line about copies that are counted once."""
    return f"{number} {'copy is' if count == 1 else 'copies are'} counted once, under the first to arrive."


def page_of(page: str, last: str) -> str:
    """Return where in the pages a reader is."""
    return f"Page {page} of {last}"


def page_label(page: str) -> str:
    """Return a page link's name for those who hear it."""
    return f"Page {page}"


def no_such_page(page: str, pages: str) -> str:
    """Return what to say beyond the last page."""
    return f"There is no page {page} here: the stories found fill {pages}."


def pages(count: int, number: str) -> str:
    """Return a count of pages."""
    return "1 page" if count == 1 else f"{number} pages"


def remove_filter(label: str) -> str:
    """Return a tag's name for those who hear it."""
    return f"Remove filter {label}"


def leave_out(label: str) -> str:
    """Return the name of the link that excludes a value."""
    return f"Leave out {label}"


def selected(count: int) -> str:
    """Return how many values of a facet are chosen."""
    return f"{count} chosen"


def more_values(total: int, number: str, facet: str) -> str:
    """Return the link to all values of a facet."""
    return f"All {number} {FACETS_MANY[facet]}"


def facet_heading(facet: str, number: str) -> str:
    """Return the heading of a facet's own page."""
    return f"{number} {FACETS_MANY[facet]}"


def without(label: str, stories_text: str) -> str:
    """Return a link that drops one filter of a search that found nothing."""
    return f"without {label}: {stories_text}"


def bar(period: str, stories_text: str) -> str:
    """Return a bar's tooltip."""
    return f"{period}: {stories_text}"


def bar_share(period: str, stories_text: str, share: str, held: str) -> str:
    """Return a bar's tooltip when bars show shares."""
    return f"{period}: {stories_text}, {share} of the {held} held"


def bar_nothing_held(period: str) -> str:
    """Return the tooltip of a period the archive has nothing from."""
    return f"{period}: the archive holds nothing"


def timeline_summary(each: str, span: str, most: str, most_stories: str) -> str:
    """Return the chart in one sentence, for those who cannot see it and those in a hurry."""
    return f"Stories per {each}, {span}. Most: {most}, {most_stories}."


def undated_stories(stories_text: str) -> str:
    """Return the link to stories without a date."""
    return f"{stories_text} without a date"


def imprecise_stories(stories_text: str) -> str:
    """Return the line about stories whose date is coarser than a bar."""
    return f"{stories_text} with a date too coarse for these bars"


def not_a_date(text: str) -> str:
    """Return what to say about an unreadable date."""
    return f"“{text}” is not a date I can read: write 1987, 1987-04, 1987-04-09 or April 1987. It was left out."


def not_a_page(text: str) -> str:
    """Return what to say about an unreadable page number."""
    return f"“{text}” is not a page number, so this is page 1."


def not_one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    """Return what to say about a value that a parameter does not know."""
    choices = ", ".join(choice for choice in allowed if choice)
    return f"{name} cannot be “{value}”: use one of {choices}. It was left out."


def query_too_long(longest: int) -> str:
    """Return what to say about an endless query."""
    return f"The query was cut off after {longest} characters."


def too_many_values(name: str, most: int) -> str:
    """Return what to say about too many chosen values."""
    return f"Only the first {most} values of {name} were used."


def in_city(stories_text: str) -> str:
    """Return the line under a city's name."""
    return f"{stories_text} filed from here or about it"


def from_to(first: str, last: str) -> str:
    """Return a span of time that is no calendar period."""
    return f"{first} to {last}"


def since(first: str) -> str:
    """Return a span of time that is open at its end."""
    return f"since {first}"


def until(last: str) -> str:
    """Return a span of time that is open at its beginning."""
    return f"until {last}"


def date_preposition(one_day: bool, one_period: bool, both_ends: bool) -> str:
    """Return the word before a span of time: "on" a day, "in" a month or year, "from" one day to another."""
    return "on" if one_day else "in" if one_period else "from" if both_ends else ""


def not_a_number(name: str, most: int) -> str:
    """Return what to say about a parameter that must be a whole number."""
    return f"{name} must be a whole number from 0 to {most}."


def version(number: int) -> str:
    """Return a version's name."""
    return f"Version {number}"


def all_of(stories_text: str) -> str:
    """Return the link from a city's newest stories to all of them."""
    return f"See {'the' if stories_text.startswith('1 ') else 'all'} {stories_text}"


def values_capped(most: int) -> str:
    """Return the note under a facet's page that cannot show every value."""
    return f"These are the {most} most frequent. Use the box above to find another."


def cities_heading(number: str) -> str:
    """Return the heading of the list of cities."""
    return "no cities" if number == "0" else "1 city" if number == "1" else f"{number} cities"


def search_within(city: str) -> str:
    """Return the label of a city page's search box."""
    return f"Search {city}"


def which_city(name: str) -> str:
    """Return the question where a name means several cities."""
    return f"Which {name}?"


def first_of(name: str, number: str) -> str:
    """Return the name of a list that is cut off."""
    return f"{name} (the first {number})"


def searched_for(explanation: str) -> str:
    """Return the line that says what was searched."""
    return f"Searched for {explanation}."


def feed_description(archive: str) -> str:
    """Return what a feed is, for programs that show it."""
    return f"Stories of this search as they are added to {archive}"


def add_search(archive: str) -> str:
    """Return what the archive is called among a browser's search engines."""
    return f"Search {archive}"


def coverage_of(year: str) -> str:
    """Return the heading of the table of one year."""
    return f"What the archive holds from {year}"


def map_heading(stories_text: str, cities_text: str, chosen: str) -> str:
    """Return the heading of the map: "412 stories, 38 cities", or "40 stories, 2 of 38 cities" for chosen ones."""
    return f"{stories_text}, {chosen} of {cities_text}" if chosen else f"{stories_text}, {cities_text}"


def map_summary(most: Sequence[str]) -> str:
    """Return the map in one sentence."""
    return f"Most: {'; '.join(most)}."


def map_drawn(number: str) -> str:
    """Return the line about a map that cannot show every city."""
    return f"Drawn are the {number} cities with most stories."


def map_outside(count: int, number: str) -> str:
    """Return the line about cities beyond the edge of the map."""
    return f"{number} {'city lies' if count == 1 else 'cities lie'} outside this map."


def map_unplaced(count: int, number: str) -> str:
    """Return the line about cities that no gazetteer knows."""
    return f"{number} {'city is' if count == 1 else 'cities are'} in the list only: the gazetteer does not know where."


def choose(label: str) -> str:
    """Return the name of the link that chooses a value."""
    return f"Choose {label}"


def on_day(day: str, city: str) -> str:
    """Return the heading of the page of a day, be it of one city or ("") of all."""
    return f"On {day}, in {city}" if city else f"On {day}"


def cite_search(explanation: str, count: str, archive: str, day: str, address: str) -> str:
    """Return a search as a reference; `archive` names its state too, by which another answer can be explained."""
    return f"{explanation} {count}. {archive}, {day}, {address}"


def near_stories(count: int, number: str) -> str:
    """Say how many stories are near to a draft."""
    if not count:
        return "Nothing in the archive is near to this"
    return f"{number} {'story is' if count == 1 else 'stories are'} near to this"


def shared(in_a_row: bool, number: str) -> str:
    """Say how much a passage shares with a draft."""
    return f"{number} words in a row" if in_a_row else f"{number} telling words in a sentence"
