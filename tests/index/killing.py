"""Kill `add` at random moments, run it again, and hold the archive against that of an undisturbed run.

    python -m tests.index.killing crash --kills 50     # the process dies at a random function call, wherever that is
    python -m tests.index.killing sigkill --kills 50   # a process of its own is killed after a random time

Each archive is killed several times before it is allowed to finish. Prints a JSON object; exit code 1 on a difference.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any

from index import intake
from index.archive import ArchiveDirectory
from index.record import Refusal
from index.store import Store
from search.request import Copies

#: Small, so that a small input has many moments between two batches and two commits.
BATCH, COMMIT = 5, 14
REQUESTS = ("bridge", "mayor budget", '"city council" OR fire', "")
TOPICS = ("bridge", "flood", "mayor", "fire", "budget", "school", "snow", "trial")
COPIES: tuple[Copies, ...] = ("fold", "show")
KILLS_EACH = 3


class Quiet:
    def read(self, records: int, size: int) -> None: ...
    def refused(self, refusal: Refusal) -> None: ...
    def indexing(self, done: int, total: int) -> None: ...
    def remade(self, done: int, total: int) -> None: ...
    def say(self, sentence: str) -> None: ...


def write_stories(folder: Path, count: int) -> None:
    """Write the input: several formats, versions and copies within one run, a line that cannot be read."""
    chance = random.Random(7)
    lines = []
    for number in range(count):
        words = [chance.choice(TOPICS) for _ in range(50)]
        story = {
            "id": f"s{number % (count - 5)}",
            "title": f"{words[0].title()} and {words[1]} before the city council",
            "text": f"CHICAGO (AP) - {' '.join(words)}. The city council met about the {words[2]}.",
            "date": f"{1990 + number % 9}-0{1 + number % 9}-11",
            "source": chance.choice(("Sun", "Moon")),
        }
        if number % 9 == 4:
            story["text"] = f"The {TOPICS[number % 4]} story that went out over the wire. " * 9
        lines.append("{broken" if number == 11 else json.dumps(story))
    (folder / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for topic in TOPICS[:4]:
        (folder / f"{topic}.txt").write_text(f"The {topic} of 1994\n\nA {topic} came to Boston. " * 5, encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><head><title>Snow</title></head><body><article><h1>Snow falls</h1><p>"
        + "Snow fell on the mayor and the whole city council all day long. " * 8
        + "</p></article></body></html>",
        encoding="utf-8",
    )


def edit_stories(folder: Path) -> None:
    """Change the input as a newsroom would: some stories are corrected, one comes to be a copy, one is new."""
    wire = (folder / "wire.jsonl").read_text(encoding="utf-8").splitlines()
    wire[2] = wire[2].replace("council met", "council did not meet")
    wire[5] = wire[5].replace(json.loads(wire[5])["text"], json.loads(wire[4])["text"])
    (folder / "wire.jsonl").write_text("\n".join(wire), encoding="utf-8")
    (folder / "flood.txt").write_text((folder / "fire.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "late.txt").write_text(
        "A late story about the bridge.\n\nIt came in after midnight. " * 4, encoding="utf-8"
    )


def add(archive: Path, folder: Path) -> None:
    """Do what `python -m index add` does, with batches that fit so small an input."""
    intake.BATCH_RECORDS, intake.COMMIT_EVERY = BATCH, COMMIT
    intake.add(ArchiveDirectory(archive), [str(folder)], Quiet(), workers=0)


def contents(archive: Path) -> dict[str, Any]:
    """Return all that can be seen of an archive, but for the times at which stories arrived."""
    from search import Request, open_archive

    with Store(archive / "store.sqlite") as store:
        stories = [
            [s.first_arrival, s.arrival, s.family, s.article.to_json(), [v.to_json() for v in s.earlier]]
            for s in store.stories()
        ]
        refused = [[refusal.path, refusal.record, refusal.reason] for refusal in store.refusals()]
        damage = list(store.damage())
    pages = {}
    with open_archive(str(archive)) as opened:
        for text in REQUESTS:
            for copies in COPIES:
                page = opened.search(Request(text, limit=50, facet_limit=0, copies=copies))
                pages[f"{text} {copies}"] = [
                    page.total,
                    [[hit.article.to_json(), round(hit.score, 9), hit.copies] for hit in page.hits],
                    [[name, [(b.key, b.count) for b in facet.buckets]] for name, facet in page.facets.items()],
                    [[str(period.start), period.count, period.held] for period in page.timeline.buckets],
                    page.timeline.undated,
                    page.folded,
                ]
    return {"stories": stories, "refused": refused, "damage": damage, "pages": pages}


def crash_at(call: int, archive: Path, folder: Path) -> bool:
    """Run `add` in a forked child that dies at its `call`-th function call; return whether it died."""
    child = os.fork()
    if child == 0:
        left = call

        def count(_: FrameType, event: str, __: object) -> None:
            nonlocal left
            left -= event in ("call", "c_call")
            if left <= 0:
                os._exit(99)

        sys.setprofile(count)
        try:
            add(archive, folder)
        finally:
            sys.setprofile(None)
            os._exit(0 if sys.exc_info()[0] is None else 1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 99):
        raise SystemExit(f"add failed after a kill (exit code {code})")
    return code == 99


def calls_of(archive: Path, folder: Path) -> int:
    """Return how many function calls a run of `add` makes, by running it."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        add(archive, folder)
    finally:
        sys.setprofile(None)
    return calls


