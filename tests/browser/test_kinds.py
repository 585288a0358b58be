from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from search import open_archive
from tests.browser.kinds import KINDS
from web import create_app


def test_every_page_of_the_application_is_among_the_kinds(archive: Path) -> None:
    with open_archive(archive) as opened:
        app = create_app(opened)
        addresses = app.url_map.bind("localhost")
        shown = {addresses.match(urlsplit(kind.path).path)[0] for kind in KINDS if kind.status == 200}
        others = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - shown
    assert {name for name in others if not name.startswith(FOR_PROGRAMS)} == set()


#: What answers programs: no page to look at.
FOR_PROGRAMS = ("api.", "export.", "feeds.", "sitemap.", "metrics.", "static", "pages.opensearch", "pages.robots")
