"""The ASGI application of the newsroom."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.development")

_django = get_asgi_application()

from newsroom.api.polls import UnchangedPolls  # noqa: E402 -- its models need Django to be set up

application = UnchangedPolls(_django)
