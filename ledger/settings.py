"""Django settings of a process that needs the ledger's models and nothing else of Django (the gateway)."""

from __future__ import annotations

import os

from contracts.settings import Environment
from ledger.database import DatabaseUrlError, database_from_url

_environment = Environment(os.environ)
_var = _environment.path("VAR_DIR", "var")
_url = _environment.url("LEDGER_DATABASE_URL", f"sqlite:///{_var}/ledger.sqlite3", ("sqlite", "postgres", "postgresql"))
try:
    _ledger = database_from_url(_url, lasting=True)
except DatabaseUrlError as error:
    _environment.problems.append(f"LEDGER_DATABASE_URL: {error}")
    _ledger = {}
_environment.check()

DATABASES = {"default": {}, "ledger": _ledger}
DATABASE_ROUTERS = ["ledger.router.LedgerRouter"]
INSTALLED_APPS = ["ledger"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
