"""A ledger as a year of a province leaves it: a million messages with all that hangs on them, written as SQL in seconds.

Half the conversations are on Zalo; every second message is an answer with its meta, some have buttons, those on Zalo a
delivery and a finished event; some conversations wait for a person, some had one. ``python -m bench.ledger_filling FILE``
fills a migrated, empty SQLite ledger.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

MESSAGES, CONVERSATIONS = 1_000_000, 40_000
CHUNK = 100_000
WAITING = 60
_ANSWER = (
    "F1 đã tiêm đủ liều hoặc đã khỏi bệnh: cách ly 7 ngày tại nhà nếu nhà đủ điều kiện, xét nghiệm ngày thứ 1 và thứ 7."
    " Sau đó tự theo dõi sức khỏe 7 ngày. Nguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021. "
)
_META = {
    "answer": "cach_ly/f1",
    "confidence": 0.93,
    "asked_back": False,
    "model": "shipped",
    "candidates": [{"answer": f"cach_ly/f{number}", "confidence": 0.3} for number in range(3)],
    "release": {"id": "r", "source": {"number": "10696/BYT-MT", "issuer": "Bộ Y tế", "date": "2021-12-16", "url": ""}},
}
# A number's place in time: one message each 30 s, the last ones just now.
_AT = f"strftime('%Y-%m-%d %H:%M:%f', 'now', printf('-%d seconds', ({MESSAGES} - value) * 30))"
_NUMBERS = "WITH RECURSIVE n(value) AS (SELECT ? UNION ALL SELECT value + 1 FROM n WHERE value < ?)"
_CONVERSATIONS = (
    "INSERT INTO ledger_conversation (id, channel, address, state, priority, reason, waiting_since, owner_id, owner_name,"
    f" unhandled, lease_by, last_resident_at, created_at) {_NUMBERS}"
    " SELECT lower(hex(randomblob(16))), CASE value % 2 WHEN 0 THEN 'zalo' ELSE 'web' END, lower(hex(randomblob(16))),"
    f" CASE WHEN value <= {WAITING} THEN 'waiting' ELSE 'bot' END, CASE WHEN value <= {WAITING} THEN 1 + value % 3 END, '',"
    f" CASE WHEN value <= {WAITING} THEN datetime('now', printf('-%d minutes', value)) END, '', '', 0, '',"
    " datetime('now', printf('-%d minutes', value)), datetime('now', '-300 days') FROM n"
)
# Pairs of question and answer; each conversation gets a pair time and again, as if all talked side by side.
_ENTRIES = (
    "INSERT INTO ledger_entry (conversation_id, kind, at, author, actor, text, buttons, image, meta, external_id,"
    f" body_sha256, reply_to_id, release, handled_at) {_NUMBERS}"
    f" SELECT c.id, 'message', {_AT}, CASE value % 2 WHEN 0 THEN 'resident' ELSE 'bot' END, '',"
    " CASE value % 2 WHEN 0 THEN printf('f1 phải cách ly mấy ngày, câu %d', value) ELSE ? END, '[]', '',"
    " CASE value % 2 WHEN 0 THEN '{}' ELSE ? END, CASE value % 2 WHEN 0 THEN lower(hex(randomblob(16))) END,"
    " CASE value % 2 WHEN 0 THEN lower(hex(randomblob(32))) ELSE '' END, CASE value % 2 WHEN 1 THEN value END,"
    f" CASE value % 2 WHEN 1 THEN printf('release-%d', value % 300) ELSE '' END, CASE value % 2 WHEN 0 THEN {_AT} END"
    f" FROM n CROSS JOIN numbered c WHERE c.number = 1 + (value / 2 * 7919) % {CONVERSATIONS}"
)
_AFTERWARDS = (
    "INSERT INTO ledger_delivery (entry_id, conversation_id, state, attempts, doubts, next_at, lease_by, part,"
    " provider_ids, provider_id, plain, listed, quota, error, changed_at) SELECT e.id, e.conversation_id, 'seen', 1, 0, e.at,"
    " '', 1, json_array(hex(randomblob(10))), hex(randomblob(10)), 0, 0, '', '', e.at FROM ledger_entry e"
    " JOIN ledger_conversation c ON c.id = e.conversation_id WHERE e.author = 'bot' AND c.channel = 'zalo'",
    "INSERT INTO ledger_buttontoken (token, conversation_id, entry_id, title, payload) SELECT lower(hex(randomblob(12))),"
    " conversation_id, id, 'Cách ly', '{}' FROM ledger_entry WHERE author = 'bot' AND id % 5 = 0",
    "INSERT INTO ledger_effect (entry_id, kind, data, at) SELECT id, 'unanswered', '{}', at FROM ledger_entry"
    " WHERE author = 'resident' AND id % 40 < 2",
    "INSERT INTO ledger_handoff (conversation_id, entry_id, reason, priority, requested_at, taken_at, operator_id,"
    " operator_name, closed_at, outcome) SELECT conversation_id, id, 'nhay_cam/tu_van', 2, at, at, '7', 'Cán bộ A', at,"
    " 'given_back' FROM ledger_entry WHERE author = 'resident' AND id % 100 < 2",
    "INSERT INTO ledger_inboundevent (key, channel, at, lane, body, urgent, worker, tries, set_aside)"
    " SELECT lower(hex(randomblob(32))), 'zalo', at, '', NULL, 0, 'w', 0, '' FROM ledger_entry WHERE author = 'resident'"
    " AND id % 4 < 2",
    "INSERT INTO ledger_websession (id, token_sha256, conversation_id, created_at, expires_at)"
    " SELECT lower(hex(randomblob(16))), lower(hex(randomblob(32))), id, created_at, datetime('now', '+7 days')"
    " FROM ledger_conversation WHERE channel = 'web'",
)


def fill(file: Path) -> None:
    """Writes all rows."""
    with closing(sqlite3.connect(file, timeout=60)) as ledger:
        ledger.executescript("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -400000;")
        ledger.execute(_CONVERSATIONS, (1, CONVERSATIONS))
        ledger.executescript(
            "CREATE TEMP TABLE numbered (number INTEGER PRIMARY KEY, id TEXT);"
            "INSERT INTO numbered SELECT row_number() OVER (), id FROM ledger_conversation;"
        )
        for begin in range(0, MESSAGES, CHUNK):
            ledger.execute(_ENTRIES, (begin, begin + CHUNK - 1, _ANSWER * 2, json.dumps(_META, ensure_ascii=False)))
            ledger.commit()
        for statement in _AFTERWARDS:
            ledger.execute(statement)
            ledger.commit()
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
