"""Permission codes and token pairs (sheet §4): one live pair at a time, every refresh token once."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from sandbox.clock import SandboxClock
from sandbox.ids import Ids
from sandbox.store import Store

ACCESS_LIFE_S = 90_000  # 25 hours
REFRESH_LIFE_S = 90 * 24 * 3600  # 3 months
CODE_LIFE_S = 600


@dataclass(frozen=True)
class TokenPair:
    """What the token endpoint hands out."""

    access_token: str
    refresh_token: str

    def to_json(self) -> dict[str, str]:
        """``expires_in`` is text, as on the real endpoint."""
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_in": str(ACCESS_LIFE_S),
        }


class Tokens:
    """Makes, replaces and judges tokens."""

    def __init__(self, store: Store, clock: SandboxClock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    def grant(self, challenge: str) -> str:
        """A code for the address to which the permission page leads back."""
        code = self._ids.opaque()
        expires = self._clock.now_ms() + CODE_LIFE_S * 1000
        self._store.run("INSERT INTO grant_code VALUES (?, ?, ?, 0)", code, challenge, expires)
        return code

    def redeem(self, code: str, verifier: str) -> TokenPair | str:
        """A pair for a code, or the name of what is wrong: ``code`` or ``verifier``.

        A code is used up by its first presentation with a right verifier; a wrong verifier uses it up too, as
        RFC 7636 wants no second guess.
        """
        row = self._store.row("SELECT * FROM grant_code WHERE code = ?", code)
        if row is None or row["used"] or row["expires_ms"] <= self._clock.now_ms():
            return "code"
        self._store.run("UPDATE grant_code SET used = 1 WHERE code = ?", code)
        if row["challenge"] and not compare_digest(row["challenge"], challenge_of(verifier)):
            return "verifier"
        return self.issue()

    def refresh(self, refresh_token: str) -> TokenPair | None:
        """The next pair; from this moment both tokens of the former pair are dead."""
        sql = "SELECT id FROM token_pair WHERE refresh_token = ? AND live AND refresh_expires_ms > ?"
        return self.issue() if self._store.row(sql, refresh_token, self._clock.now_ms()) else None

    def issue(self) -> TokenPair:
        """A new pair instead of whichever is live."""
        pair = TokenPair(self._ids.opaque(), self._ids.opaque())
        now = self._clock.now_ms()
        with self._store.transaction():
            self._store.run("UPDATE token_pair SET live = 0")
            self._store.run(
                "INSERT INTO token_pair (access_token, refresh_token, access_expires_ms, refresh_expires_ms)"
                " VALUES (?, ?, ?, ?)",
                pair.access_token,
                pair.refresh_token,
                now + ACCESS_LIFE_S * 1000,
                now + REFRESH_LIFE_S * 1000,
            )
        return pair

    def judge(self, access_token: str) -> int:
        """0 for a live token, else the error code of the API.

        The sheet has both codes for a token that ran out (-216 seen in practice, -220 in the table): here an unknown
        or expired token gives -216 and one that a refresh replaced gives -220, so that a client has to know both.
        """
        row = self._store.row("SELECT * FROM token_pair WHERE access_token = ?", access_token)
        if row is None or row["access_expires_ms"] <= self._clock.now_ms():
            return -216
        return 0 if row["live"] else -220

    def authorised(self) -> bool:
        """Whether the Official Account ever gave the app a token; without it no event is sent (sheet §1.1)."""
        return self._store.number("SELECT count(*) FROM token_pair") > 0


def challenge_of(verifier: str) -> str:
    """base64url(SHA-256(verifier)) without padding (sheet §4.1)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
