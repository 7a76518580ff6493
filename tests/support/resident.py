"""A resident in the web chat, over plain HTTP."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

PATIENCE_S = 12.0  # the promise is that something comes within 10 s


class Resident:
    """Opens a session of its own; ``say`` and ``ask`` use fresh client ids."""

    def __init__(self, gateway: str) -> None:
        self._gateway = gateway
        self._token = ""
        status, body = self.call("POST", "/chat/v1/sessions")
        assert status == 201, body
        self._token = body["token"]
        self._cursor = 0

    def call(self, method: str, path: str, body: Any = None, timeout: float = 40) -> tuple[int, dict[str, Any]]:
        """Status and JSON body of one request."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._gateway + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                raw = response.read()
                return response.status, json.loads(raw) if raw else {}
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def say(self, text: str, client_id: str | None = None) -> str:
        """Sends a text; returns the message id."""
        status, body = self.call(
            "POST", "/chat/v1/messages", {"client_id": client_id or uuid.uuid4().hex, "text": text}
        )
        assert status == 202, body
        return str(body["message_id"])

    def tap(self, button: dict[str, Any]) -> None:
        """Taps a button of a reply."""
        status, body = self.call(
            "POST", "/chat/v1/messages", {"client_id": uuid.uuid4().hex, "payload": button["payload"]}
        )
        assert status == 202, body

    def replies(self, count: int = 1, patience_s: float = PATIENCE_S) -> list[dict[str, Any]]:
        """The next ``count`` messages that are not the resident's own."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + patience_s
        while len(found) < count:
            left = deadline - time.monotonic()
            assert left > 0, f"only {len(found)} of {count} replies within {patience_s} s"
            _, body = self.call("GET", f"/chat/v1/messages?after={self._cursor}&wait={max(1, int(left))}")
            for message in body["messages"]:
                self._cursor = int(message["id"])
                if message["author"] != "resident":
                    found.append(message)
        return found

    def ask(self, text: str) -> dict[str, Any]:
        """Says something; returns the first reply."""
        self.say(text)
        return self.replies()[0]

    def transcript(self) -> list[dict[str, Any]]:
        """All messages of the conversation."""
        _, body = self.call("GET", "/chat/v1/messages?after=0")
        return list(body["messages"])

    def state(self) -> dict[str, Any]:
        """``{state, position, wait_s, operator}``."""
        _, body = self.call("GET", f"/chat/v1/messages?after={self._cursor}")
        return dict(body["state"])
