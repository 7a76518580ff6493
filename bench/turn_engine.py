"""Time of engine turns over the loopback channel: ``python bench/turn_engine.py URL TOKEN < questions``.

Sends each question as the first message of a conversation of its own, then a second one, and prints p50 and p95 in
milliseconds. The engine and its action server must be running; any HTTP library would do, this one is Python's own.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import time
import uuid
from urllib.parse import urlsplit


def turn_ms(connection: http.client.HTTPConnection, token: str, conversation: str, text: str) -> float:
    """Milliseconds of one turn; raises RuntimeError on any other status than 200."""
    body = {
        "conversation_id": conversation,
        "message_id": uuid.uuid4().hex,
        "text": text,
        "metadata": {"channel": "web"},
    }
    started = time.perf_counter()
    connection.request(
        "POST", "/webhooks/loopback/turn", json.dumps(body).encode(), {"Authorization": f"Bearer {token}"}
    )
    response = connection.getresponse()
    answer = response.read()
    if response.status != 200:
        raise RuntimeError(f"status {response.status}: {answer.decode()[:200]}")
    return (time.perf_counter() - started) * 1000


def main(url: str, token: str) -> None:
    """Reads questions from standard input and prints one line a kind of turn."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port or 5005)
    first, second = [], []
    for line in sys.stdin:
        conversation = uuid.uuid4().hex
        first.append(turn_ms(connection, token, conversation, line.strip()))
        second.append(turn_ms(connection, token, conversation, line.strip()))
    for name, times in (("first turn", first), ("second turn", second)):
        tail = statistics.quantiles(times, n=20)[18]
        print(f"{name}: {len(times)} turns, p50 {statistics.median(times):.1f} ms, p95 {tail:.1f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
