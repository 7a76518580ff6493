"""Life in danger now: whoever faints, does not wake, is confused, convulses or collapses.

Source of the signs: as in `emergency`.
"""

from __future__ import annotations

from vitext.rules.rule import Needs, Rule

KEY = "nhay_cam/cap_cuu"

RULES: tuple[Rule, ...] = (
    Rule(
        "does_not_wake",
        KEY,
        (
            "gọi|kêu|lay|hỏi *4 không|chẳng|chưa thưa|dậy|tỉnh|phản|đáp|nhúc|cựa",
            "gọi|kêu|lay|hỏi @relative|mãi|hoài *2 không|chẳng nghe|nói|trả|biết",
            "không|chẳng *1 đánh thức được?",
        ),
    ),
    Rule(
        "not_conscious",
        KEY,
        (
            "không|chẳng còn? tỉnh táo|lại|dậy|nữa",
            "không|chẳng còn? biết gì nữa?",
            "mất *1 phản ứng|xạ",
            "gọi|hỏi không|chẳng trả|nói",
            "ngã|té|đổ quỵ|quị|gục|lăn",
            "gục xuống|ngã",
            "đổ vật|ập|sập xuống|ra",
            "mắt *1 nhắm nghiền",
            "mất ý! thức",
            "bất tỉnh",
            "hôn mê",
            "ngất xỉu|sỉu|lịm|đi|rồi|luôn|lên|ra|trên|ngoài|ở|trong|xuống|tại",
            "bị|lăn|té|ngã|gục|tự|vừa|đang|sắp|suýt ngất!|xỉu!",
            "muốn ngất!",
            "bị|lăn|té|ngã|đang ngat xiu|ra?",
            "ngất|xỉu!",
            "xỉu rồi|mất|luôn",
            "lịm đi|dần|rồi|người|hẳn",
            "kêu|lay *1 không|chẳng nghe|biết|nói|trả",
            "không|chẳng *1 cử động|nhúc",
            "nằm|ngồi *1 không|chẳng *1 dậy",
        ),
        needs=Needs.SOMEBODY,
        not_after="cao|cười|đẹp|thơm|ngon|một|chút|tí|tý|tím|xanh",
        not_before=("ngây|ngưởng|trời|điện|mạng|kết|lời|hơi|chừng|máy|sóng|cầu|nước|thở|tín",),
    ),
    Rule(
        "drowsy",
        KEY,
        (
            "lơ|nơ mơ",
            "li|ly bì",
            "lú lẫn|nẫn",
            "mê! man|sảng|mệt",
            "nói sảng|nhảm|lảm",
            "khó đánh thức",
            "không|chẳng *1 nhận ra ai|người|mẹ|bố|con|vợ|chồng|ông|bà",
            "ngủ *3 không|chẳng *1 dậy|tỉnh|thức",
            "nằm *2 bất động",
            "lờ! đờ",
            "đờ! đẫn",
            "mất tri giác",
        ),
        needs=Needs.SOMEBODY,
        not_after="cách",
    ),
    Rule(
        "convulsion",
        KEY,
        (
            "co giật|dật|giựt|rật",
            "bị|lên|cơn *1 giật|giựt! đùng|kinh?",
            "lên|làm|cơn kinh|động kinh?",
            "sùi bọt mép?",
            "trợn^ mắt|ngược|tròng!",
            "mắt *1 trợn",
        ),
        not_before=("dây|tít",),
    ),
    Rule(
        "collapsing",
        KEY,
        (
            "mệt lả",
            "lả đi|người",
            "nói không|chẳng *1 ra|được|nổi",
            "lạnh toát",
            "mạch *1 yếu|chậm",
            "tụt huyết áp",
            "huyết áp *2 tụt",
        ),
        needs=Needs.SOMEBODY,
    ),
)
