"""What an answer to a question of ours becomes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.awaited import as_awaited

SITE, CHECK, REPORT = "tiem_chung/diem_tiem", "tin_don/kiem_chung", "tin_don/bao_tin"


def parsed(text: str, intent: str, *entities: dict[str, Any]) -> dict[str, Any]:
    """A parse result of the pipeline."""
    decided = {"name": intent, "confidence": 0.4}
    return {"text": text, "intent": decided, "entities": list(entities), "intent_ranking": [decided]}


@pytest.mark.parametrize("waiting", [None, "", SITE, CHECK])
def test_it_changes_nothing_when_the_message_is_a_question_of_its_own(waiting: str | None) -> None:
    said = parsed("mẹ tôi khó thở", "nhay_cam.cap_cuu")
    assert as_awaited(said, waiting) == said


@pytest.mark.parametrize("waiting", [None, ""])
def test_it_changes_nothing_when_nothing_waits(waiting: str | None) -> None:
    said = parsed("Gò Vấp", "khong_hieu")
    assert as_awaited(said, waiting) == said


@pytest.mark.parametrize("intent", ["hoi_lai", "khong_hieu", "tro_chuyen.ngoai_pham_vi"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gò Vấp", "Gò Vấp"),
        ("go vap", "go vap"),
        ("dạ ở Gò Vấp ạ", "Gò Vấp"),
        ("xã Xyz", "xã Xyz"),
        ("xa xyz", "xa xyz"),
        ("phường Bến Nghé", "phường Bến Nghé"),
        ("Paris", "Paris"),
    ],
)
def test_it_takes_a_name_for_a_place_when_a_place_was_asked_for(text: str, name: str, intent: str) -> None:
    result = as_awaited(parsed(text, intent), SITE)

    assert result["intent"] == {"name": "dia_danh", "confidence": 1.0}
    (entity,) = result["entities"]
    assert (entity["entity"], entity["value"]) == ("dia_danh_la", name)
    assert text[entity["start"] : entity["end"]] == name


@pytest.mark.parametrize(
    "text",
    [
        *("không biết", "ko biết nữa", "đâu cũng được", "gần đây thôi", "tôi chưa rõ", "ạ", "123", "0912 000 000"),
        "trời hôm nay nóng quá mà sao không mưa",
    ],
)
def test_it_takes_no_place_when_the_message_names_none(text: str) -> None:
    said = parsed(text, "khong_hieu")
    assert as_awaited(said, SITE) == said


@pytest.mark.parametrize("intent", ["hoi_lai", "khong_hieu", "tro_chuyen.ngoai_pham_vi"])
def test_it_takes_the_known_place_when_nothing_else_was_understood(intent: str) -> None:
    place = {"entity": "dia_danh", "value": "Thọ Xuân"}
    result = as_awaited(parsed("tôi đang ở nhà con gái bên Thọ Xuân", intent, place), SITE)
    assert (result["intent"]["name"], result["entities"]) == ("dia_danh", [place])


def test_it_keeps_the_question_when_a_known_place_stands_in_it() -> None:
    said = parsed("Thọ Xuân hôm nay mấy ca", "ban_tin.so_ca", {"entity": "dia_danh", "value": "Thọ Xuân"})
    assert as_awaited(said, SITE) == said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("f1 cách ly", "cach_ly.f1"),
        ("chi phí", "tiem_chung.chi_phi"),
        ("Chi phí", "tiem_chung.chi_phi"),
        ("CHI PHÍ", "tiem_chung.chi_phi"),
        ("Cảm Ơn", "tro_chuyen.cam_on"),
        ("Tự Tử", "nhay_cam.tu_hai"),
    ],
)
def test_it_keeps_the_question_when_the_message_was_understood(text: str, intent: str) -> None:
    said = parsed(text, intent)
    assert as_awaited(said, SITE) == said


def test_it_takes_a_capitalised_name_for_a_place_whatever_it_was_understood_as() -> None:
    """A name that was never seen resembles anything."""
    result = as_awaited(parsed("Bến Nghé", "tro_chuyen.dong_y"), SITE)
    assert result["intent"]["name"] == "dia_danh"


@pytest.mark.parametrize("waiting", [CHECK, REPORT])
@pytest.mark.parametrize(
    "intent",
    ["suc_khoe.thuoc_dieu_tri", "khong_hieu", "tro_chuyen.ngoai_pham_vi", "tro_chuyen.chua_co_cau_tra_loi"],
)
def test_it_takes_the_message_as_it_is_when_its_content_was_asked_for(waiting: str, intent: str) -> None:
    said = parsed("uống nước tỏi khỏi covid", intent)

    result = as_awaited(said, waiting)

    assert result["intent"] == {"name": waiting.replace("/", "."), "confidence": 1.0}
    assert result["intent_ranking"] == said["intent_ranking"]


def test_it_takes_what_sounds_like_a_check_for_the_report_that_was_asked_for() -> None:
    said = parsed("trên mạng bảo tỉnh sắp phong tỏa", "tin_don.kiem_chung")
    assert as_awaited(said, REPORT)["intent"]["name"] == "tin_don.bao_tin"


@pytest.mark.parametrize(
    "text", ["thôi bỏ đi, cho em số trạm y tế", "khoan, F1 cách ly mấy ngày", "à mà điểm tiêm ở đâu"]
)
def test_it_keeps_the_question_when_the_resident_turns_to_something_else(text: str) -> None:
    said = parsed(text, "lien_he.co_quan_y_te")
    assert as_awaited(said, CHECK) == said


@pytest.mark.parametrize(
    "intent", ["nhay_cam.tu_hai", "tro_chuyen.gap_nguoi", "tro_chuyen.tu_choi", "tin_don.bao_tin", "dia_danh"]
)
def test_it_lets_danger_and_small_talk_pass_when_content_was_asked_for(intent: str) -> None:
    said = parsed("thôi", intent)
    assert as_awaited(said, CHECK) == said
