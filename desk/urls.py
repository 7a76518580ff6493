"""Addresses of the desk, mounted under ``/desk/``."""

from __future__ import annotations

from django.urls import path

from desk import conversation_page, events, handling, queue_page

app_name = "desk"
_ONE = "hoi-thoai/<slug:conversation_id>/"

urlpatterns = [
    path("", queue_page.queue, name="queue"),
    path("phan/hang-cho/", queue_page.queue_part, name="queue-part"),
    path("phan/bao-dong/", queue_page.alarm_part, name="alarm-part"),
    path("events", events.events, name="events"),
    path("dang-xuat/", queue_page.log_out, name="log-out"),
    path(_ONE, conversation_page.conversation, name="conversation"),
    path(f"{_ONE}phan/noi-dung/", conversation_page.transcript_part, name="transcript-part"),
    path(f"{_ONE}phan/trang-thai/", conversation_page.panel_part, name="panel-part"),
    path(f"{_ONE}nhan/", handling.take, name="take"),
    path(f"{_ONE}tra-loi/", handling.reply, name="reply"),
    path(f"{_ONE}tra-ve/", handling.return_to_queue, name="return"),
    path(f"{_ONE}tra-lai/", handling.give_back, name="give-back"),
    path(f"{_ONE}dong/", handling.close, name="close"),
]
