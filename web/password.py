"""The one shared password that can close an archive: HTTP Basic, meant to run behind a proxy's TLS.

No accounts and no sessions. The one idea: the slow hash is computed once per password and process; afterwards a quick
keyed digest in memory recognises it, so a closed archive answers as fast as an open one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Request, Response
from werkzeug.security import check_password_hash, generate_password_hash

from web import words


def hashed(password: str) -> str:
    """Return what to write into settings.toml for `password` (scrypt, salted)."""
    return generate_password_hash(password)


class Door:
    """Lets readers in who know the password of `password_hash`; everybody where that is ""."""

    def __init__(self, password_hash: str) -> None:
        self._hash = password_hash
        self._key = secrets.token_bytes(32)
        self._known = b""

    def refusal(self, request: Request) -> Response | None:
        """Return the answer for who may not enter, None for who may."""
        if not self._hash:
            return None
        given = request.authorization
        if given is not None and given.type == "basic" and self._opens(given.password or ""):
            return None
        heading, advice = words.PASSWORD_WANTED
        challenge = {"WWW-Authenticate": f'Basic realm="{words.REALM}", charset="UTF-8"'}
        return Response(
            f"{heading}. {advice}\n", status=401, headers=challenge, content_type="text/plain; charset=utf-8"
        )

    def _opens(self, password: str) -> bool:
        digest = hmac.digest(self._key, password.encode("utf-8", "surrogatepass"), hashlib.sha256)
        if self._known and hmac.compare_digest(digest, self._known):
            return True
        if check_password_hash(self._hash, password):
            self._known = digest
            return True
        return False
