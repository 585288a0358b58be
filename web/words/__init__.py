"""The words of the interface, in one place, so that they can be read through, corrected and translated.

Only text and how it bends with a number; pages of prose (help, about) are templates of their own, in `prose`. Numbers
arrive here already written in the newsroom's locale. The one idea: a word is written in the module of its subject and
used as `words.WORD`, wherever that is.
"""

from __future__ import annotations

# Every word of every subject is handed out under its own name, in Python and, as `w`, in the templates.
from web.words.citing import *  # noqa: F403
from web.words.filters import *  # noqa: F403
from web.words.frame import *  # noqa: F403
from web.words.listing import *  # noqa: F403
from web.words.places import *  # noqa: F403
from web.words.problems import *  # noqa: F403
from web.words.reading import *  # noqa: F403
from web.words.timeline import *  # noqa: F403
from web.words.tips import *  # noqa: F403
