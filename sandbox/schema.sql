-- Everything the platform remembers. Times are milliseconds of the sandbox's clock.
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS resident (
    user_id TEXT PRIMARY KEY,
    user_id_by_app TEXT NOT NULL,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    following INTEGER NOT NULL DEFAULT 0,
    unfollowed_ms INTEGER NOT NULL DEFAULT 0,
    last_interaction_ms INTEGER NOT NULL DEFAULT 0,
    has_chatted INTEGER NOT NULL DEFAULT 0,   -- wrote, tapped a query button, or pressed "Nhắn tin"
    online INTEGER NOT NULL DEFAULT 1,        -- a phone that is off shows messages later and sends no receipts
    blocking INTEGER NOT NULL DEFAULT 0,
    shared_info TEXT NOT NULL DEFAULT '{}'
);

CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES resident (user_id),
    author TEXT NOT NULL CHECK (author IN ('resident', 'oa', 'admin')),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL,                     -- JSON: what else the kind needs
    quote_message_id TEXT NOT NULL,
    quota_type TEXT NOT NULL,
    hidden INTEGER NOT NULL,                  -- the tap of an oa.query.hide button shows nothing in the chat
    at_ms INTEGER NOT NULL,
    received_ms INTEGER,
    seen_ms INTEGER
);
CREATE INDEX IF NOT EXISTS message_by_resident ON message (user_id, seq);

CREATE TABLE IF NOT EXISTS media (
    media_id TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('upload', 'phone')),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    created_ms INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS grant_code (
    code TEXT PRIMARY KEY,
    challenge TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS token_pair (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    access_token TEXT NOT NULL UNIQUE,
    refresh_token TEXT NOT NULL UNIQUE,
    access_expires_ms INTEGER NOT NULL,
    refresh_expires_ms INTEGER NOT NULL,
    live INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id TEXT NOT NULL,
    event_name TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body BLOB NOT NULL,
    timestamp TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'unsent')),
    reason TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS attempt (
    webhook_id INTEGER NOT NULL REFERENCES webhook (id),
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,                  -- HTTP status; 0 when there was no answer
    error TEXT NOT NULL,
    elapsed_ms INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS attempt_by_webhook ON attempt (webhook_id);
