"""A newsroom with something at every stage, all of it marked with words that no stranger may ever read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from wagtail.models import Revision

from contracts.clock import VIETNAM
from ledger.media import FOLDER, MediaStore
from ledger.models import Author, Conversation, Entry, State
from newsroom.clock import content_now
from newsroom.content.models import Bulletin, FaqAnswer, QuarantineRule
from newsroom.imports.models import ImportRun, UploadedSheet
from newsroom.training import jobs
from newsroom.training.archives import register
from newsroom.training.models import TrainingJob
from tests.support.newsroom_doors import addresses

DRAFTED = "nhap-7f3a9c"  # stands in every draft, internal field and training report
PICTURE = f"{'a' * 64}.png"
RESIDENT = "dan-51be20"  # stands in a resident's message and file
NUMBERS = (918_273, 918_274)  # figures of the draft bulletin
MARKS = tuple(word for number in NUMBERS for word in (str(number), f"{number:,}".replace(",", ".")))
_CONTENT = "admin/snippets/content/"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class EveryStage:
    """What the arguments of addresses are filled with: ``drafts`` has one set a draft, with what all sets share."""

    drafts: tuple[dict[str, Any], ...]
    conversation_id: str
    file_name: str

    def addresses(self) -> list[str]:
        """Every address of the newsroom, with the arguments of each draft. What belongs to a kind of content is asked
        for the drafts of that kind, and once for another: a draft has no row among the others."""
        every: dict[str, None] = {}
        for number, arguments in enumerate(self.drafts):
            own = f"{_CONTENT}{arguments['model_name']}/"
            found = addresses(arguments)
            every |= dict.fromkeys(a for a in found if number == 0 or not a.startswith(_CONTENT) or a.startswith(own))
        return list(every)


def fill(staff: Any, source: Any, draft: Any, publish: Any, submit: Any) -> EveryStage:
    """Released and changed since, under review, drafted; tried out, trained, imported; a resident with a file."""
    released = draft(internal_note=DRAFTED)
    release = publish(released)
    waiting = draft(key="5k/khoang_cach", title=f"Giữ khoảng cách? {DRAFTED}", text=f"Hai mét. {DRAFTED}")
    state = submit(waiting, staff.editor)
    sentences = "\n".join(f"câu {DRAFTED} số {number}" for number in range(10))
    answer = draft(key="5k/khu_khuan", title=DRAFTED, text=DRAFTED, examples=sentences, test_questions=f"hỏi {DRAFTED}")
    conversation, file_name = _resident()
    shared = {
        "release_id": release.release_id,
        "task_state_id": state.pk,
        "workflow_state_id": state.workflow_state_id,
        "task_id": state.task_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "user_id": staff.editor.pk,
        "action_name": "approve",
        "app_label": "content",
        "action": "delete",
        "subject": "release",
        "conversation_id": conversation.pk,
        "file_name": file_name,
        "form": "csv",
        **_training(staff, answer),
        **_import(staff, answer),
    }
    # Files are called by a name: a sheet, an empty sheet, a bulletin's form, a bulletin's picture.
    named = zip(
        (waiting, answer, _bulletin(staff, source), _rule(staff, source)),
        ("cau-hoi", "diem-tiem", "trang.html", PICTURE),
        strict=True,
    )
    drafts = tuple({**_arguments(content), **shared, "name": name} for content, name in named)
    return EveryStage(drafts, conversation.pk, file_name)


def _arguments(content: Any) -> dict[str, Any]:
    return {
        "pk": content.pk,
        "object_id": content.pk,
        "revision_id": content.latest_revision_id,
        "model_name": type(content)._meta.model_name,
        "kind": content.kind,
        "key": content.key,
        "int": content.pk,
        "str": content.key,
        "path": content.key,
        "slug": content.key.replace("/", "-"),
    }


def _bulletin(staff: Any, source: Any) -> Bulletin:
    made = Bulletin(
        number=f"Bản tin {DRAFTED}",
        as_of=datetime(2021, 12, 30, 16, 0, tzinfo=VIETNAM),
        new_cases=NUMBERS[0],
        doses=NUMBERS[1],
        commentary=f"Số ca tăng. {DRAFTED}",
        figures_note=DRAFTED,
        picture=PICTURE,
        picture_text=DRAFTED,
        picture_credit=DRAFTED,
        source=source,
        place="38",
    )
    made.save()
    made.save_revision(user=staff.editor)
    file = Path(settings.VAR_DIR) / "newsroom" / "pictures" / PICTURE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_PNG + DRAFTED.encode())
    return made


def _rule(staff: Any, source: Any) -> QuarantineRule:
    made = QuarantineRule(key="f2-nhap", subject="f2", vaccinated="moi_nguoi", text=DRAFTED, source=source)
    made.save()
    made.save_revision(user=staff.editor)
    return made


def _training(staff: Any, answer: FaqAnswer) -> dict[str, int]:
    """A try-out with its report, and the model in use."""
    broken = {"text": DRAFTED, "spelling": "full", "expected": answer.key, "before": answer.key, "after": "5k/xu_phat"}
    counts = {"questions": 1, "right": 0, "share": 0.0}
    report = {"total": counts, "by_spelling": {"full": counts}, "sensitive_recall": 1.0, "false_alarms": 0.0,
              "fixed": [], "broken": [broken], "before": None}  # fmt: skip
    lists = answer.lists()
    assert lists is not None
    job = jobs.enqueue_try_out(answer.latest_revision, lists.fingerprint(answer.key), staff.editor)
    TrainingJob.objects.filter(pk=job.pk).update(state="done", report=report, finished_at=content_now())
    archive = Path(settings.VAR_DIR) / "model.tar.gz"
    archive.write_bytes(b"model")
    row, _ = register(archive, json.loads(json.dumps({**report, "broken": []})), staff.approver)
    return {"job_id": job.pk, "archive_id": row.pk}


def _import(staff: Any, answer: FaqAnswer) -> dict[str, int]:
    uploaded = UploadedSheet(
        sheet="diem-tiem", name=f"{DRAFTED}.csv", body=DRAFTED.encode(), at=content_now(), by=staff.editor
    )
    uploaded.save()
    revisions = list(Revision.objects.filter(object_id=str(answer.pk)).values_list("pk", flat=True))
    run = ImportRun(uploaded=uploaded, at=content_now(), by=staff.editor, added=1, changed=0, revisions=revisions)
    run.save()
    return {"uploaded_id": uploaded.pk, "run_id": run.pk}


def _resident() -> tuple[Conversation, str]:
    """Somebody who waits for an operator and has sent a picture."""
    now = content_now()
    conversation = Conversation.objects.create(
        id=uuid4().hex, channel="web", address=uuid4().hex, created_at=now, state=State.WAITING
    )
    store = MediaStore(Path(settings.VAR_DIR) / FOLDER)
    name = store.keep(conversation.pk, _PNG + RESIDENT.encode())
    Entry.objects.create(
        conversation=conversation, at=now, author=Author.RESIDENT, text=RESIDENT, image=f"/chat/v1/uploads/{name}"
    )
    return conversation, name
