"""A search as the lines of a file by which it is followed: what `python -m search --digest` reads (`search.saved`).

Pure functions. The one idea: whoever has found the right search should not have to write it down a second time.
"""

from __future__ import annotations

import json

from web.address import Question


def followed(question: Question) -> Question:
    """Return what is followed of a search: all but the page it stands on, its order, and what of it was cited."""
    whole = question.uncited().on_page(1).arrived_by(None)
    return whole.sorting(whole.default_sort)


def saved(name: str, link: str) -> str:
    r"""Return the lines that follow a search under a name, `link` being its address with its host.

    Texts are written as JSON writes them, which TOML reads as the same texts.

    >>> print(saved("The levee", "https://morgue.example/search?q=%22levee%22"))
    [[search]]
    name = "The levee"
    address = "https://morgue.example/search?q=%22levee%22"
    """
    return f"[[search]]\nname = {json.dumps(name, ensure_ascii=False)}\naddress = {json.dumps(link)}"
