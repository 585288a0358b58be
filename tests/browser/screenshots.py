"""`python -m tests.browser.screenshots FOLDER`: every kind of page as a picture, in both schemes and sizes.

For eyes, not for comparing: what a page looks like is judged by looking. Files are called `<kind>-<size>-<scheme>.png`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import get_args

import click

from tests.browser.chromium import DESK, PHONE, Scheme, executable, started, watched
from tests.browser.kinds import KINDS
from tests.browser.served import add_samples, served

SIZES = {"desk": DESK, "phone": PHONE}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", multiple=True, metavar="KIND", help="A kind of page; may be repeated. All where left out.")
@click.option("--size", type=click.Choice(list(SIZES)), multiple=True, help="A size; both where left out.")
@click.option("--scheme", type=click.Choice(get_args(Scheme)), multiple=True, help="Colours; both where left out.")
@click.option("--whole/--window", default=True, help="The whole page (the default), or what a window shows of it.")
@click.option("--archive", type=click.Path(exists=True, path_type=Path), help="An archive of the samples, ready made.")
def main(
    folder: Path,
    only: tuple[str, ...],
    size: tuple[str, ...],
    scheme: tuple[Scheme, ...],
    whole: bool,
    archive: Path | None,
) -> None:
    """Write pictures of the pages into FOLDER."""
    program = executable()
    if program is None:
        raise click.ClickException("There is no Chromium here. Install it (Debian: apt install chromium).")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        if archive is None:
            archive = Path(scratch) / "archive"
            add_samples(archive)
        with served(archive) as root, started(program) as browser:
            for name in size or SIZES:
                for colours in scheme or get_args(Scheme):
                    with watched(browser, root, SIZES[name], colours, touch=name == "phone") as look:
                        for kind in KINDS:
                            if not only or kind.name in only:
                                page = look.see(kind)
                                page.screenshot(path=folder / f"{kind.name}-{name}-{colours}.png", full_page=whole)


if __name__ == "__main__":
    main(prog_name="python -m tests.browser.screenshots")
