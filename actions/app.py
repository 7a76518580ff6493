"""Puts the action server together: the SDK's HTTP application with our actions, errors, and health pages."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.errors import NamedExecutor, PrivateErrors, forget_action
from actions.readiness import checks, is_ready
from actions.registry import action_classes
from actions.shelf import Library
from actions.snapshot import SnapshotRefresher

type App = Sanic[Any, Any]


def build_app(library: Library, refresher: SnapshotRefresher) -> App:
    """The application, not yet serving; it starts and ends the refresher itself."""
    executor = NamedExecutor()
    for action_class in action_classes():
        executor.register_action(action_class(library))
    # No CORS: the engine is the only client.
    app: App = create_app(executor, cors_origins=None)
    app.error_handler = PrivateErrors()
    app.register_middleware(forget_action, "request")
    _add_health(app, library, refresher)
    _add_refresher(app, refresher)
    return app


def _add_health(app: App, library: Library, refresher: SnapshotRefresher) -> None:
    async def healthz(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def readyz(_: Request) -> HTTPResponse:
        found = checks(library, refresher)
        ready = is_ready(found)
        return json({"ready": ready, "checks": found}, status=200 if ready else 503)

    app.add_route(healthz, "/healthz", name="healthz")
    app.add_route(readyz, "/readyz", name="readyz")


def _add_refresher(app: App, refresher: SnapshotRefresher) -> None:
    async def start(app: App) -> None:
        app.ctx.refreshing = asyncio.create_task(refresher.run())

    async def stop(app: App) -> None:
        app.ctx.refreshing.cancel()
        with suppress(asyncio.CancelledError):
            await app.ctx.refreshing

    app.register_listener(start, "after_server_start")
    app.register_listener(stop, "before_server_stop")
