"""`python -m tests.relevance.measure`: print every figure of relevance that `docs/relevance.md` tells of.

It gates nothing; the tests beside it do. Corpora that are not next to the checkout are passed over, saying so.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from search import Request, open_archive
from tests.relevance import known_items
from tests.relevance.judged import ROOT, SAMPLES, judgements, ndcg

#: Corpora of known-item search, and every how many-th story of each is held.
CORPORA = {known_items.REUTERS: 3, known_items.WIKINEWS: 1, known_items.HHS: 1}


def main() -> None:
    """Measure the judged set over the samples, then known-item search."""
    with TemporaryDirectory() as folder:
        for how, mean in judged(Path(folder) / "judged").items():
            print(f"samples, {how}: nDCG@10 {mean:.3f} ({len(judgements())} of them)")
        for corpus, every in CORPORA.items():
            name = corpus.name.removesuffix(".jsonl.gz")
            if not corpus.exists():
                print(f"{name}: passed over, shared/corpora is not next to the checkout")
                continue
            held = known_items.stories(corpus, every)
            with known_items.indexed(held, Path(folder) / name) as columns:
                for kind, make in known_items.KINDS.items():
                    outcome = known_items.found(columns, known_items.questions(held, make))
                    print(f"{name}, {len(held)} stories, {kind}: {outcome}")


def judged(archive: Path) -> dict[str, float]:
    """Return the mean nDCG@10 of the judged set over the samples in a new `archive`, by how it is asked and read."""
    totals: defaultdict[str, float] = defaultdict(float)
    asked = judgements()
    with open_archive(samples_archive(archive)) as opened:
        for judgement in asked:
            for how in ("query", "question"):
                page = opened.search(Request(getattr(judgement, how)))
                full, partial = ([hit.article.body for hit in hits] for hits in (page.hits, page.partial.hits))
                totals[how] += ndcg([*full, *partial], judgement.grades)
                totals[f"{how}, full matches alone"] += ndcg(full, judgement.grades)
    return {how: total / len(asked) for how, total in totals.items()}


def samples_archive(archive: Path) -> Path:
    """Add the samples to a new `archive` and return it."""
    command = [sys.executable, "-m", "index", "add", str(SAMPLES), "--archive", str(archive)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return archive


if __name__ == "__main__":
    main()
