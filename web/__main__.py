"""`python -m web`: serve an archive's pages.

Only the command line: what it means is in `web.serve`. The one idea: whatever keeps the pages from coming up is said in
one sentence, before anything is served.
"""

from __future__ import annotations

import os
import sys

import click


@click.command()
@click.option(
    "--archive",
    default=lambda: os.environ.get("MORGUE_ARCHIVE") or "archive",
    show_default="$MORGUE_ARCHIVE or ./archive",
    metavar="DIR",
    help="The archive to serve.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer; one a core unless given.")
@click.option("--hash-password", is_flag=True, help="Ask for a password and print what settings.toml takes.")
def main(archive: str, host: str, port: int, workers: int | None, hash_password: bool) -> None:
    """Serve the pages of an archive until interrupted."""
    if hash_password:
        from web.password import hashed

        click.echo(f'[web]\npassword_hash = "{hashed(_new_password())}"')
        return
    from web.serve import CannotServe, serve

    try:
        serve(archive, host, port, workers)
    except CannotServe as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _new_password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise click.UsageError("Give the password on standard input, or run this on a terminal.")
    return password


if __name__ == "__main__":
    main(prog_name="python -m web")
