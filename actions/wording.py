"""Vietnamese labels around approved content: button titles, headings, distances. No health text."""

from __future__ import annotations

from collections.abc import Mapping

ASK_PERSON = "Gặp cán bộ trực"
NEED_PERSON = "Tôi cần gặp cán bộ trực"
OFFICIAL_CHANNELS = "Kênh chính thống"

# Short titles of the look-ups, which have no release of their own.
SERVICES: Mapping[str, str] = {
    "tiem_chung/diem_tiem": "Điểm tiêm",
    "lien_he/duong_day_nong": "Đường dây nóng",
    "ban_tin/moi_nhat": "Bản tin mới nhất",
    "ban_tin/so_ca": "Số ca hôm nay",
    "ban_tin/tien_do_tiem": "Tiến độ tiêm chủng",
    "ban_tin/dang_ky": "Nhận bản tin hằng ngày",
    "ban_tin/huy_dang_ky": "Thôi nhận bản tin",
    "lien_he/co_quan_y_te": "Địa chỉ cơ quan y tế",
    "tin_don/kiem_chung": "Kiểm chứng tin",
    "tin_don/bao_tin": "Báo tin giả",
}


def kilometres(distance: float) -> str:
    """``2,4 km``: Vietnamese writes decimals with a comma."""
    return f"{distance:.1f} km".replace(".", ",")


def as_title(name: str) -> str:
    """``huyện Thọ Xuân`` → ``Huyện Thọ Xuân``, for a button."""
    return name[:1].upper() + name[1:]
