"""Serving: gunicorn around the application, and the reasons why it may not come up.

No page and no search here. The one idea: what can fail is tried before the first process starts (the archive is opened,
the settings are read, the port is taken), so that it fails with a sentence and not with a log.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from contextlib import suppress
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from index.archive import ArchiveError as DirectoryError
from index.settings import SettingsError
from search import open_archive
from search.archive import ArchiveError
from search.request import Request
from web import create_app
from web.app import overlong
from web.formats import Formats, UnknownLocale
from web.house import House, house_of
from web.metrics import Meters

#: Requests one process answers at a time; the engine's loops let go of the interpreter.
THREADS = 4

#: Bytes of a request's first line, the most that gunicorn allows: a long question in another alphabet is read, and one
#: that is too long is told so by its page. Beyond them nothing is read, not even whether a program asks.
LONGEST_LINE = 8190


class CannotServe(RuntimeError):  # noqa: N818  # reads as what happened
    """The pages cannot be served; the message says why and what to do."""


class Worker(ThreadWorker):  # type: ignore[misc]  # likewise
    """A process that says in our words that an address is too long; gunicorn knows before the application is asked."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what cannot be read."""
        if isinstance(exc, LimitRequestLine):
            with suppress(OSError):  # whoever asked may be gone
                client.sendall(overlong(self.wsgi))
        else:
            super().handle_error(req, client, addr, exc)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn over one archive: each process opens the archive for itself and shares its pages of memory."""

    def __init__(self, archive: str, house: House, options: dict[str, Any]) -> None:
        self.archive = archive
        self.house = house
        self.options = options
        self.meters = Meters(shared=True)
        super().__init__()

    def load_config(self) -> None:
        """Hand the options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Open the archive in this process, ask it once so that everything is compiled, and make the application."""
        archive = open_archive(self.archive)
        archive.warm()
        archive.search(Request(limit=1))
        return create_app(archive, self.house, self.meters)


def serve(archive: str, host: str, port: int, workers: int | None = None) -> None:
    """Serve `archive` until interrupted.

    Args:
        archive: its directory.
        host: the address to listen on; anything but loopback is warned about.
        port: the port to listen on.
        workers: processes; None for one a core.

    Raises:
        CannotServe: it cannot be served; the message says why.
    """
    house = _checked(archive)
    _check_port(host, port)
    shown = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if not is_loopback(host):
        warning = "Others can reach this address. The connection is not encrypted: put a proxy with TLS in front of it"
        also = "." if house.password_hash else ", and set a password (python -m web --hash-password)."
        print(f"Warning: {warning}{also}", file=sys.stderr, flush=True)
    options = {
        "bind": f"{f'[{host}]' if ':' in host else host}:{port}",
        "workers": workers or min(os.cpu_count() or 1, 8),
        "threads": THREADS,
        "worker_class": Worker,
        "loglevel": "error",  # its warnings tell the addresses of readers
        "limit_request_line": LONGEST_LINE,
        "control_socket_disable": True,
        "post_worker_init": _Announcement(f"The archive is open at {shown} (Ctrl+C closes it)."),
    }
    Server(archive, house, options).run()


class _Announcement:
    """Says once, in the first process that is ready, where the pages are."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, worker: Any) -> None:
        if worker.age == 1:
            print(self.text, flush=True)


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(location: str) -> House:
    """Return the newsroom's choices after making sure that the archive opens."""
    try:
        with open_archive(location):
            house = house_of(location)
            Formats(house.locale)
            return house
    except (ArchiveError, DirectoryError, SettingsError, UnknownLocale) as error:
        raise CannotServe(str(error)) from error


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise CannotServe(f"There is no address {host!r}. Give --host an address of this machine.") from error
    except OSError as error:
        raise CannotServe(_port_problem(error, host, port)) from error


def _port_problem(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return (
            f"Port {port} is taken: another program listens there. Stop it, or choose another: "
            f"--port {other}, or make run PORT={other}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs special rights. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Give --host one that is, or leave it out."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."
