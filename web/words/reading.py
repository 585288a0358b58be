"""The words of one story: where, when and how it is known, versions, copies, and how to cite it.

Also the page that compares a draft.
"""

from __future__ import annotations

from typing import Final

#: What stands over a story that says something of others, by its type (`index.storytype`).
NOTICES_SAID: Final = {"correction": "This corrects something that was published before."}
ABOUT_STORY: Final = "About this story"
COVERED: Final = "Have we covered this?"
COVERED_LABEL: Final = "Paste a draft, a press release, or a few sentences"
COVERED_HINT: Final = "Up to 200 kB of text. It is compared with the archive and not kept."
COVERED_WORDS: Final = "Looked for"
COVERED_BUTTON: Final = "Find what is near"
WHERE: Final = "Where"
WHEN: Final = "When"
PUBLISHED_IN: Final = "Published in"
HEADLINE_MADE: Final = "The file had no headline; this one is the beginning of the story."
COPIES_HEADING: Final = "Copies"
COPIES_NOTE: Final = "The same text, as it came from elsewhere."
VERSIONS_HEADING: Final = "Versions"
FACT_HEADLINE: Final = "Headline"
VERSION_NOTE: Final = "What earlier versions said differently."
MENTIONED: Final = "Also mentioned"
DATE_UNKNOWN_WHY: Final = "Neither the story nor its file says when it was published."
CITE: Final = "Cite this story"
COPY_CITATION: Final = "Copy citation"
COPY_LINK: Final = "Copy link"
COPIED: Final = "Copied"
CITE_MORE: Final = "BibTeX, RIS, CSL-JSON"
CITE_PLAIN: Final = "In a sentence"
BACK_TO_STORY: Final = "Back to the story"
DOWNLOAD: Final = "Download"
NO_DATE: Final = "no date"
THREAD: Final = "Before and after"
THREAD_HERE: Final = "This story"
BACK_TO_SEARCH: Final = "Back to the search"
ROLES: Final = {"dateline": "filed from here", "about": "the story happens here", "mentioned": "mentioned"}


def version(number: int) -> str:
    """Return a version's name."""
    return f"Version {number}"


def near_stories(count: int, number: str) -> str:
    """Say how many stories are near to a draft."""
    if not count:
        return "Nothing in the archive is near to this"
    return f"{number} {'story is' if count == 1 else 'stories are'} near to this"


def shared(in_a_row: bool, number: str) -> str:
    """Say how much a passage shares with a draft."""
    return f"{number} words in a row" if in_a_row else f"{number} telling words in a sentence"