def kill_after(seconds: float, archive: Path, folder: Path) -> bool:
    """Run `add` in a process of its own and kill it after a while; return whether it was still running."""
    command = [sys.executable, "-m", "tests.index.killing", "add", str(archive), str(folder)]
    process = subprocess.Popen(command)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    code = process.wait()
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"add failed after a kill (exit code {code})")
    return code != 0


def _first_difference(found: Any, expected: Any) -> Any:
    pairs = zip(found, expected, strict=False) if isinstance(found, list) else ((found[k], expected[k]) for k in found)
    return next(({"found": one, "expected": other} for one, other in pairs if one != other), None)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("how", choices=("crash", "sigkill", "add"))
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--stories", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.how == "add":
        add(*map(Path, options.paths))
        return 0
    chance = random.Random(options.seed)
    killed = archives = runs = 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        folder = root / "stories"
        folder.mkdir()
        write_stories(folder, options.stories)
        begun = time.monotonic()
        calls = calls_of(root / "undisturbed", folder)
        first_took = time.monotonic() - begun
        if options.how == "sigkill":
            begun = time.monotonic()
            kill_after(0.0, root / "warm", folder)
            subprocess.run(  # the interpreter's start and the imports count too
                [sys.executable, "-m", "tests.index.killing", "add", str(root / "warm"), str(folder)], check=True
            )
            first_took = time.monotonic() - begun
        states = [contents(root / "undisturbed")]
        original = {file.name: file.read_bytes() for file in folder.iterdir()}
        edit_stories(folder)
        edited = {file.name: file.read_bytes() for file in folder.iterdir()}
        again = calls_of(root / "undisturbed", folder)
        states.append(contents(root / "undisturbed"))
        while killed < options.kills:
            archive = root / f"archive{archives}"
            archives += 1
            for phase, files in enumerate((original, edited)):
                for name in edited:
                    (folder / name).unlink(missing_ok=True)
                for name, content in files.items():
                    (folder / name).write_bytes(content)
                for _ in range(KILLS_EACH):
                    runs += 1
                    if options.how == "crash":
                        died = crash_at(chance.randrange((calls, again)[phase]), archive, folder)
                    else:
                        died = kill_after(chance.uniform(0.2, 1.0) * first_took, archive, folder)
                    killed += died
                    if not died:
                        break
                add(archive, folder)
                found = contents(archive)
                if found != states[phase]:
                    wrong = {name: _first_difference(found[name], states[phase][name]) for name in found}
                    print(json.dumps({"archive": archives, "phase": phase, "different": wrong}, default=str)[:4000])
                    return 1
    print(json.dumps({"kills": killed, "runs": runs, "archives": archives, "different": []}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
