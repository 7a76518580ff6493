"""The lists say in words where each piece of content stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.content.models import CONTENT_MODELS, Bulletin, FaqAnswer
from newsroom.content.state import state_of, with_state
from newsroom.releases.models import Release
from newsroom.releases.retract import retract
from tests.support.newsroom_people import browser_of

pytestmark = pytest.mark.django_db


def state(content: Any) -> str:
    """What the list says of it now."""
    return state_of(with_state(type(content)._default_manager.all()).get(pk=content.pk))


def test_it_follows_an_answer_from_its_first_draft_to_its_withdrawal(
    draft: Any, submit: Any, publish: Any, edit: Any, staff: Any
) -> None:
    """Through every stage, in words."""
    content = draft()
    said = [state(content)]
    waiting = submit(content, staff.editor)
    said.append(state(content))
    waiting.task.specific.on_action(waiting, staff.approver, "reject", comment="Cần nói rõ hơn.")
    said.append(state(content))
    FaqAnswer.objects.get(pk=content.pk).current_workflow_state.cancel(user=staff.editor)
    publish(FaqAnswer.objects.get(pk=content.pk))
    said.append(state(content))
    edit(content, staff.editor, text="Đeo ở mọi nơi công cộng.")
    said.append(state(content))
    waiting = submit(FaqAnswer.objects.get(pk=content.pk), staff.editor)
    said.append(state(content))
    waiting.task.specific.on_action(waiting, staff.approver, "approve", comment="")
    retract(Release.objects.latest("sequence"), staff.approver, "Chưa chính xác")
    said.append(state(content))
    assert said == [
        "Bản nháp, chưa phát hành",
        "Chờ phê duyệt",
        "Bị trả lại, cần sửa",
        "Đang phát hành",
        "Đang phát hành; có bản nháp mới hơn",
        "Đang phát hành; bản mới chờ phê duyệt",
        "Đã thu hồi",
    ]


def test_it_tells_what_comes_and_what_has_ended(draft: Any, publish: Any, edit: Any, clock: Any, staff: Any) -> None:
    """By the content clock; a coming text that is taken back in time leaves the old one."""
    content = draft(valid_to=clock.now + timedelta(days=9))
    publish(content)
    edit(content, staff.editor, valid_from=clock.now + timedelta(days=2), valid_to=clock.now + timedelta(days=3))
    coming = publish(FaqAnswer.objects.get(pk=content.pk))
    other = draft(key="5k/khac", valid_from=clock.now + timedelta(days=1))
    publish(other)
    assert state(content) == "Đang phát hành; bản mới có hiệu lực từ 09:00 ngày 02/01/2022"
    assert state(other) == "Đã phê duyệt, có hiệu lực từ 09:00 ngày 01/01/2022"
    clock.forward(days=4)
    assert state(content) == "Đã hết hiệu lực"
    clock.forward(days=-4)
    retract(coming, staff.approver, "Nhầm ngày")
    assert state(content).startswith("Đang phát hành")


def test_it_says_that_a_newer_bulletin_stands_instead(staff: Any, source: Any, publish: Any, clock: Any) -> None:
    """All bulletins share one slot: without this all of them would look released."""
    made = []
    for day in (29, 30):
        bulletin = Bulletin(
            number=f"Bản tin ngày {day}",
            as_of=clock.now.replace(day=day),
            new_cases=day,
            commentary="Số ca giảm so với hôm qua, chủ yếu trong khu cách ly.",
            source=source,
        )
        bulletin.save()
        bulletin.save_revision(user=staff.editor)
        publish(bulletin)
        made.append(bulletin)
        clock.forward(minutes=1)
    assert [state(bulletin) for bulletin in made] == ["Đã được bản khác thay", "Đang phát hành"]


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=lambda model: model.__name__)
def test_it_has_the_column_in_every_list(model: Any, staff: Any) -> None:
    """For readers too."""
    page = browser_of(staff.approver).get(reverse(model.snippet_viewset.get_url_name("list")))
    assert [column.label for column in page.context["view"].columns][-1] == "Tình trạng"


def test_it_reads_the_states_of_a_page_at_once(draft: Any, publish: Any, staff: Any) -> None:
    """No query per row."""
    client, address = browser_of(staff.editor), reverse(FaqAnswer.snippet_viewset.get_url_name("list"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        assert "Đang phát hành" in page
        return len(queries)

    publish(draft())
    asked()  # what the process keeps in memory is there by now
    before = asked()
    for number in range(5):
        publish(draft(key=f"5k/so_{number}"))
    assert asked() == before
