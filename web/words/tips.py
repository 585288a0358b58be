"""What the help page shows: queries and what they find.

Only examples; the page's prose is a template of its own. Each example is run by a test.
"""

from __future__ import annotations

from typing import Final

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
