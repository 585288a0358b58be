"""What a reader is told about a query: every kind of diagnostic with its sentence, in one place.

Only wording. The one idea: whatever is mended is mended in one defined way, and the sentence says which.
"""

from __future__ import annotations

from search.page import Diagnostic, Severity

#: kind -> (severity, sentence). The sentence says what was found and what was done about it.
KINDS: dict[str, tuple[Severity, str]] = {
    "too-long": ("warning", "The question is longer than {limit} characters; only its beginning was searched."),
    "too-many-words": ("warning", "More than {limit} words were asked for; those from “{word}” on were left out."),
    "too-deep": ("warning", "Brackets stand more than {limit} deep; the innermost were passed over."),
    "unreadable": ("note", "Characters that cannot be read were passed over."),
    "unbalanced-quote": ("note", "A quotation mark has no partner, so it was passed over."),
    "unbalanced-bracket": ("note", "A bracket has no partner, so it was {mended}."),
    "empty-phrase": ("note", "There is nothing between the quotation marks, so they were passed over."),
    "empty-group": ("note", "There is nothing between the brackets, so they were passed over."),
    "empty-field": ("note", "Nothing follows “{field}:”, so it was passed over."),
    "empty-query": ("note", "There is nothing here to look for, so every story is shown."),
    "operator-alone": ("note", "“{operator}” does not stand between two things to look for, so it was passed over."),
    "nothing-excluded": ("note", "Nothing to leave out follows “{operator}”, so it was passed over."),
    "operator-as-word": (
        "note",
        "“{operator}” does not stand where it could join words, so it was searched as a word.",
    ),
    "no-words": ("note", "“{text}” has no letters or digits, so it was passed over."),
    "unknown-field": (
        "note",
        "“{field}:” is not something a search can be limited to, so “{text}” was searched as words.",
    ),
    "unknown-code": ("note", "“{text}” is nothing that a search can be limited to, so it was searched as words."),
    "common-words": ("note", "{words} so common that {pronoun} only looked for inside quotation marks."),
    "question-words": (
        "note",
        "{words} the question, so a story need not have {pronoun}; quotation marks look for {pronoun}.",
    ),
    "only-common-words": ("note", "Every word here is very common; all were searched as they are."),
    "too-broad": ("warning", "“{text}” would fit too many words, so {mended}."),
    "letter-class": ("note", "“{text}” cannot be read as a choice of letters; any letters were taken in its place."),
    "boost": ("note", "Weights such as “{text}” are not understood, so it was left out."),
    "fuzzy-distance": ("note", "Spellings can differ by {limit} letters at most; “{text}” was read so."),
    "star-in-phrase": ("note", "A star between words of a phrase stands for one word or none."),
    "slop-alone": ("note", "“{text}” has nothing to measure here, so it was passed over."),
    "not-counted": ("warning", "“{operator}” can only be said of words and phrases, so it was passed over."),
    "distance": ("note", "“{text}” was read as “{mended}”."),
    "too-many-near": (
        "warning",
        "More than {limit} operators of nearness work on one another here; “{operator}” was taken as AND.",
    ),
    "spread": ("note", "“{operator}” was applied to each of the words in brackets."),
    "not-positions": ("warning", "“{operator}” can only join words and phrases, so AND was used in its place."),
    "inner-field": ("note", "“{inner}:” inside “{outer}:” counts; the outer one was passed over there."),
    "contradiction": ("warning", "{what}; no story can match."),
    "bad-date": ("warning", "“{text}” was not understood as a date ({reason}), so it was left out."),
    "swapped-dates": ("note", "The later date came first; the two were swapped."),
    "no-id": ("warning", "“{text}” cannot be a story's name, so no story has it."),
    "read-as": ("note", "“{text}” was read as “{taken}”, as it is written here."),
    "command": ("note", "“{text}” is no command here, so it was passed over; =Apple holds to a form and its capitals."),
    "ending": ("note", "“{text}” was read as “{taken}”: a star stands for any ending here."),
    "shouted": ("note", "“{text}” was searched as the word it is; for any ending write {pattern}."),
    "small-operator": ("note", "“{text}” in small letters is a word here; {operator} in capitals means {meaning}."),
    "own-type": (
        "note",
        "“{text}” is none of the types known here ({types} and others), so it was looked for as the papers write it.",
    ),
    "pattern-in-value": ("warning", "* and ? have no meaning after “{field}:”; “{text}” was looked for without them."),
    "text-in-value": ("warning", "“{text}” has no meaning after “{field}:”, so it was passed over."),
    "several-cities": (
        "note",
        "“{name}” is the name of {count}: {labels}. All were searched; write {example} for one.",
    ),
    "region-meant": ("note", "No city here is called “{name}”, so the {level} {label} was searched."),
    "city-meant": ("note", "This was read as the city {label}; {example} searches all of {region}."),
    "none-of-them": (
        "note",
        "“{name}” is the name of {count} cities, and no story here is in any of them; {label} was taken. "
        "Also so called: {labels}.",
    ),
    "unknown-id": ("warning", "No city has the number {name}, so no story can be found in it."),
    "unknown-city": ("warning", "No city called “{name}” is known here, so no story can be found in it."),
    "usual-distance": (
        "note",
        "“near:” without a distance means within {taken}; ~10km or ~30mi after the name sets it.",
    ),
    "bad-distance": (
        "warning",
        "“{text}” is not a distance that can be searched (as ~50km or ~30mi is), so {taken} was taken.",
    ),
    "quoted-distance": ("note", "The distance stands behind the quotation marks, so {example} was searched."),
    "near-region": ("warning", "“near:” needs a city, and “{name}” is larger, so the whole of it was searched."),
    "lies-nowhere": ("warning", "Where “{name}” lies is not known here, so only “{name}” itself was searched."),
    "no-distance": ("warning", "Distances between cities are not known here, so only “{name}” itself was searched."),
}


def said(kind: str, start: int = 0, end: int = 0, **words: str) -> Diagnostic:
    """Return the diagnostic of `kind` for the characters from `start` to `end`, its sentence filled with `words`."""
    severity, sentence = KINDS[kind]
    return Diagnostic(kind, sentence.format(**words), start, end, severity)
