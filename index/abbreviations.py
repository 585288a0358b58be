"""Full stops that end no sentence: after titles, initials and the like.

No cutting into sentences here: whoever cuts asks. The one idea: only words that hardly ever end a sentence are listed,
as news writes them, so "Ore." and "Inc." are not; what may be a word of its own ("No.", "Dec.") counts where a number
follows.
"""

from __future__ import annotations

#: Words with a capital that are followed by a full stop within a sentence.
TITLES = frozenset(
    "Mr Mrs Ms Mx Dr Prof Rev Hon Rep Reps Sen Sens Gov Govs Lt Gen Maj Col Capt Cmdr Adm Sgt Cpl Pvt Brig Supt Det "
    "Insp Atty Asst Messrs Mme Mlle St Ste Mt Ft".split()
)
#: Words with a capital that are so where a number follows.
BEFORE_NUMBERS = frozenset("No Nos Vol Fig Art Sec Ch Jan Feb Mar Apr Aug Sept Oct Nov Dec".split())
#: Letters of the longest of them.
LONGEST = max(map(len, TITLES | BEFORE_NUMBERS))


def is_abbreviation(text: str, dot: int, follows: int) -> bool:
    """Say whether the full stop at `dot` belongs to the word before it and does not end a sentence.

    Args:
        text: a story's.
        dot: place of a full stop.
        follows: place of the next character that is no white space; the length of the text where there is none.

    >>> is_abbreviation("Rep. Ann Lee", 3, 5), is_abbreviation("J. Lee", 1, 3), is_abbreviation("The rep. Lee", 7, 9)
    (True, True, False)
    """
    begin = dot
    while begin > 0 and dot - begin <= LONGEST and text[begin - 1].isascii() and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin:dot]
    if word in TITLES or (len(word) == 1 and word.isupper()):
        return True
    return word in BEFORE_NUMBERS and follows < len(text) and text[follows] in "0123456789"
