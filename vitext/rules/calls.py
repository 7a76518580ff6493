"""Calls for help and for an ambulance, without a word about what happened."""

from __future__ import annotations

from vitext.rules.rule import Needs, Rule

KEY = "nhay_cam/cap_cuu"

RULES: tuple[Rule, ...] = (
    Rule(
        "call_for_help",
        KEY,
        (
            "cứu với|vớ|zới|tôi|em|tui|mình|cháu|con|mẹ|bố|ba|vợ|chồng|ông|bà|mạng|nhà|người",
            "cứu *1 @self|@relative với|nhé|đi",
            "cứu cứu",
            "cứu lấy|giúp|giùm|dùm *2 @self|@relative",
            "ai *2 cứu *2 với",
            "help *1 me|pls|please|us",
            "sos",
            "kêu cứu",
            "làm ơn *2 cứu",
            "làm ơn *4 đến|tới|qua *4 gấp|ngay|nhanh|liền",
            "cho|cử|gọi|đâu|cần *1 người|bác|y|xe *2 đến|tới|xuống|lên|qua *4 gấp|ngay|liền",
        ),
        not_after="tra|nghiên|cấp|kiểm|căn|hồi|truy|linh|giải",
        not_before=("trợ|đói|hộ|chữa|xét|nạn",),
        unless="other_need",
    ),
    Rule(
        "asks_for_ambulance",
        KEY,
        (
            "cần|gọi|kêu|gấp *3 cấp cứu",
            "xin *1 cấp cứu",
            "cấp cứu *2 gấp|với|giúp|ngay|khẩn|nhanh|ơi",
            "cho|điều|cử|xin|cần|gọi *2 xe *2 cấp cứu|thương",
            "cần|xin|gọi|kêu *2 115",
        ),
        not_after="số",
        unless="ransom",
        not_before=("là|bệnh|ngoại|chuyên|số",),
    ),
    Rule(
        "emergency_named",
        KEY,
        (
            "cấp cứu",
            "xe cứu thương",
        ),
        needs=Needs.SOMEBODY,
        not_after="số|khoa|phòng|trực|trung|đường|hồi|sức|viện|115|nhóm|còi|tiếng|thấy",
        unless="ransom",
        not_before=("là|bệnh|ngoại|ở|tại|hồi|chuyên|115",),
    ),
)
