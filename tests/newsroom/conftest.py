"""A newsroom with its staff, a content clock that stands still, and short ways to draft, submit and approve."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402 -- models need the settings above
from wagtail.models import Revision, TaskState  # noqa: E402

from contracts.clock import VIETNAM, Clock  # noqa: E402
from newsroom.accounts.models import User  # noqa: E402
from newsroom.accounts.roles import APPROVERS, EDITORS  # noqa: E402
from newsroom.content.models import ApprovedContent, FaqAnswer, SourceDocument  # noqa: E402
from newsroom.releases.models import Release  # noqa: E402

START = datetime(2021, 12, 31, 9, 0, tzinfo=VIETNAM)


@dataclass
class StandingClock:
    """The content clock of a test; ``forward`` moves it."""

    now: datetime = START

    def forward(self, **span: float) -> datetime:
        """Moves on, by the arguments of ``timedelta``."""
        self.now += timedelta(**span)
        return self.now


@dataclass(frozen=True)
class Staff:
    """Accounts of a test. ``both`` is editor and approver; ``chief`` is that and a superuser."""

    editor: User
    approver: User
    second_approver: User
    both: User
    chief: User


@pytest.fixture(autouse=True)
def clock(settings: Any, tmp_path: Path) -> StandingClock:
    """Freezes the content clock and gives each test a VAR_DIR of its own."""
    standing = StandingClock()
    settings.CONTENT_CLOCK = Clock(now=lambda: standing.now)
    settings.VAR_DIR = tmp_path
    return standing


@pytest.fixture
def staff(db: None) -> Staff:
    """Five accounts."""

    def account(username: str, *groups: str, **fields: Any) -> User:
        user = User.objects.create_user(username, password="mật khẩu dài của bài thử", **fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return Staff(
        editor=account("bien_tap", EDITORS),
        approver=account("phe_duyet", APPROVERS),
        second_approver=account("phe_duyet_2", APPROVERS),
        both=account("kiem_nhiem", EDITORS, APPROVERS),
        chief=account("quan_tri", EDITORS, APPROVERS, is_superuser=True),
    )


@pytest.fixture
def source(db: None) -> SourceDocument:
    """A document to cite."""
    return SourceDocument.objects.create(
        slug="byt-5k-2020",
        number="Thông điệp 5K",
        title="Thông điệp 5K",
        issuer="Bộ Y tế",
        date=date(2020, 8, 31),
    )


@pytest.fixture
def draft(staff: Staff, source: SourceDocument) -> Callable[..., FaqAnswer]:
    """Makes a draft answer: ``draft(user, text=…)``."""

    def make(user: User | None = None, **fields: Any) -> FaqAnswer:
        given = {
            "source": source,
            "key": "5k/khau_trang",
            "title": "Đeo khẩu trang khi nào?",
            "text": "Đeo ở nơi đông người.",
        }
        content = FaqAnswer(**{**given, **fields})
        content.save()
        content.save_revision(user=user or staff.editor, clean=False)
        return content

    return make


@pytest.fixture
def submit() -> Callable[[ApprovedContent, User], TaskState]:
    """Submits the latest draft; gives the step that waits for approval."""

    def run(content: ApprovedContent, user: User) -> TaskState:
        content.get_workflow().start(content, user)
        state: TaskState = content.current_workflow_task_state
        return state

    return run


@pytest.fixture
def publish(staff: Staff, submit: Callable[..., TaskState]) -> Callable[..., Release]:
    """Submits and approves what is there; gives the release."""

    def run(content: ApprovedContent, approver: User | None = None) -> Release:
        state = submit(content, staff.editor)
        state.task.specific.on_action(state, approver or staff.approver, "approve", comment="")
        return Release.objects.get(revision_id=state.revision_id)

    return run


@pytest.fixture
def edit() -> Callable[..., Revision]:
    """Saves a new draft of existing content: ``edit(content, user, text=…)``."""

    def run(content: ApprovedContent, user: User, **fields: Any) -> Revision:
        stored = type(content)._default_manager.get(pk=content.pk)
        current = stored.get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(current, name, value)
        return current.save_revision(user=user)

    return run
