"""One engine turn: what the relay sends to ``POST /webhooks/loopback/turn`` and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EFFECT_KINDS = ("handoff", "unanswered", "rumour", "subscribe", "unsubscribe", "erase", "feedback", "return")


class TurnShapeError(ValueError):
    """A turn request or reply lacks a field or has one of the wrong type; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Location:
    """WGS 84 degrees."""

    lat: float
    lng: float


@dataclass(frozen=True, kw_only=True)
class Payload:
    """What a tapped button means: an answer key with slot values."""

    answer: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TurnRequest:
    """One resident message for the engine; ``message_id`` makes a repetition harmless."""

    conversation_id: str
    message_id: str
    text: str
    channel: str
    location: Location | None = None
    payload: Payload | None = None


@dataclass(frozen=True, kw_only=True)
class Button:
    """A choice; exactly one of payload, url, phone is set."""

    title: str
    payload: Payload | None = None
    url: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyMessage:
    """One bubble. ``meta`` is ``{answer, release}``; release as in ``contracts.reply.release_meta`` or None.

    ``image`` is the picture's address below the gateway's (``contracts.media``); ``meta.image_text`` then says what it shows.
    """

    text: str
    meta: Mapping[str, Any]
    buttons: tuple[Button, ...] = ()
    image: str = ""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A key that the question may have meant."""

    answer: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class TurnMeta:
    """How the turn was understood; with ``asked_back`` the answer is the best candidate and counts as not given."""

    answer: str
    confidence: float
    asked_back: bool
    candidates: tuple[Candidate, ...]
    model: str


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Something the relay does in the reply's transaction, once per (message_id, kind)."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TurnReply:
    """What the engine answers with 200."""

    messages: tuple[ReplyMessage, ...]
    meta: TurnMeta
    effects: tuple[Effect, ...] = ()


def request_to_json(request: TurnRequest) -> dict[str, Any]:
    """``{conversation_id, message_id, text, metadata{channel, location?, payload?}}``."""
    metadata: dict[str, Any] = {"channel": request.channel}
    if request.location is not None:
        metadata["location"] = {"lat": request.location.lat, "lng": request.location.lng}
    if request.payload is not None:
        metadata["payload"] = payload_to_json(request.payload)
    return {
        "conversation_id": request.conversation_id,
        "message_id": request.message_id,
        "text": request.text,
        "metadata": metadata,
    }


def request_from_json(body: Mapping[str, Any]) -> TurnRequest:
    """Parses a turn request.

    Raises:
        TurnShapeError: a field is missing or has the wrong type.
    """
    try:
        metadata = body["metadata"]
        location, payload = metadata.get("location"), metadata.get("payload")
        return TurnRequest(
            conversation_id=_text(body, "conversation_id"),
            message_id=_text(body, "message_id"),
            text=_text(body, "text"),
            channel=_text(metadata, "channel"),
            location=None if location is None else location_from_json(location),
            payload=None if payload is None else payload_from_json(payload),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise TurnShapeError(f"turn request has a wrong shape: {error!r}") from error


def reply_to_json(reply: TurnReply) -> dict[str, Any]:
    """``{messages[{text, buttons, image, meta}], meta{…}, effects[{kind, …}]}``."""
    return {
        "messages": [
            {
                "text": message.text,
                "buttons": [button_to_json(button) for button in message.buttons],
                "image": message.image,
                "meta": dict(message.meta),
            }
            for message in reply.messages
        ],
        "meta": meta_to_json(reply.meta),
        "effects": [{"kind": effect.kind, **effect.data} for effect in reply.effects],
    }


def reply_from_json(body: Mapping[str, Any]) -> TurnReply:
    """Parses a turn reply.

    Raises:
        TurnShapeError: a field is missing, has the wrong type, or an effect has an unknown kind.
    """
    try:
        return TurnReply(
            messages=tuple(_message_from_json(message) for message in body["messages"]),
            meta=meta_from_json(body["meta"]),
            effects=tuple(effect_from_json(effect) for effect in body["effects"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise TurnShapeError(f"turn reply has a wrong shape: {error!r}") from error


def meta_to_json(meta: TurnMeta) -> dict[str, Any]:
    """``{answer, confidence, asked_back, candidates[{answer, confidence}], model}``."""
    return {
        "answer": meta.answer,
        "confidence": meta.confidence,
        "asked_back": meta.asked_back,
        "candidates": [{"answer": c.answer, "confidence": c.confidence} for c in meta.candidates],
        "model": meta.model,
    }


def meta_from_json(body: Mapping[str, Any]) -> TurnMeta:
    """Parses what ``meta_to_json`` wrote."""
    return TurnMeta(
        answer=_text(body, "answer"),
        confidence=float(body["confidence"]),
        asked_back=bool(body["asked_back"]),
        candidates=tuple(
            Candidate(answer=_text(c, "answer"), confidence=float(c["confidence"])) for c in body["candidates"]
        ),
        model=_text(body, "model"),
    )


def button_to_json(button: Button) -> dict[str, Any]:
    """``{title, payload{answer, slots} | url | phone}``."""
    if button.payload is not None:
        return {"title": button.title, "payload": payload_to_json(button.payload)}
    return {"title": button.title, "url": button.url} if button.url else {"title": button.title, "phone": button.phone}


def button_from_json(body: Mapping[str, Any]) -> Button:
    """Parses what ``button_to_json`` wrote.

    Raises:
        TurnShapeError: not exactly one of payload, url, phone.
    """
    payload = body.get("payload")
    button = Button(
        title=_text(body, "title"),
        payload=None if payload is None else payload_from_json(payload),
        url=body.get("url", ""),
        phone=body.get("phone", ""),
    )
    if sum((button.payload is not None, bool(button.url), bool(button.phone))) != 1:
        raise TurnShapeError(f"button {button.title!r} needs exactly one of payload, url, phone")
    return button


def payload_to_json(payload: Payload) -> dict[str, Any]:
    """``{answer, slots}``."""
    return {"answer": payload.answer, "slots": dict(payload.slots)}


def payload_from_json(body: Mapping[str, Any]) -> Payload:
    """Parses what ``payload_to_json`` wrote."""
    return Payload(answer=_text(body, "answer"), slots={str(k): str(v) for k, v in body.get("slots", {}).items()})


def location_from_json(body: Mapping[str, Any]) -> Location:
    """Parses ``{lat, lng}``.

    Raises:
        TurnShapeError: not numbers on the globe.
    """
    try:
        location = Location(lat=float(body["lat"]), lng=float(body["lng"]))
    except (ValueError, OverflowError) as error:
        raise TurnShapeError(f"location is not a pair of numbers: {error!r}") from error
    if not (-90 <= location.lat <= 90 and -180 <= location.lng <= 180):
        raise TurnShapeError("location lies outside the globe; lat is within ±90, lng within ±180")
    return location


def effect_from_json(body: Mapping[str, Any]) -> Effect:
    """Parses ``{kind, …}``.

    Raises:
        TurnShapeError: unknown kind.
    """
    data = dict(body)
    kind = data.pop("kind")
    if kind not in EFFECT_KINDS:
        raise TurnShapeError(f"effect kind {kind!r} is unknown; known: {', '.join(EFFECT_KINDS)}")
    return Effect(kind=kind, data=data)


def _message_from_json(body: Mapping[str, Any]) -> ReplyMessage:
    return ReplyMessage(
        text=_text(body, "text"),
        meta=dict(body["meta"]),
        buttons=tuple(button_from_json(button) for button in body["buttons"]),
        image=body["image"] or "",
    )


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body[name]
    if not isinstance(value, str):
        raise TurnShapeError(f"field {name!r} is {type(value).__name__}; it must be text")
    return value
