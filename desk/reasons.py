"""Vietnamese names of what the desk shows: why a resident needs a person, how urgent it is, on which channel."""

from __future__ import annotations

URGENT = 1
ORDINARY = 3

_REASONS = {
    "nhay_cam/cap_cuu": "Cấp cứu",
    "nhay_cam/phan_ung_nang": "Phản ứng nặng sau tiêm",
    "nhay_cam/tu_hai": "Có ý định tự hại",
    "nhay_cam/bao_luc": "Bạo lực, bạo hành",
    "nhay_cam/cuu_tro_khan": "Cần cứu trợ khẩn",
    "nhay_cam/tu_van_ca_nhan": "Tư vấn sức khỏe cá nhân",
    "nhay_cam/tu_vong": "Có người thân qua đời",
    "nhay_cam/lua_dao": "Nghi bị lừa đảo",
    "nhay_cam/khieu_nai_to_cao": "Khiếu nại, tố cáo",
    "nhay_cam/rieng_tu": "Thông tin riêng tư",
    "nhay_cam/bao_chi": "Báo chí",
    "nhay_cam/chinh_tri": "Nội dung chính trị",
    "tro_chuyen/gap_nguoi": "Muốn gặp người trực",
    "tin_den_muon": "Tin tới muộn nhiều giờ, trợ lý không trả lời",
}
# Why somebody who waits for a person is let go unanswered. Words of our own: the ledger keeps them when those of the
# resident are erased.
CLOSING_REASONS = {
    "called": "Đã gọi điện cho người dân",
    "elsewhere": "Đã chuyển đơn vị khác xử lý",
    "twice": "Trùng với cuộc khác đã xử lý",
    "mistake": "Tin thử, tin rác hoặc gửi nhầm",
    "unneeded": "Người dân không cần nữa",
}
_PRIORITIES = {1: "Khẩn cấp", 2: "Cần sớm", 3: "Thường"}
_CHANNELS = {"web": "Cổng thông tin", "zalo": "Zalo"}


def reason_name(key: str) -> str:
    """What the resident needs a person for; a key without a name of its own needs one all the same."""
    return _REASONS.get(key, "Cần người trực")


def closing_reason(because: str) -> str:
    """Why an unanswered conversation was closed."""
    return CLOSING_REASONS.get(because, because)


def priority_name(priority: int | None) -> str:
    """How urgent it is, 1 being highest."""
    return _PRIORITIES.get(priority or ORDINARY, _PRIORITIES[ORDINARY])


def channel_name(channel: str) -> str:
    """Where the resident writes."""
    return _CHANNELS.get(channel, channel)
