"""What speaks for and against a mention being a city, seen from the words around it.

No weights here and no decision: a cue only says that something is so ("after_title" in "Sheriff Houston"). The one
idea: every cue is one plain condition with a name, so that a wrong city can be explained by the cues that let it in.
A mention's cues are a row of numbers, one column a cue; `surroundings` fills them.
"""

from __future__ import annotations

#: The cues, in the order of their columns.
CUES = (
    *("after_place_preposition", "after_preposition", "after_visit", "after_article", "after_kind_of_place"),
    *("after_address", "after_first_name", "after_title", "after_initial", "after_capital", "after_two_capitals"),
    *("after_number", "after_quote", "landscape", "club", "street", "organisation", "civic_name", "civic"),
    *("town_office", "team", "township", "before_day", "before_capital", "before_said", "before_comma", "state_word"),
    *("longer_name", "qualified", "misqualified", "dateline", "home_of_a_person", "starts_sentence", "in_a_list"),
    *("beside_another", "in_capitals", "possessive", "hyphened", "in_parentheses", "several_words", "is_first_name"),
    *("first_name_of_somebody", "surname_elsewhere", "population", "million", "stands_alone", "namesakes"),
    *("never_seen", "place_odds", "common_word", "small_region_name", "large_region_name", "country_name"),
    *("district_name", "county_here", "short", "again", "home_region", "home_near", "region_named", "country_named"),
)
_COLUMN = {name: column for column, name in enumerate(CUES)}

AFTER_PLACE_PREPOSITION, AFTER_PREPOSITION = _COLUMN["after_place_preposition"], _COLUMN["after_preposition"]
AFTER_VISIT, AFTER_ARTICLE, AFTER_KIND_OF_PLACE = (
    _COLUMN["after_visit"],
    _COLUMN["after_article"],
    _COLUMN["after_kind_of_place"],
)
AFTER_ADDRESS, AFTER_FIRST_NAME, AFTER_TITLE = (
    _COLUMN["after_address"],
    _COLUMN["after_first_name"],
    _COLUMN["after_title"],
)
AFTER_INITIAL, AFTER_CAPITAL, AFTER_TWO_CAPITALS = (
    _COLUMN["after_initial"],
    _COLUMN["after_capital"],
    _COLUMN["after_two_capitals"],
)
AFTER_NUMBER, AFTER_QUOTE, LANDSCAPE_NAME = _COLUMN["after_number"], _COLUMN["after_quote"], _COLUMN["landscape"]
CLUB, STREET_NAME, ORGANISATION_NAME = _COLUMN["club"], _COLUMN["street"], _COLUMN["organisation"]
CIVIC_NAME, CIVIC_WORD, TOWN_OFFICE_WORD = _COLUMN["civic_name"], _COLUMN["civic"], _COLUMN["town_office"]
TEAM_NAME, TOWNSHIP_NAME, BEFORE_DAY = _COLUMN["team"], _COLUMN["township"], _COLUMN["before_day"]
BEFORE_CAPITAL, BEFORE_SAID, BEFORE_COMMA = (
    _COLUMN["before_capital"],
    _COLUMN["before_said"],
    _COLUMN["before_comma"],
)
BEFORE_STATE_WORD, LONGER_NAME, QUALIFIED = _COLUMN["state_word"], _COLUMN["longer_name"], _COLUMN["qualified"]
IS_MISQUALIFIED, IN_DATELINE, HOME_OF_A_PERSON = (
    _COLUMN["misqualified"],
    _COLUMN["dateline"],
    _COLUMN["home_of_a_person"],
)
STARTS_SENTENCE, IN_A_LIST, BESIDE_ANOTHER = (
    _COLUMN["starts_sentence"],
    _COLUMN["in_a_list"],
    _COLUMN["beside_another"],
)
IN_CAPITALS, POSSESSIVE, HYPHENED = _COLUMN["in_capitals"], _COLUMN["possessive"], _COLUMN["hyphened"]
IN_PARENTHESES, SEVERAL_WORDS, IS_FIRST_NAME = (
    _COLUMN["in_parentheses"],
    _COLUMN["several_words"],
    _COLUMN["is_first_name"],
)
FIRST_NAME_OF_SOMEBODY, SURNAME_ELSEWHERE = _COLUMN["first_name_of_somebody"], _COLUMN["surname_elsewhere"]
POPULATION, MILLION, STANDS_ALONE_HERE = _COLUMN["population"], _COLUMN["million"], _COLUMN["stands_alone"]
NAMESAKES, NEVER_SEEN, PLACE_ODDS = _COLUMN["namesakes"], _COLUMN["never_seen"], _COLUMN["place_odds"]
COMMON_WORD, SMALL_REGION_NAME, LARGE_REGION_NAME = (
    _COLUMN["common_word"],
    _COLUMN["small_region_name"],
    _COLUMN["large_region_name"],
)
COUNTRY_NAME, DISTRICT_NAME, COUNTY_HERE = _COLUMN["country_name"], _COLUMN["district_name"], _COLUMN["county_here"]
SHORT, AGAIN, HOME_REGION = _COLUMN["short"], _COLUMN["again"], _COLUMN["home_region"]
HOME_NEAR, REGION_NAMED, COUNTRY_NAMED = _COLUMN["home_near"], _COLUMN["region_named"], _COLUMN["country_named"]
