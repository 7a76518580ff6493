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
        not_before=("trợ|đói|hộ|chữa|xét|nạn", "fix|find|bot|understand|with|translate|learn|check"),
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
        unless="elsewhere",
        not_before=("là|bệnh|ngoại|ở|tại|hồi|chuyên|115",),
    ),
    Rule(
        "waits_for_ambulance",
        KEY,
        (
            "xe *1 cấp cứu|115 *6 chưa|không|chẳng *2 tới|đến|thấy|qua|vào",
            "xe *1 cứu thương *6 chưa|không|chẳng *2 tới|đến|thấy|qua|vào",
            "xe *1 cấp cứu|115 *1 bao giờ tới|đến",
            "xe *1 cấp cứu|115 *2 đâu *3 lâu|rồi|sao|chưa",
            "gọi *2 115|cứu *6 chưa|không|chẳng *3 tới|đến|thấy|bắt|nghe|được|liên",
            "bình *1 oxy|ôxy|oxi|khí *3 sắp|gần|hết|cạn *1 cạn|hết|rồi",
            "bình ô xy *3 sắp|gần|hết|cạn *1 cạn|hết|rồi",
        ),
        needs=Needs.NOTHING,
        unless="ransom",
        not_before=("không", "mất|tiền|phí", "hay|vậy|bao"),
    ),
)
