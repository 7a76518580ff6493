"""Behind TLS. Refuses the demo clock, unnamed hosts and plain HTTP (see ``newsroom.config``)."""

import os

from newsroom.config import load_config
from newsroom.settings.base import *  # noqa: F403 -- Django's way to share settings
from newsroom.settings.base import SILENCED_SYSTEM_CHECKS as _SILENCED
from newsroom.settings.base import configured

_config = load_config(os.environ, production=True)
globals().update(configured(_config))

DEBUG = False
STATIC_ROOT = str(_config.var_dir / "newsroom" / "static")  # filled by manage.py collectstatic
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SESSION_COOKIE_NAME = "newsroom_session"
CSRF_COOKIE_NAME = "newsroom_csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^api/"]  # asked over loopback
SECURE_HSTS_SECONDS = 31_536_000
SILENCED_SYSTEM_CHECKS = [
    *_SILENCED,
    "security.W005",  # subdomains of the department's domain are not ours to decide about
    "security.W019",  # the editor shows the preview in a frame of its own site
    "security.W021",  # nor is the preload list
]
