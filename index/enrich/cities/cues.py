"""What speaks for and against a mention being a city, seen from the words around it.

No weights here and no decision: a cue only says that something is so ("after_title" in "Sheriff Houston"). The one
idea: every cue is one plain condition with a name, so that a wrong city can be explained by the cues that let it in.
A mention's cues are a row of numbers, one column a cue; `surroundings` fills them, with `beside` and `standing`.
"""

from __future__ import annotations

#: The cues, in the order of their columns.
CUES = (
    *("after_place_preposition", "after_preposition", "after_visit", "after_article", "after_kind_of_place"),
    *("after_address", "after_first_name", "after_title", "after_initial", "after_capital", "after_two_capitals"),
    *("after_number", "after_quote", "landscape", "club", "street", "organisation", "civic_name", "civic"),
    *(
        "town_office",
        "team",
        "township",
        "before_day",
        "before_agency",
        "before_capital",
        "before_said",
        "before_comma",
        "state_word",
    ),
    *("longer_name", "qualified", "misqualified", "dateline", "home_of_a_person", "starts_sentence", "in_a_list"),
    *("beside_another", "in_capitals", "possessive", "hyphened", "in_parentheses", "several_words", "is_first_name"),
    *("first_name_of_somebody", "surname_elsewhere", "population", "million", "stands_alone", "capital", "namesakes"),
    *("never_seen", "place_odds", "common_word", "small_region_name", "large_region_name", "country_name"),
    *("district_name", "county_here", "short", "again", "home_region", "home_near", "region_named", "country_named"),
    "abbreviation",
)
#: The column of each cue.
# fmt: off
(
    AFTER_PLACE_PREPOSITION, AFTER_PREPOSITION, AFTER_VISIT, AFTER_ARTICLE, AFTER_KIND_OF_PLACE, AFTER_ADDRESS,
    AFTER_FIRST_NAME, AFTER_TITLE, AFTER_INITIAL, AFTER_CAPITAL, AFTER_TWO_CAPITALS, AFTER_NUMBER, AFTER_QUOTE,
    LANDSCAPE_NAME, CLUB, STREET_NAME, ORGANISATION_NAME, CIVIC_NAME, CIVIC_WORD, TOWN_OFFICE_WORD, TEAM_NAME,
    TOWNSHIP_NAME, BEFORE_DAY, BEFORE_AGENCY, BEFORE_CAPITAL, BEFORE_SAID, BEFORE_COMMA, BEFORE_STATE_WORD, LONGER_NAME,
    QUALIFIED, IS_MISQUALIFIED, IN_DATELINE, HOME_OF_A_PERSON, STARTS_SENTENCE, IN_A_LIST, BESIDE_ANOTHER, IN_CAPITALS,
    POSSESSIVE, HYPHENED, IN_PARENTHESES, SEVERAL_WORDS, IS_FIRST_NAME, FIRST_NAME_OF_SOMEBODY, SURNAME_ELSEWHERE,
    POPULATION, MILLION, STANDS_ALONE_HERE, CAPITAL_CITY, NAMESAKES, NEVER_SEEN, PLACE_ODDS, COMMON_WORD,
    SMALL_REGION_NAME, LARGE_REGION_NAME, COUNTRY_NAME, DISTRICT_NAME, COUNTY_HERE, SHORT, AGAIN, HOME_REGION,
    HOME_NEAR, REGION_NAMED, COUNTRY_NAMED, IS_ABBREVIATION,
) = range(len(CUES))
# fmt: on
