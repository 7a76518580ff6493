"""Django's SQLite backend for a ledger whose file somebody may move, delete or put back under running programs."""
