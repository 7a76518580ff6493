"""The acts as addresses: each takes a POST, does one thing, and leads back to the page or says why it was refused."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from contracts.text import MAX_MESSAGE_CHARS, clean_text
from desk import acts
from desk.access import SCRIPT_HEADER, Operator, for_operators, operator_of, page_of
from desk.clock import real_now
from desk.drafts import drop_draft, keep_draft
from desk.pictures import UnfitPictureError, drop_picture, keep_picture
from desk.return_texts import return_texts
from ledger.appending import ConversationGoneError

log = structlog.get_logger()
_REPLY_ID = re.compile(r"[0-9a-f-]{32,36}")


@require_POST
@for_operators
def take(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """Nhận."""
    refused = do("taken", conversation_id, operator, lambda: acts.take(conversation_id, operator, real_now()))
    return _back(request, page_of(conversation_id), refused)


@require_POST
@for_operators
def return_to_queue(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """Trả về hàng chờ."""
    refused = do(
        "returned", conversation_id, operator, lambda: acts.return_to_queue(conversation_id, operator, real_now())
    )
    return _leave(request, conversation_id, refused, "Đã trả về hàng chờ.")


@require_POST
@for_operators
def give_back(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """Trả lại trợ lý."""
    told = return_texts()
    refused = do(
        "given back", conversation_id, operator, lambda: acts.give_back(conversation_id, operator, told, real_now())
    )
    return _leave(request, conversation_id, refused, "Đã trả lại cho trợ lý.")


@require_POST
@for_operators
def close(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """Đóng. While the resident waits unanswered, the page that asks for a reason comes first."""
    because = request.POST.get("because", "")
    try:
        refused = do(
            "closed", conversation_id, operator, lambda: acts.close(conversation_id, operator, because, real_now())
        )
    except acts.UnheardError:
        return redirect("desk:closing", conversation_id=conversation_id)
    return _leave(request, conversation_id, refused, "Đã đóng cuộc trò chuyện.")


@require_POST
@for_operators
def ask_contact(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """Xin thông tin liên hệ."""
    said = acts.Answer(reply_id=_reply_id(request), text=acts.ASK_CONTACT, form=acts.CONTACT_FORM)
    refused = do(
        "asked for contact", conversation_id, operator, lambda: acts.answer(conversation_id, operator, said, real_now())
    )
    return _back(request, page_of(conversation_id), refused)


@require_POST
def reply(request: HttpRequest, conversation_id: str) -> HttpResponseBase:
    """Trả lời. Without a session the text is kept for after the login."""
    if operator_of(request.user) is None and not request.user.is_authenticated:
        keep_draft(request, conversation_id, request.POST.get("writer", ""), request.POST.get("text", ""))
    return _reply(request, conversation_id=conversation_id)


@for_operators
def _reply(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    text, upload = clean_text(request.POST.get("text", "")), request.FILES.get("picture")
    refused = _unfit(text, upload is not None)
    if not refused:
        refused = _answer(request, operator, conversation_id, text, upload)
    if refused:
        # The form names its writer: in another window of the same browser somebody else may have logged in meanwhile.
        keep_draft(request, conversation_id, request.POST.get("writer") or operator.id, text)
    else:
        drop_draft(request, conversation_id)
    if SCRIPT_HEADER in request.headers:
        return JsonResponse({"problem": refused, "reply_id": uuid.uuid4().hex}, status=409 if refused else 200)
    return _back(request, page_of(conversation_id), refused)


def _answer(
    request: HttpRequest, operator: Operator, conversation_id: str, text: str, upload: UploadedFile[Any] | None
) -> str:
    """Why it was refused, else nothing."""
    try:
        image = keep_picture(conversation_id, upload) if upload is not None else ""
    except UnfitPictureError as error:
        return str(error)
    said = acts.Answer(reply_id=_reply_id(request), text=text, image=image)
    refused = do(
        "answered", conversation_id, operator, lambda: acts.answer(conversation_id, operator, said, real_now())
    )
    if refused and image:
        drop_picture(conversation_id, image)
    return refused


def _reply_id(request: HttpRequest) -> str:
    given = request.POST.get("reply_id", "")
    return given if _REPLY_ID.fullmatch(given) else uuid.uuid4().hex


def _unfit(text: str, has_picture: bool) -> str:
    if not text and not has_picture:
        return "Bạn chưa viết gì."
    if len(text) > MAX_MESSAGE_CHARS:
        return f"Câu trả lời dài {len(text)} ký tự. Bạn viết trong 2.000 ký tự, hoặc chia làm hai."
    return ""


def do(event: str, conversation_id: str, operator: Operator, act: Callable[[], None]) -> str:
    """Why it was refused, else nothing."""
    try:
        act()
    except ConversationGoneError as error:
        raise Http404(str(error)) from error
    except acts.UnheardError:
        raise
    except acts.RefusedError as error:
        log.info("act refused", act=event, conversation=conversation_id, operator=operator.id)
        return str(error)
    log.info("act done", act=event, conversation=conversation_id, operator=operator.id)
    return ""


def _leave(request: HttpRequest, conversation_id: str, refused: str, said: str) -> HttpResponse:
    """After an end the operator goes on in the queue."""
    return _back(request, page_of(conversation_id if refused else None), refused, said)


def _back(request: HttpRequest, page: str, refused: str, said: str = "") -> HttpResponse:
    note(request, refused, said)
    return redirect(page)


def note(request: HttpRequest, refused: str, said: str = "") -> None:
    """Tells the next page why an act was refused, else what was done."""
    if refused:
        messages.error(request, refused)
    elif said:
        messages.success(request, said)
