"""Examples and test questions: seeded once, exported with the bytes that nobody edited, checked and warned about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction

from newsroom.content.models import FaqAnswer
from newsroom.training.alike import warnings_for
from newsroom.training.files import write_training_data
from newsroom.training.importing import import_files
from newsroom.training.models import HeldOutQuestion, TrainingExample
from newsroom.training.seeding import seed
from newsroom.training.sentences import LONGEST_EXAMPLE, LONGEST_QUESTION, example_problems, lines_of
from newsroom.training.standing import Sentences

ROOT = Path(__file__).resolve().parents[2]
NLU, TESTS = ROOT / "data" / "nlu", ROOT / "tests" / "nlu"
KEY = "5k/khau_trang"


@pytest.fixture(scope="module")
def shipped_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The shipped data in the tables, once for all tests of this file: each of them rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert seed(NLU, TESTS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(shipped_tables: None, db: None) -> None:
    """The shipped data in the tables."""


def export(folder: Path) -> dict[str, bytes]:
    """What the command writes: name → bytes."""
    call_command("export_training", out=folder, verbosity=0)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")}


def shipped() -> dict[str, bytes]:
    """The files of the repository under the names that an export gives them."""
    files = {f"data/nlu/{path.name}": path.read_bytes() for path in NLU.glob("*.yml")}
    tests = {f"tests/nlu/{path.name}": path.read_bytes() for path in TESTS.glob("*.yml")}
    return files | {name: body for name, body in tests.items() if not name.endswith("/conversations.yml")}


@pytest.mark.usefixtures("seeded")
def test_it_ships_no_sentence_that_an_editor_may_not_enter_for_its_length() -> None:
    """SQLite keeps what is longer; PostgreSQL refuses it, and the newsroom with it."""
    examples = [text for text in TrainingExample.objects.values_list("text", flat=True) if len(text) > LONGEST_EXAMPLE]
    questions = [
        text for text in HeldOutQuestion.objects.values_list("text", flat=True) if len(text) > LONGEST_QUESTION
    ]
    assert (examples, questions) == ([], [])


@pytest.mark.usefixtures("seeded")
def test_it_exports_the_shipped_files_byte_for_byte_when_nothing_was_edited(tmp_path: Path) -> None:
    assert export(tmp_path / "out") == shipped()


@pytest.mark.usefixtures("seeded")
def test_it_changes_only_the_lines_that_were_edited_when_it_exports(tmp_path: Path) -> None:
    gone = TrainingExample.objects.filter(key=KEY).first()
    assert gone is not None
    gone.delete()
    TrainingExample.objects.create(key=KEY, text="Câu mới của biên tập viên?")
    HeldOutQuestion.objects.create(key=KEY, text="Câu kiểm tra mới?", spelling="full")
    exported, before = export(tmp_path / "out"), shipped()
    changed = {name for name in exported if exported[name] != before.get(name)}
    assert changed == {"data/nlu/5k.yml", "tests/nlu/newsroom.yml"}
    old, new = (body["data/nlu/5k.yml"].decode().splitlines() for body in (before, exported))
    assert [line for line in old if line not in new] == [f"    - {gone.text}"]
    assert new[-1] == "    - Câu mới của biên tập viên?"
    assert yaml.safe_load(exported["tests/nlu/newsroom.yml"]) == [
        {"text": "Câu kiểm tra mới?", "answer": KEY, "spelling": "full"}
    ]


@pytest.mark.usefixtures("seeded")
def test_it_masks_personal_numbers_when_sentences_leave_as_training_data(tmp_path: Path) -> None:
    TrainingExample.objects.create(key=KEY, text="sđt tôi 0912345678, mua khẩu trang ở đâu")
    HeldOutQuestion.objects.create(key=KEY, text="cccd 038095001234, khẩu trang phát ở đâu", spelling="full")
    waiting = Sentences(("số 0387 654 321 hỏi khẩu trang vải",), ("gọi 0912345678 hỏi khẩu trang",))
    write_training_data(tmp_path / "tried", {"5k/khu_khuan": waiting})
    written = [*export(tmp_path / "out").values(), *(p.read_bytes() for p in (tmp_path / "tried").rglob("*.yml"))]
    everything = b"".join(written).decode()
    for number in ("0912345678", "038095001234", "0387 654 321"):
        assert number not in everything
    for masked in ("sđt tôi 09xxxxxxxx", "cccd 03xxxxxxxxxx", "số 03xx xxx xxx", "gọi 09xxxxxxxx hỏi"):
        assert masked in everything


@pytest.mark.usefixtures("seeded")
def test_it_drops_a_block_when_all_its_sentences_are_gone(tmp_path: Path) -> None:
    TrainingExample.objects.filter(key=KEY, voice="a").delete()
    body = yaml.safe_load(export(tmp_path / "out")["data/nlu/5k.yml"])
    voices = [block["metadata"]["voice"] for block in body["nlu"] if block["intent"] == "5k.khau_trang"]
    assert voices
    assert "a" not in voices
    assert all(block["examples"] for block in body["nlu"])


@pytest.mark.usefixtures("seeded")
def test_it_seeds_nothing_the_second_time() -> None:
    """The database is the truth by then, edited or not."""
    TrainingExample.objects.filter(key=KEY).delete()
    assert not seed(NLU, TESTS)
    assert not TrainingExample.objects.filter(key=KEY).exists()


@pytest.mark.usefixtures("seeded")
def test_it_writes_a_new_key_with_its_kind_for_the_engine(tmp_path: Path) -> None:
    lists = Sentences(("Mấy giờ mở cửa?",), ("may gio mo cua vay",))
    write_training_data(tmp_path, {"moi/gio_mo_cua": lists})
    assert {path.name for path in (tmp_path / "nlu").iterdir()} == {path.name for path in NLU.iterdir()} | {"moi.yml"}
    (block,) = yaml.safe_load((tmp_path / "nlu" / "moi.yml").read_text("utf-8"))["nlu"]
    assert (block["intent"], block["examples"]) == ("moi.gio_mo_cua", "- Mấy giờ mở cửa?\n")
    answers = yaml.safe_load((tmp_path / "taxonomy.yml").read_text("utf-8"))["answers"]
    assert {"key": "moi/gio_mo_cua", "kind": "faq"} in answers
    assert yaml.safe_load((tmp_path / "tests" / "newsroom.yml").read_text("utf-8")) == [
        {"text": "may gio mo cua vay", "answer": "moi/gio_mo_cua", "spelling": "none"}
    ]


def test_it_tidies_a_box_when_it_holds_blanks_and_repetitions() -> None:
    assert lines_of("  Một  câu \r\n\n hai\u200b \nMột câu\n") == ["Một câu", "hai"]


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    ("examples", "questions", "problem"),
    [
        (["Một câu mới"], ["một", "hai"], "ít nhất 3 câu kiểm tra"),
        (["Một câu mới"], ["mot cau moi?", "hai", "ba"], "cũng là câu ví dụ"),
        (["[Thọ Xuân](dia_danh) tiêm"], ["một", "hai", "ba"], "không dùng các dấu"),
        (["/restart"], ["một", "hai", "ba"], "không bắt đầu bằng /"),
        (["a" * 301], ["một", "hai", "ba"], "dài 301 ký tự"),
        (["?!"], ["một", "hai", "ba"], "không có chữ nào"),
        ([f"câu {n}" for n in range(501)], ["một", "hai", "ba"], "tối đa 500 dòng"),
    ],
)
def test_it_names_the_problem_when_lists_cannot_be_used(examples: Any, questions: Any, problem: str) -> None:
    problems = example_problems("moi/khoa", examples, questions)
    assert any(problem in found for found in problems), problems


@pytest.mark.usefixtures("seeded")
def test_it_refuses_a_test_question_that_another_key_learns() -> None:
    learnt = TrainingExample.objects.filter(key=KEY).first()
    assert learnt is not None
    problems = example_problems("moi/khoa", ["Một câu mới"], [learnt.text.upper(), "hai", "ba"])
    assert len(problems) == 1


@pytest.mark.usefixtures("seeded")
def test_it_warns_about_examples_that_are_few_or_alike() -> None:
    other = TrainingExample.objects.filter(key=KEY, text__contains=" ").first()
    assert other is not None
    found = warnings_for(
        "moi/khoa", [f"{other.text}!", "Trạm xá mở cửa lúc mấy giờ vậy ạ?", "tram xa mo cua luc may gio vay a"]
    )
    assert any("Mới có 3 câu" in line for line in found)
    assert any("gần giống nhau" in line for line in found)
    assert any(KEY in line for line in found)


@pytest.mark.usefixtures("seeded")
def test_it_does_not_warn_about_what_a_key_had_before() -> None:
    examples = list(TrainingExample.objects.filter(key=KEY).values_list("text", flat=True))
    assert not [line for line in warnings_for(KEY, examples) if "của khóa" in line]


@pytest.mark.usefixtures("seeded")
def test_it_imports_edited_files_as_drafts_that_nobody_approved(draft: Any, staff: Any, tmp_path: Path) -> None:
    content = draft(key=KEY)
    draft(key="5k/khu_khuan")
    shutil.copytree(NLU, tmp_path / "nlu")
    shutil.copytree(TESTS, tmp_path / "tests")
    with (tmp_path / "nlu" / "5k.yml").open("a", encoding="utf-8") as file:
        file.write("- intent: 5k.khau_trang\n  examples: |\n    - khẩu trang N95 dùng mấy lần thì bỏ\n")
        file.write("- intent: 5k.tong_quan\n  examples: |\n    - năm chữ ca là những chữ gì thế hả\n")
    done = import_files(tmp_path / "nlu", tmp_path / "tests", staff.editor)
    assert (done.drafts, done.left_out) == ([KEY], ["5k/tong_quan"])
    content = FaqAnswer.objects.get(pk=content.pk)
    lists = content.get_latest_revision_as_object().lists()
    assert lists.examples[-1] == "khẩu trang N95 dùng mấy lần thì bỏ"
    assert content.get_latest_revision().user == staff.editor
    assert not TrainingExample.objects.filter(text__contains="N95 dùng mấy lần").exists()
