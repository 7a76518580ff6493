"""``python -m newsroom``: serves the newsroom on NEWSROOM_HOST:NEWSROOM_PORT. Does not migrate; ``manage.py migrate`` does."""

from __future__ import annotations

import os
import sys
import warnings

import django
import uvicorn
from django.conf import settings

from contracts.settings import SettingsError
from ledger.sqlite.base import DatabaseWrapper


def main() -> int:
    """Exit code 2 when settings are missing or wrong, with the list of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.development")
    try:
        django.setup()
    except SettingsError as error:
        sys.stderr.write(f"newsroom: {error}\n")
        return 2
    DatabaseWrapper.may_create = False
    # Static files and model archives are read in a thread anyway; Django would say so at each of them.
    warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")
    uvicorn.run(
        "newsroom.asgi:application",
        host=settings.NEWSROOM_HOST,
        port=settings.NEWSROOM_PORT,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        # An open event stream never ends by itself; the desk's pages resume after the restart.
        timeout_graceful_shutdown=2,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
