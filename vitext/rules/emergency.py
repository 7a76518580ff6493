"""Life in danger now: breath, colour, chest, bleeding; consciousness is in `consciousness`.

Source of the signs: Quyết định 261/QĐ-BYT (31/01/2022), phụ lục theo dõi F0 tại nhà; the words are those of residents.
"""

from __future__ import annotations

from vitext.rules.rule import Needs, Rule

KEY = "nhay_cam/cap_cuu"

RULES: tuple[Rule, ...] = (
    Rule(
        "hard_to_breathe",
        KEY,
        (
            "khó thở",
            "khó hít thở",
            "khó khăn? trong? khi? việc? hít? thở",
            "thở khó|khăn",
            "thở rất|hơi|quá|cũng khó",
            "hụt|đứt hơi",
            "ngạt|nghẹt|nghẹn|tức|ngộp|ngợp thở",
            "nghẹn hơi",
            "thở *1 dốc|gấp|hổn|hồng|hộc|thoi|rít|hắt|ngáp|yếu|mệt|khò|khè|phì|phò|hước|rên",
            "thở *1 co kéo",
            "thở rút *2 ngực?",
            "cánh mũi phập",
            "rút lõm *1 ngực?",
            "thở nhanh",
            "thoi thóp",
        ),
    ),
    Rule(
        "cannot_breathe",
        KEY,
        (
            "không|chẳng thở *1 được|nổi|ra|kịp",
            "không|chẳng thể? hít? thở",
            "thở không|chẳng *1 được|nổi|ra|kịp|đều|vô",
            "ngừng|ngưng|tắt|nín thở",
            "không|hết còn? thở nữa?",
        ),
        # "có thở không" is a question; see the circumstances.
        not_after="có",
    ),
    Rule(
        "turning_blue",
        KEY,
        (
            "tím! tái|môi|ngắt|lịm|người|mặt",
            "tím tái|môi!|ngắt!|lịm",
            # Without accents "tim moi" may be "tìm mọi (cách)".
            "@relative *3 tim moi|nguoi|mat",
            "tim moi tim|tai|tho|kho",
            "xanh tái|ngắt",
            "tím bầm môi|mặt|người",
            "tím đầu? ngón|chi|tay|chân",
            "tím! *2 môi",
            "môi|mồm *3 tím",
            "mặt|người|chân|tay|ngón *3 tím!",
            "chan|tay|nguoi *2 tim het|tai|ngat",
            "môi|mặt|da|người *2 tái|thâm|xám|xanh|trắng|nhợt mét|nhợt|xanh|ngắt|đen|xịt|ngoét|đi|lè|lét|bệch|xao|dần|nhạt",
            "môi|mặt tái|thâm|xám",
        ),
        # A blue arm at the needle's mark is ordinary.
        not_after="màu|áo|chỗ|vết|thâm|bầm|đánh|đập|đấm|tát|bị",
        not_before=("chỗ|vết|vùng|than|huế",),
    ),
    Rule(
        "chest_pain",
        KEY,
        (
            "đau|tức|nặng|thắt|nhói|ép|bóp *2 ngực",
            "ngực *3 đau|tức|nặng|thắt|nhói quá|lắm|dữ|trĩu|như",
            "tức tức? ngực",
            "đau thắt? tim",
            "tim *3 ngừng|ngưng đập?",
            "ngừng|ngưng tim",
        ),
        not_before=("mạch|phổi",),
    ),
    Rule(
        "bleeding_or_stroke",
        KEY,
        (
            "ho|nôn|ói|thổ|ọc|khạc *2 ra? máu",
            "chảy máu *3 không|chẳng *1 cầm",
            "méo! miệng|mồm|mặt",
            "miệng|mồm *1 méo!",
            "liệt *1 nửa|tay|chân|người",
            "bị|lên|cơn đột quỵ|quị",
            "đột quỵ|quị rồi",
            "xuất huyết não",
        ),
        needs=Needs.SOMEBODY,
    ),
    # Not of COVID, but nobody else may be reading.
    Rule(
        "accident_or_birth",
        KEY,
        (
            "đuối nước",
            "điện giật",
            "bị hóc|sặc|ngộ|tai|rắn|ong *1 độc|nạn|cắn|đốt|xương|hạt|sữa|cháo",
            "vỡ ối",
            "đau đẻ",
            "trở|chuyển dạ",
            "băng huyết",
            "ra|chảy *1 máu|huyết *1 nhiều|xối|liên|ồ|ròng|hoài",
        ),
        needs=Needs.SOMEBODY,
    ),
    Rule(
        "getting_worse",
        KEY,
        (
            "nguy kịch|cấp|ngập",
            "hấp hối",
            "trở|chuyển|diễn *1 nặng|xấu",
            "sắp|gần *1 chết",
            "sắp không|chẳng qua khỏi?",
            "yếu lắm|quá rồi",
        ),
        needs=Needs.SOMEBODY,
        not_before=("đói|cười|nóng|thèm|ngạt", "vì|do *1 nóng|đói|lạnh|rét|mệt|thèm|cười"),
    ),
    Rule(
        "oxygen_falling",
        KEY,
        (
            "@oxygen *4 tụt|giảm|thấp|tuột|xuống",
            "cần|thiếu|hết|xin|tìm|mượn *2 oxy|oxi|ôxy|oxygen",
            "cần|thiếu|hết|xin|tìm|mượn *2 ô xy|xi",
            "tụt|giảm|tuột *1 @oxygen",
        ),
        needs=Needs.SOMEBODY,
    ),
)
