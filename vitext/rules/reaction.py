"""A severe reaction after vaccination: these signs count only together with an injection.

Source of the signs: the eight groups of signs in the Ministry of Health's guidance for those just vaccinated
(theo dõi sau tiêm: gọi cấp cứu hoặc đến bệnh viện ngay). The signs of `emergency` count too, under this key.
"""

from __future__ import annotations

from vitext.rules.rule import Needs, Rule

KEY = "nhay_cam/phan_ung_nang"

RULES: tuple[Rule, ...] = (
    Rule(
        "swelling",
        KEY,
        (
            "sưng|xưng|phù|húp *2 môi|mặt|lưỡi|mắt|mí|họng|cổ!|mồm",
            "môi|mặt|lưỡi|mắt|mí|họng|cổ|mồm *3 sưng|xưng|phù|húp",
        ),
        needs=Needs.INJECTION,
    ),
    Rule(
        "throat_or_numbness",
        KEY,
        (
            "nghẹn|nghẹt|thắt|tắc *1 họng|cổ!",
            "khó nuốt",
            "tê *3 môi|lưỡi|mặt|miệng",
            "môi|lưỡi|miệng *2 tê|cứng|dày",
            "không|chẳng nuốt",
            "tê liệt|cứng|dại *2 người|chân|tay",
            "liệt|yếu *2 nửa|hẳn|tay|chân|bên",
            "không|chẳng *1 đứng|nhấc *1 được|nổi",
        ),
        needs=Needs.INJECTION,
    ),
    Rule(
        "rash_all_over",
        KEY,
        (
            "mề|mày đay|đai *3 khắp|toàn|cả|đầy",
            "mẩn|ban|mẩn *4 khắp|toàn|cả|đầy người|thân|mình|cơ",
            "khắp|toàn|cả người|thân|mình *2 nổi *1 mẩn|ban|mề|mày",
            "xuất huyết",
        ),
        needs=Needs.INJECTION,
    ),
    Rule(
        "shock",
        KEY,
        (
            "sốc|shock phản|thuốc|nặng|rồi",
            "bị|lên *1 sốc|shock",
            "choáng váng|ngất|quá|rồi|lịm",
            "bị|thấy choáng",
            "mắt *1 tối sầm|xầm",
            "vã|toát *1 mồ hôi",
            "hạ|tụt huyết áp",
            "huyết áp *3 tụt|hạ",
            "lạnh toát|ngắt",
            "lả|xỉu|quỵ đi|người|xuống|ngay",
            "mồ hôi lạnh",
            "mạch *2 chậm|yếu|không|nhanh",
            "tim *1 đập *1 nhanh|mạnh|loạn|dồn|thình quá|lắm|không|liên|dữ?",
            "hồi hộp *2 kéo|liên",
            "ngất!|xỉu!|sỉu",
            "lịm người?|đi|dần",
            "ngất|ngat xiu|xỉu",
        ),
        needs=Needs.INJECTION,
        # "mệt muốn xỉu" is a manner of speaking; "hơi choáng" is common and passes.
        not_after="muốn|hơi",
    ),
    Rule(
        "violent_pain",
        KEY,
        (
            "đau|nhức đầu *2 dữ|dội|kinh|khủng|buốt|như",
            "đau *1 bụng *2 dữ|dội|quặn|quằn|kinh|khủng",
            "đau quặn *1 bụng?",
            "nôn|ói *3 liên|nhiều|mãi|hoài|suốt",
            "tiêu chảy liên|nhiều",
            "nhìn|mắt *1 mờ",
            "sốt *2 40|41|42",
            "sốt *3 39|40|41 *4 không|chẳng|chưa *1 hạ|đỡ|giảm|hết|cắt",
        ),
        needs=Needs.INJECTION,
    ),
)  # fmt: skip
