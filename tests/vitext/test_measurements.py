"""Danger told in numbers, and the numbers that are none."""

import pytest

from vitext.danger import find_danger
from vitext.number_words import number_at


@pytest.mark.parametrize(
    ("text", "number"),
    [("91", 91), ("chin muoi mot", 91), ("chin mot", 91), ("tam lam", 85), ("ba muoi may", 30), ("tam muoi", 80)],
)
def test_it_reads_a_number_when_it_is_in_words(text: str, number: int) -> None:
    words = text.split()

    assert number_at(words, 0) == (number, len(words))


@pytest.mark.parametrize("text", ["hai ba", "bao nhieu", "", "12345"])
def test_it_reads_no_number_when_there_is_none(text: str) -> None:
    assert number_at(text.split(), 0)[0] == -1


@pytest.mark.parametrize(
    ("reading", "dangerous"),
    [
        ("spo2 chín mươi mốt phần trăm", True),
        ("spo2 chín mươi bảy phần trăm", False),
        ("kẹp ngón tay chỉ có tám mươi tư", True),
        ("máy đo của mẹ còn 86 thôi", True),
        ("đo được 85 cm", False),
        ("nhiệt kế đo được 38 thôi", False),
        ("spo2 của bố bao 79, máy hỏng hay sao", True),
        ("thở ba mươi mấy lần một phút", True),
        ("bé thở 35 lần một phút", False),
        ("huyết áp 70/40", True),
        ("huyết áp 120/80", False),
        ("huyết áp 220 trên 120", True),
        ("mạch 145", True),
        ("mạch 80, spo2 98", False),
        ("nhịp tim bé 150", False),
    ],
)
def test_it_knows_the_dangerous_reading(reading: str, dangerous: bool) -> None:
    assert (find_danger(reading) is not None) is dangerous
