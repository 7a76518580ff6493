"""The day that a message speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from actions.dates import day_told

TODAY = date(2021, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 5/1 tôi về", date(2022, 1, 5)),
        ("05-01-2022 bay về Nội Bài", date(2022, 1, 5)),
        ("tôi về ngày 5 tháng 1", date(2022, 1, 5)),
        ("ngay 20 thang 2 nam 2022 e ve que", date(2022, 2, 20)),
        ("từ 20/12 tôi là F1", date(2021, 12, 20)),
        ("ngày mai về quê có phải cách ly", date(2022, 1, 1)),
        ("mai em về quê", date(2022, 1, 1)),
        ("sang mai bay", date(2022, 1, 1)),
        ("ngày kia về", date(2022, 1, 2)),
        ("hôm nay về tới nhà", TODAY),
        ("em tên Mai, là F1", None),
        ("tiêm 2/2 mũi rồi", None),
        ("tổng đài trực 24/7 không", None),
        ("ngày 31/2 tôi về", None),
        ("gọi 0237-10-22", None),
        ("F1 cách ly mấy ngày", None),
    ],
)
def test_it_reads_the_day_when_the_words_name_one(text: str, day: date | None) -> None:
    assert day_told(text, TODAY) == day
