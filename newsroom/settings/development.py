"""One machine, plain HTTP on loopback, static files straight from the packages."""

import os

from newsroom.config import load_config
from newsroom.settings.base import *  # noqa: F403 -- Django's way to share settings
from newsroom.settings.base import configured

globals().update(configured(load_config(os.environ)))

DEBUG = False
WHITENOISE_USE_FINDERS = True
SESSION_COOKIE_NAME = "newsroom_session"
CSRF_COOKIE_NAME = "newsroom_csrf"
