"""What a generation was made with and how far it has come: the settings beside each table of contents.

The one idea: an index made by another analysis, codec or ranking is not wrong in a way anybody would notice, so it says
itself what it was made with, and a reader compares.

File `settings_<commit>.json`: `{"crc32": of the settings as they stand there, "settings": {…}}`. It is on the disk
before the table of contents of that commit is, whose CRC-32 it holds.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import asdict, dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from index import analysis, ranking
from index.embedded.arrayfile import REMEDY
from index.embedded.values import IndexDamaged

#: Raised by one whenever the files of a segment change their form.
CODEC = 5

_SHAPE = re.compile(rb'\{"crc32":(?P<crc32>[0-9]+),"settings":(?P<settings>.*)\}\n', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentinel:
    """The settings of one commit.

    Attributes:
        averages: mean field lengths, frozen.
        through: last arrival number contained.
        removed: ids of the stories that were removed and have not come back.
        contents: CRC-32 of the table of contents.
        codec, analysis, ranking: what the generation was made with.
    """

    averages: ranking.Averages
    through: int
    removed: frozenset[str]
    contents: int = 0
    codec: int = CODEC
    analysis: int = analysis.VERSION
    ranking: str = field(default_factory=lambda: ranking_name())

    def outdated(self) -> str:
        """Return the sentence that says why this program cannot use the generation; "" where it can."""
        for what, made, now in (
            ("file format", self.codec, CODEC),
            ("way of cutting text into words", self.analysis, analysis.VERSION),
            ("way of ranking", self.ranking, ranking_name()),
        ):
            if made != now:
                return f"The index was made with another {what} ({made}; this program has {now})."
        return ""


def ranking_name() -> str:
    """Return a short name of the ranking's constants, another one whenever any of them changes."""
    names = sorted(name for name in vars(ranking) if name.isupper())
    constants = repr([(name, getattr(ranking, name)) for name in names])
    return blake2b(constants.encode(), digest_size=6).hexdigest()


def path(folder: Path, commit: int) -> Path:
    """Return where the settings of a commit lie."""
    return folder / f"settings_{commit}.json"


def to_text(sentinel: Sentinel) -> bytes:
    """Return the file's content."""
    settings = json.dumps(asdict(sentinel) | {"removed": sorted(sentinel.removed)}, separators=(",", ":"))
    return f'{{"crc32":{zlib.crc32(settings.encode())},"settings":{settings}}}\n'.encode()


def read(folder: Path, commit: int) -> Sentinel:
    """Read the settings of a commit.

    Raises:
        IndexDamaged: when the file is not as it was written.
        FileNotFoundError: when it is not there.
    """
    file = path(folder, commit)
    found = _SHAPE.fullmatch(file.read_bytes())
    if found is None or zlib.crc32(found["settings"]) != int(found["crc32"]):
        raise IndexDamaged(f"{file} is damaged; {REMEDY}")
    form: dict[str, Any] = json.loads(found["settings"])
    known = {f.name for f in fields(Sentinel)}
    averages = ranking.Averages(**form.pop("averages"))
    removed = frozenset(form.pop("removed"))
    return Sentinel(averages=averages, removed=removed, **{name: form[name] for name in form if name in known})
