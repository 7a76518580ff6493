"""Which fact-check a message is about, on the shipped ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import yaml

from actions.claims import best_match, claim_words, has_content
from actions.config import DATA
from contracts.clock import VIETNAM
from contracts.release import Release

CHECKS: list[dict[str, Any]] = yaml.safe_load((DATA.parent / "content" / "fact_checks.yml").read_text("utf-8"))
ANY_DAY = datetime(2021, 12, 31, tzinfo=VIETNAM)


def matched(text: str) -> str:
    """The key of the fact-check found, "" for none."""
    releases = [
        Release(
            id=check["key"],
            kind="fact_check",
            key=check["key"],
            place="",
            payload=check,
            source=None,
            authors=(),
            approver="",
            approved_at=ANY_DAY,
            valid_from=ANY_DAY,
            valid_to=None,
        )
        for check in CHECKS
    ]
    found = best_match(text, releases)
    return "" if found is None else found.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nghe nói trả tiền thì được tiêm vắc xin trước có đúng không", "tra-tien-tiem-som"),
        ("co nguoi moi mua suat tiem pfizer, that ko", "tra-tien-tiem-som"),
        (
            "trên facebook người ta nhận đăng ký tiêm dịch vụ lấy phí 2 triệu, tin này có thật không",
            "tra-tien-tiem-som",
        ),
        ("Số 1900.3228 có phải đường dây nóng của bộ y tế không", "so-19003228"),
        ("nghe nói đăng tin giả phạt tới 20 triệu", "muc-phat-tin-gia-ca-nhan"),
        ("COVID là do vi khuẩn nhiễm phóng xạ chứ không phải virus, thật không", "vi-khuan-phong-xa"),
        ("bên Singapore mổ tử thi bảo covid là vi khuẩn đúng ko ạ", "vi-khuan-phong-xa"),
        ("tối nay máy bay trực thăng phun thuốc khử khuẩn đúng không", "truc-thang-phun-khu-khuan"),
        ("tối nay máy bay phun thuốc khử khuẩn có thật không", "truc-thang-phun-khu-khuan"),
        ("dem nay may bay phun thuoc dong kin cua lai co that ko", "truc-thang-phun-khu-khuan"),
        ("mũi 3 phải chờ 6 tháng có phải không", "mui-nhac-lai-sau-6-thang"),
        ("f1 bị cách ly tập trung 21 ngày thật à", "f1-cach-ly-21-ngay"),
        ("thanh hóa lại giãn cách theo chỉ thị 16 hả", "con-gian-cach-chi-thi-16"),
        ("nhắn tin 1400 ủng hộ chống dịch có thật không", "nhan-tin-1400"),
    ],
)
def test_it_finds_the_fact_check_when_others_tell_the_claim(text: str, key: str) -> None:
    assert matched(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "nghe nói uống nước tỏi chữa được covid có đúng không",
        "tiêm vắc xin gây vô sinh có thật không",
        "vắc xin có gắn chip đúng không",
        "nghe nói mai phong tỏa thành phố Thanh Hóa",
        "bệnh viện tỉnh có 20 bác sĩ nhiễm covid thật không",
        "ngày mai đóng cửa chợ Vườn Hoa đúng không",
        "uống rượu diệt virus covid",
        "xông lá chữa covid có tác dụng không",
        "tiêm mũi 3 xong bị đột quỵ có thật không",
        "học sinh nghỉ học đến hết tết có đúng không",
        "có người chết vì tiêm vắc xin ở Thọ Xuân",
        "f0 bị bắt đi viện dã chiến hết à",
        "chính phủ cho mỗi người 1 triệu rưỡi thật không",
        "Omicron đã về tới Thanh Hóa rồi phải không",
        "không đeo khẩu trang bị phạt 20 triệu có thật không",
        "có phải f1 bị cách ly tập trung 7 ngày không",
        "1900 9095 có phải số lừa đảo không",
    ],
)
def test_it_finds_none_when_the_rumour_is_another(text: str) -> None:
    assert matched(text) == ""


def test_it_finds_none_when_a_long_article_holds_the_words_far_apart() -> None:
    filler = "hôm qua trời nắng to bà con ra đồng gặt lúa rồi đem thóc về sân phơi cho kịp nắng chiều " * 3
    assert matched(f"trả {filler} tiền {filler} sớm {filler} suất {filler} mua {filler} giữ chỗ") == ""


@pytest.mark.parametrize(
    "text",
    [
        "tin này có đúng không",
        "tin nay co that ko",
        "cho em hỏi tin này đúng hay sai ạ",
        "kiểm chứng giúp tôi tin này",
        "Kiểm chứng tin",
        "tôi muốn báo tin giả",
        "Báo tin giả",
        "xem giúp em bài đăng này",
    ],
)
def test_it_sees_no_content_when_the_message_only_asks(text: str) -> None:
    assert not has_content(text, asked_for=False)


@pytest.mark.parametrize(
    "text",
    ["uống tỏi khỏi covid có thật không", "https://vi-du.vn/tin có đúng không", "nghe nói mai phong tỏa chợ"],
)
def test_it_sees_the_content_when_there_is_some(text: str) -> None:
    assert has_content(text, asked_for=False)


def test_it_takes_one_word_for_content_when_it_was_asked_for() -> None:
    assert has_content("5G", asked_for=True)
    assert not has_content("tin này ạ", asked_for=True)


def test_it_keeps_a_number_whole_when_it_is_written_in_groups() -> None:
    assert claim_words("1900 3228") == claim_words("1900.3228") == ["19003228"]
