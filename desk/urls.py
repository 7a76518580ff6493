"""Addresses of the desk, mounted under ``/desk/``."""

from __future__ import annotations

from django.urls import path

from desk import connection_page, conversation_page, dead_letters, events, files, handling, queue_page

app_name = "desk"
_ONE = "hoi-thoai/<slug:conversation_id>/"

urlpatterns = [
    path("", queue_page.queue, name="queue"),
    path("phan/hang-cho/", queue_page.queue_part, name="queue-part"),
    path("phan/bao-dong/", queue_page.alarm_part, name="alarm-part"),
    path("chua-gui/", dead_letters.dead_letter_page, name="dead-letters"),
    path("phan/chua-gui/", dead_letters.dead_letter_part, name="dead-letters-part"),
    path("ket-noi/", connection_page.connection, name="connection"),
    path("ket-noi/lien-ket/", connection_page.new_link, name="new-link"),
    path("events", events.events, name="events"),
    path("dang-xuat/", queue_page.log_out, name="log-out"),
    path(_ONE, conversation_page.conversation, name="conversation"),
    path(f"{_ONE}phan/noi-dung/", conversation_page.transcript_part, name="transcript-part"),
    path(f"{_ONE}phan/trang-thai/", conversation_page.panel_part, name="panel-part"),
    path(f"{_ONE}tep/<str:file_name>", files.file, name="file"),
    path(f"{_ONE}nhan/", handling.take, name="take"),
    path(f"{_ONE}tra-loi/", handling.reply, name="reply"),
    path(f"{_ONE}xin-lien-he/", handling.ask_contact, name="ask-contact"),
    path(f"{_ONE}gui-lai/<int:delivery_id>/", dead_letters.resend, name="resend"),
    path(f"{_ONE}tra-ve/", handling.return_to_queue, name="return"),
    path(f"{_ONE}tra-lai/", handling.give_back, name="give-back"),
    path(f"{_ONE}dong/", handling.close, name="close"),
    path(f"{_ONE}dong/ly-do/", conversation_page.closing, name="closing"),
]
