"""``make bench-newsroom [ARGS="live reading import swaps"]``: the newsroom with 1,000 answers, and how fast it is heard.

A running product of its own, like ``make bench``. ``live``: from the approver's click to the resident's answer, the
training being that of all shipped keys and one new one. ``reading``: snapshot, poll and list over HTTP, the median of
several requests. ``import``: a sheet of 2,000 sites. ``swaps``: the engine's memory over 50 models.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.newsroom_import import import_sites
from bench.newsroom_swaps import swaps
from deploy.environment import ROOT
from deploy.prepare import PYTHON
from tests.support.editor import Editor, NewAnswer
from tests.support.resident import Resident
from tests.support.stack import Stack, resident_megabytes, running_stack
from tests.support.staff import Staff, chromium

ANSWERS = 1000
ROUNDS = 7
POLLERS = ("gateway", "actions")
ANSWER = NewAnswer(
    key="giai_tri/cau_ca",
    title="Câu cá ở hồ công viên",
    text="Dữ liệu minh họa: tạm dừng câu cá ở hồ công viên đến khi có thông báo mới.",
    examples=(
        "Hồ công viên có cho câu cá không?",
        "cau ca o ho cong vien duoc chua",
        "mình muốn đi câu cá ở hồ thì có được không",
        "bao giờ hồ mở lại cho người dân câu cá",
        "câu cá giải trí ở hồ mở mấy giờ",
        "khu cau ca giai tri da mo lai chua a",
        "cuối tuần rủ bạn ra hồ câu cá có bị phạt không",
        "o hồ công viên chừ có cho câu cá không rứa",
        "hồ câu dịch vụ có hoạt động không ad",
        "cho hỏi chỗ câu cá ngoài công viên còn mở không",
    ),
    questions=("đi câu cá ở hồ công viên được không", "ho cau ca mo cua chua", "chiều nay ra hồ câu cá được chưa"),
)
IN_OTHER_WORDS = "toi muon ra ho cong vien cau ca thi co duoc khong"
_MANY = """
from newsroom.accounts.models import User
from newsroom.content.models import FaqAnswer, SourceDocument
from newsroom.pack.loader import approve
from django.db import transaction
editor, approver = (User.objects.get(username=name) for name in ("bien_tap", "phe_duyet"))
source = SourceDocument.objects.first()
with transaction.atomic():
    for number in range(FaqAnswer.objects.count(), {wanted}):
        content = FaqAnswer(key=f"do_luong/so_{{number}}", title=f"Câu đo lường số {{number}}", text="Dữ liệu minh họa. " * 20, source=source)
        content.full_clean()
        content.save()
        content.save_revision(user=editor)
        approve(content, editor, approver)
"""


def main() -> None:
    """Prints one JSON object with all figures; ``load_before`` tells how busy the machine was with other things."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended"))  # so that the programs end too
    parts = sys.argv[1:] or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="tincay-bench-") as folder, running_stack(Path(folder)) as stack:
        figures: dict[str, Any] = {"load_before": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
        figures["idle_trainer_mb"] = round(resident_megabytes(stack.pid("trainer")))
        for name in (name for name in PARTS if name in parts):
            found = PARTS[name](stack)
            print(f"{name}: {json.dumps(found)}", file=sys.stderr, flush=True)
            figures |= found
    json.dump(figures, sys.stdout, indent=2)
    print()


def _listed(stack: Stack) -> dict[str, float]:
    _many_answers(stack)
    return _reading(stack)


def _many_answers(stack: Stack) -> None:
    """Fills the newsroom up to a thousand answers, each by draft and approval."""
    code = _MANY.format(wanted=ANSWERS)
    command = [PYTHON, "manage.py", "shell", "-v0", "-c", code]
    subprocess.run(command, cwd=ROOT, env=stack.environment, check=True, capture_output=True)


def _reading(stack: Stack) -> dict[str, float]:
    for name in POLLERS:  # one of them would have the snapshot built before it is asked for here
        stack.freeze(name)
    built = [_changed_snapshot(stack, number) for number in range(ROUNDS)]
    for name in POLLERS:
        stack.thaw(name)
    etag = _get(stack, {})[1]
    polls = [_get(stack, {"If-None-Match": etag})[0] for _ in range(ROUNDS * 10)]
    with chromium() as browser:
        page = Staff(browser, stack, "bien_tap").page
        lists = [_list_seconds(page) for _ in range(ROUNDS)]
    return {
        "snapshot_1000_ms": _median(built),
        "unchanged_poll_ms": _median(polls),
        "faq_list_1000_ms": _median(lists),
    }


def _changed_snapshot(stack: Stack, number: int) -> float:
    """Seconds of the first snapshot after one more release."""
    code = _MANY.format(wanted=ANSWERS + number + 1)
    command = [PYTHON, "manage.py", "shell", "-v0", "-c", code]
    subprocess.run(command, cwd=ROOT, env=stack.environment, check=True, capture_output=True)
    return _get(stack, {})[0]


def _get(stack: Stack, headers: dict[str, str]) -> tuple[float, str]:
    """Seconds and entity tag of one poll of the snapshot."""
    token = {"Authorization": f"Bearer {stack.environment['SNAPSHOT_TOKEN']}"}
    request = urllib.request.Request(f"{stack.newsroom}/api/v1/snapshot", headers={**token, **headers})
    start = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            response.read()
            return time.monotonic() - start, str(response.headers["ETag"])
    except urllib.error.HTTPError as answer:
        with answer:
            if answer.code != 304:
                raise
            return time.monotonic() - start, headers.get("If-None-Match", "")


def _list_seconds(page: Any) -> float:
    start = time.monotonic()
    response = page.context.request.get("/admin/snippets/content/faqanswer/")
    assert response.status == 200, response.status
    return time.monotonic() - start


def _approve_to_live(stack: Stack) -> dict[str, float]:
    with chromium() as browser:
        editor, approver = Editor(browser, stack, "bien_tap"), Staff(browser, stack, "phe_duyet")
        editor.write(ANSWER)
        editor.submit(ANSWER.title)
        approver.open_submission(ANSWER.title)
        approver.page.fill("#ghi-chu", "Đo thời gian huấn luyện.")
        approver.approve()
        approved = time.monotonic()
        while Resident(stack.gateway).ask(IN_OTHER_WORDS)["meta"]["answer"] != ANSWER.key:
            time.sleep(0.5)
        return {"approve_to_live_s": round(time.monotonic() - approved, 1)}


PARTS: dict[str, Callable[[Stack], dict[str, Any]]] = {
    "live": _approve_to_live,
    "reading": _listed,
    "import": import_sites,
    "swaps": swaps,
}


def _median(seconds: list[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


if __name__ == "__main__":
    main()
