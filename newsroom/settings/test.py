"""Fixed settings for tests and type checking: no environment, databases in memory, a cheap password hash."""

import tempfile
from pathlib import Path

from newsroom.config import NewsroomConfig
from newsroom.settings.base import *  # noqa: F403 -- Django's way to share settings
from newsroom.settings.base import configured

installation = configured(
    NewsroomConfig(
        var_dir=Path(tempfile.gettempdir()) / "newsroom-test",
        clock="real",
        host="127.0.0.1",
        port=8000,
        url="http://testserver",
        secret_key="only-for-tests-" + "x" * 40,
        snapshot_token="snapshot-token-for-tests",  # noqa: S106 -- guards nothing
        model_token="model-token-for-tests",  # noqa: S106 -- guards nothing
        drafts_token="drafts-token-for-tests",  # noqa: S106 -- guards nothing
        database_url="sqlite:///:memory:",
        ledger_database_url="sqlite:///:memory:",
        allowed_hosts=("testserver", "localhost"),
    )
)
# The ledger's migrations have tests of their own; here the newsroom's hundreds would be replayed for it, to make nothing.
installation["DATABASES"]["ledger"]["TEST"] = {"MIGRATE": False}
globals().update(installation)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False  # test clients log in without a request; the tests of the lockout switch it on
SECOND_FACTOR_REQUIRED = False  # the tests of the second factor switch it on
