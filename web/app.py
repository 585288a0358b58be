"""The Flask application put together: rooms, manners towards browsers, and pages for when something goes wrong.

No page is made here. The one idea: what every answer has in common (headers, caching, the password, errors in plain
words) stands in one place, so no page can forget it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from flask import Flask, Response, current_app, render_template, request
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestURITooLarge, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from search.archive import Archive, ArchiveError
from web import api, citymap, clippings, clock, covered, export, feeds, metrics, pages, pieces, shelves, sitemap, words
from web.catalogue import Catalogue
from web.formats import Formats
from web.house import House
from web.packed import packed
from web.password import CHALLENGE, Door
from web.press import Press
from web.site import Said, Site, site

#: Nothing is loaded from elsewhere, nothing stands inline, nobody may frame the pages.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}

#: What scripts of the site that may read the API are told, and may ask with, beside what any script may.
CROSS_ORIGIN = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Server-Timing",
    "Access-Control-Max-Age": "86400",
}

_LARGEST_BODY = 64 * 1024

#: Seconds after which to ask again for an archive that cannot be read.
_RETRY = "60"

#: What a browser may keep the answer to; a form that was sent is answered anew.
_ASKING = ("GET", "HEAD")


def build(archive: Archive, house: House | None = None, meters: metrics.Meters | None = None) -> Flask:
    """Return the application that serves `archive`; see `web.create_app`."""
    house = house or House()
    package = Path(__file__).parent
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    app.url_map.strict_slashes = False
    app.jinja_loader = FileSystemLoader([package / "templates", package / "words" / "prose"])
    app.jinja_environment = Press
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    version, released = _version(package)
    app.jinja_env.globals["pieces"] = pieces
    cast(Press, app.jinja_env).settle(
        w=words,
        archive_title=archive.title,
        locale=house.locale,
        style_url=f"/static/morgue.css?v={version}",
        script_url=f"/static/morgue.js?v={version}",
    )
    app.extensions["morgue"] = Site(archive, house, Formats(house.locale), Catalogue(archive), version, released)
    app.context_processor(_context)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(shelves.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(export.blueprint)
    app.register_blueprint(clippings.blueprint)
    app.register_blueprint(feeds.blueprint)
    app.register_blueprint(sitemap.blueprint)
    app.register_blueprint(citymap.blueprint)
    app.register_blueprint(covered.blueprint)
    app.register_blueprint(metrics.blueprint)
    metrics.measure(app, meters or metrics.Meters())
    door = Door(house.password_hash)
    app.before_request(lambda: _refused(door))
    app.before_request(_unchanged)
    app.after_request(_packed)  # the last registered runs first
    app.after_request(_with_manners)
    app.register_error_handler(HTTPException, _error)
    app.register_error_handler(ArchiveError, _unavailable)
    return app


def _context() -> dict[str, object]:
    return {"root": request.host_url.rstrip("/"), "query_text": ""}


def _is_open() -> bool:
    """Say whether anybody may ask this, password or not.

    What a watchdog asks, the style of the door, and whether a script may knock at it: browsers ask that without the
    password.
    """
    asks_leave = request.method == "OPTIONS" and _is_api()
    return asks_leave or request.path == "/healthz" or request.path.startswith("/static/")


def _refused(door: Door) -> Response | None:
    """Answer who may not enter, without a word of what is inside."""
    if _is_open() or door.lets_in(request):
        return None
    heading, advice = words.PASSWORD_WANTED
    if _is_api():
        answer = api.problem(401, heading, advice)
    else:
        answer = Response(f"{heading}. {advice}\n", status=401, content_type="text/plain; charset=utf-8")
    answer.headers["WWW-Authenticate"] = CHALLENGE
    return answer


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _is_live() -> bool:
    """Say whether an answer tells of the present moment and not of a generation."""
    return _is_open() or request.path == "/metrics"


def _etag() -> str:
    here = site()
    state = "\n".join((here.archive.generation, here.today.isoformat(), here.version, request.full_path))
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _changed() -> datetime:
    """When a page was last another one: a new generation, a new day or a new release; in whole seconds, as headers are.

    Pages name the day, in citations and on the way to this day in other years.
    """
    here = site()
    today = here.archive.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return max(here.archive.changed, today, here.released).astimezone(UTC).replace(microsecond=0)


def _unchanged() -> Response | None:
    """Answer at once where the browser holds this very page of this very generation."""
    if request.method not in _ASKING or _is_live():
        return None
    if request.if_none_match:  # the more exact of the two; RFC 9110 lets it decide alone
        same = request.if_none_match.contains_weak(_etag())
    else:
        same = bool(request.if_modified_since and request.if_modified_since >= _changed())
    return _with_manners(current_app.response_class(status=304)) if same else None


def _packed(response: Response) -> Response:
    with clock.timed("packing"):
        return packed(request, response)


def _with_manners(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    origin = site().house.cors_origin
    if origin and _is_api():
        response.headers.update({"Access-Control-Allow-Origin": origin} | CROSS_ORIGIN)
    if request.path.startswith("/static/"):
        fresh = request.args.get("v") == site().version
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    elif request.method not in _ASKING:
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code in (200, 304) and "ETag" not in response.headers and not _is_live():
        response.set_etag(_etag(), weak=True)
        response.last_modified = _changed()
        response.headers["Cache-Control"] = "private, no-cache" if site().house.password_hash else "no-cache"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _error(error: HTTPException) -> AnyResponse:
    if isinstance(error.response, AnyResponse):
        return error.response
    status = error.code or 500
    heading, advice = _words_for(error, status)
    if _is_api():
        said: Response | str = api.problem(status, heading, advice)
    else:
        said = render_template("error.html", status=status, heading=heading, advice=advice)
    answer = current_app.make_response((said, status))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    elif isinstance(error, ServiceUnavailable):
        answer.headers["Retry-After"] = _RETRY
    return answer


def _words_for(error: HTTPException, status: int) -> tuple[str, str]:
    if isinstance(error, Said):
        return error.heading, error.advice
    known = {
        400: words.BAD_REQUEST,
        404: words.NOT_FOUND,
        405: words.NOT_ALLOWED,
        410: words.STORY_GONE,
        413: words.TOO_LARGE,
        414: words.ADDRESS_TOO_LONG,
        500: words.SERVER_ERROR,
        503: words.UNAVAILABLE,
    }
    return known.get(status, (error.name, error.description or ""))


def _unavailable(error: ArchiveError) -> AnyResponse:
    current_app.logger.error("%s", error)
    return _error(ServiceUnavailable())


def overlong(app: Flask) -> bytes:
    """Return the whole answer to an address that is longer than the server reads; it is given before we are asked.

    Where there is a password, nobody knows yet whether whoever asks has it: then the words alone are told.
    """
    with app.test_request_context("/"):
        if site().house.password_hash:
            said = ". ".join(words.ADDRESS_TOO_LONG)
            answer = Response(f"{said}\n", status=414, content_type="text/plain; charset=utf-8")
        else:
            answer = cast(Response, _error(RequestURITooLarge()))
        answer = _with_manners(answer)
        headers = [f"{name}: {value}" for name, value in answer.headers]
        head = [f"HTTP/1.1 {answer.status}", *headers, "Connection: close", "", ""]
        return "\r\n".join(head).encode("latin-1") + answer.get_data()


def _version(package: Path) -> tuple[str, datetime]:
    """Return a name for the present state of the pages' own files, and when the last of them changed."""
    digest = hashlib.sha256()
    newest = 0.0
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
            digest.update(path.read_bytes())
            newest = max(newest, path.stat().st_mtime)
    return digest.hexdigest()[:12], datetime.fromtimestamp(newest, UTC)
