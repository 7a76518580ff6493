"""Paths of openapi.zalo.me."""

from __future__ import annotations

from aiohttp import web

from sandbox.api.messages import refuse_v2, send
from sandbox.api.reads import conversation, official_account, quota, user_detail
from sandbox.api.uploads import upload


def routes() -> list[web.RouteDef]:
    """Everything else under /v2.0 and /v3.0 is "empty or invalid api"."""
    return [
        web.post("/v3.0/oa/message/cs", send),
        web.post("/v2.0/oa/message", refuse_v2),
        web.post("/v2.0/oa/upload/{kind:image|gif|file}", upload),
        web.get("/v3.0/oa/user/detail", user_detail, allow_head=False),
        web.post("/v3.0/oa/quota/message", quota),
        web.get("/v2.0/oa/conversation", conversation, allow_head=False),
        web.get("/v2.0/oa/getoa", official_account, allow_head=False),
    ]
