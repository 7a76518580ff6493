"""Vietnamese as it is read aloud."""

from __future__ import annotations

import pytest

from newsroom.bulletins.forms.spoken import number_in_words, spoken


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (184, "một trăm tám mươi tư"),
        (1000, "một nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2021, "hai nghìn không trăm hai mươi mốt"),
        (10_010, "mười nghìn không trăm mười"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_989_906, "hai triệu chín trăm tám mươi chín nghìn chín trăm linh sáu"),
        (3_000_000_000, "ba tỷ"),
    ],
)
def test_it_reads_numbers(number: int, words: str) -> None:
    """As announcers of the north and of Thanh Hóa do."""
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ngày 28/12/2021", "ngày hai mươi tám tháng mười hai năm hai nghìn không trăm hai mươi mốt"),
        ("ngày 29/12 có", "ngày hai mươi chín tháng mười hai có"),
        ("16:00 ngày", "mười sáu giờ ngày"),
        ("14:05", "mười bốn giờ năm phút"),
        ("gọi 02371022", "gọi không hai ba bảy một không hai hai"),
        ("gọi 094.666.8832", "gọi không chín bốn sáu sáu sáu tám tám ba hai"),
        ("gọi 1900 9095", "gọi một chín không không chín không chín năm"),
        ("mã 1234567890123", "mã một hai ba bốn năm sáu bảy tám chín không một hai ba"),
        ("Gọi 115 ngay", "Gọi một một năm ngay"),
        ("có 115 ca", "có một trăm mười lăm ca"),
        ("1.348 ca", "một nghìn ba trăm bốn mươi tám ca"),
        ("đạt 94,6 %", "đạt chín mươi tư phẩy sáu phần trăm"),
        ("giữ 5K, dịch COVID-19", "giữ năm K, dịch Cô-vít mười chín"),
        ("xem https://syt.vn/1/2 nhé", "xem nhé"),
    ],
)
def test_it_reads_what_is_written_in_digits(text: str, words: str) -> None:
    """Dates, times, telephone numbers digit by digit."""
    assert spoken(text) == words
