"""Reading calls: profile, quota, conversation, the Official Account itself (sheet §5)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from contracts.clock import VIETNAM
from sandbox.api.envelope import ApiError, a_text, invalid, read_object, success, too_much
from sandbox.platform import PLATFORM, Platform
from sandbox.residents import Resident
from sandbox.transcript import Message

MAX_COUNT = 10
MAX_OFFSET = 9951
TYPES = {"audio": "voice", "image": "photo", "gif": "GIF", "request_user_info": "links", "file": "link"}
EMPTY_INFO = {"name": "", "phone": "", "address": "", "city": "", "district": ""}


async def user_detail(request: web.Request) -> web.StreamResponse:
    """``GET /v3.0/oa/user/detail?data={"user_id": …}``; -213 for somebody who does not follow."""
    platform = request.app[PLATFORM]
    resident = _resident(platform, _query(request))
    if not resident.following:
        raise ApiError(-213, "User has not followed OA")
    avatar = f"{request.url.origin()}/page/avatar.svg"
    data = {
        "user_id": resident.user_id,
        "user_id_by_app": resident.user_id_by_app,
        "user_external_id": "",
        "display_name": resident.name,
        "user_alias": resident.name,
        "is_sensitive": False,
        "user_last_interaction_date": _date(resident.last_interaction_ms),
        "user_is_follower": resident.following,
        "avatar": avatar,
        "avatars": {"120": avatar, "240": avatar},
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": [], "tag_names": []},
        "shared_info": {**EMPTY_INFO, **_shown_info(resident)},
    }
    return success(data)


async def quota(request: web.Request) -> web.StreamResponse:
    """``POST /v3.0/oa/quota/message {"user_id": …}``; ``cs_reply`` has gone since 2026-03-01."""
    platform = request.app[PLATFORM]
    resident = _resident(platform, read_object(await request.read(), "body"))
    promotion = {"daily_remain": 1, "daily_total": 1, "monthly_remain": 4, "monthly_total": 4}
    return success({"last_interaction": str(resident.last_interaction_ms), "promotion": promotion})


async def conversation(request: web.Request) -> web.StreamResponse:
    """``GET /v2.0/oa/conversation?data={"user_id", "offset", "count"}``; newest first, at most 10."""
    platform = request.app[PLATFORM]
    query = _query(request)
    resident = _resident(platform, query)
    offset, count = _number(query, "offset", 0, MAX_OFFSET), _number(query, "count", MAX_COUNT, MAX_COUNT)
    messages = platform.transcript.latest(resident.user_id, offset, count)
    items = [_item(platform, resident, message) for message in messages]
    return web.json_response({"error": 0, "message": "Success", "data": items})


async def official_account(request: web.Request) -> web.StreamResponse:
    """``GET /v2.0/oa/getoa``; the id is ``oaid`` as in the documentation."""
    platform = request.app[PLATFORM]
    followers = sum(resident.following for resident in platform.residents.all())
    data = {
        "oaid": platform.settings.oa_id,
        "name": platform.settings.oa_name,
        "is_verified": True,
        "oa_type": 2,
        "num_follower": followers,
        "package_name": "Growth",
        "package_valid_through_date": "31/12/2099",
        "linked_ZCA": "",
    }
    return success(data)


def _query(request: web.Request) -> dict[str, Any]:
    return read_object(request.query.get("data", ""), "data")


def _resident(platform: Platform, fields: dict[str, Any]) -> Resident:
    resident = platform.residents.find(a_text(fields.get("user_id"), "user_id", 50))
    if resident is None:
        raise invalid("user_id")
    return resident


def _number(fields: dict[str, Any], name: str, default: int, limit: int) -> int:
    value = fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise invalid(name)
    if value > limit:
        raise too_much(name, limit)
    return value


def _item(platform: Platform, resident: Resident, message: Message) -> dict[str, Any]:
    person = {"id": resident.user_id, "name": resident.name}
    account = {"id": platform.settings.oa_id, "name": platform.settings.oa_name}
    mine = message.author == "resident"
    sender, receiver = (person, account) if mine else (account, person)
    return {
        "src": 1 if mine else 0,
        "time": message.at_ms,
        "type": TYPES.get(message.kind, message.kind),
        "message": message.text,
        "message_id": message.message_id,
        "from_id": sender["id"],
        "to_id": receiver["id"],
        "from_display_name": sender["name"],
        "to_display_name": receiver["name"],
    }


def _date(moment_ms: int) -> str:
    if not moment_ms:
        return ""
    return datetime.fromtimestamp(moment_ms / 1000, UTC).astimezone(VIETNAM).strftime("%d/%m/%Y")


def _shown_info(resident: Resident) -> dict[str, str]:
    """``user_submit_info`` nests the address; the profile shows it flat."""
    info = resident.shared_info
    address = info.get("full_address", {})
    flat = {"name": info.get("name", ""), "phone": info.get("phone", "")}
    place = {"address": address.get("user_address", ""), "city": address.get("user_city", "")}
    return {key: str(value) for key, value in (flat | place | {"district": address.get("user_ward", "")}).items()}
