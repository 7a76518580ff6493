"""A resident on a phone of the sandbox, over its control API."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

PATIENCE_S = 12.0


def call_sandbox(sandbox: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
    """JSON of one control call."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{sandbox}/sandbox{path}", data=data, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=40) as response:
        return dict(json.loads(response.read()))


class SandboxPhone:
    """One resident; ``replies`` returns what the account sent since the last call."""

    def __init__(self, sandbox: str, name: str, user_id: str = "") -> None:
        self._sandbox = sandbox
        self.user_id: str = user_id or call_sandbox(sandbox, "POST", "/residents", {"name": name})["user_id"]
        self._seq = 0

    def act(self, action: str, **fields: Any) -> dict[str, Any]:
        """Does something on the phone; see the sandbox's README for the actions."""
        path = f"/residents/{self.user_id}/actions"
        return call_sandbox(self._sandbox, "POST", path, {"action": action, **fields})

    def say(self, text: str) -> None:
        """Sends a text."""
        self.act("send_text", text=text)

    def ask(self, text: str) -> dict[str, Any]:
        """Sends a text; returns the first reply."""
        self.say(text)
        return self.replies()[0]

    def replies(self, count: int = 1, patience_s: float = PATIENCE_S) -> list[dict[str, Any]]:
        """The next ``count`` messages of the account."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + patience_s
        while len(found) < count:
            left = deadline - time.monotonic()
            assert left > 0, f"only {len(found)} of {count} replies within {patience_s} s"
            path = f"/residents/{self.user_id}/messages?after={self._seq}&wait={max(1, int(left))}"
            for message in call_sandbox(self._sandbox, "GET", path)["messages"]:
                self._seq = message["seq"]
                if message["author"] == "oa":
                    found.append(message)
        return found

    def transcript(self) -> list[dict[str, Any]]:
        """Everything on the phone, oldest first."""
        return list(call_sandbox(self._sandbox, "GET", f"/residents/{self.user_id}/messages")["messages"])
