"""What an operator does in the browser, by the addresses of the acts."""

from __future__ import annotations

import html
import re

from django.test import Client
from django.urls import reverse

from ledger.models import Entry


def act(client: Client, name: str, conversation_id: str, **fields: str) -> list[str]:
    """Posts the act; the notes that the next page shows."""
    answer = client.post(reverse(f"desk:{name}", args=[conversation_id]), fields, follow=True)
    assert answer.status_code == 200
    notes = re.findall(r'<li class="(?:error|success)">(.*?)</li>', answer.content.decode())
    return [html.unescape(note) for note in notes]


def operator_texts(conversation_id: str) -> list[tuple[str, str | None]]:
    rows = Entry.objects.filter(conversation=conversation_id, kind="message", author="operator").order_by("pk")
    return list(rows.values_list("actor", "text"))
