"""Release ids: UUID version 7, ordered by time, made here because Python 3.13 has no uuid7 yet (RFC 9562, 5.7)."""

from __future__ import annotations

import secrets
import time
import uuid


def new_release_id() -> str:
    """A fresh id; two ids of different milliseconds sort as they were made."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76  # version
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return str(uuid.UUID(int=value))
