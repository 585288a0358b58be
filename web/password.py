"""The one shared password that can close an archive: HTTP Basic, meant to run behind a proxy's TLS.

No accounts and no sessions. The one idea: the slow hash is computed once per password and process; afterwards a quick
keyed digest in memory recognises it, so a closed archive answers as fast as an open one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Request
from werkzeug.security import check_password_hash, generate_password_hash

from web import words

#: What a browser is told that may not enter, so that it asks for the password.
CHALLENGE = f'Basic realm="{words.REALM}", charset="UTF-8"'


def hashed(password: str) -> str:
    """Return what to write into settings.toml for `password` (scrypt, salted)."""
    return generate_password_hash(password)


class Door:
    """Lets readers in who know the password of `password_hash`; everybody where that is ""."""

    def __init__(self, password_hash: str) -> None:
        self._hash = password_hash
        self._key = secrets.token_bytes(32)
        self._known = b""

    def lets_in(self, request: Request) -> bool:
        """Say whether whoever asks may enter."""
        given = request.authorization
        basic = given is not None and given.type == "basic"
        return not self._hash or (basic and given is not None and self._opens(given.password or ""))

    def _opens(self, password: str) -> bool:
        digest = hmac.digest(self._key, password.encode("utf-8", "surrogatepass"), hashlib.sha256)
        if self._known and hmac.compare_digest(digest, self._known):
            return True
        if check_password_hash(self._hash, password):
            self._known = digest
            return True
        return False
