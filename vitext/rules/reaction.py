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
            "môi|mặt|lưỡi|mắt|mí|họng|cổ!|mồm *3 sưng|xưng|phù|húp",
            "co sung|phu to|len|lai|het|vu|cung",
        ),
        needs=Needs.INJECTION,
    ),
    Rule(
        "swelling_alone",
        KEY,
        ("sưng|phù *1 môi|lưỡi|họng|mặt *1 rồi|quá|to|vù|húp?", "môi|lưỡi|mặt sưng rồi|quá|to|vù|húp?"),
        needs=Needs.ALONE,
    ),
    Rule(
        "shock_alone",
        KEY,
        ("sốc|shock phản vệ *1 rồi?",),
        needs=Needs.ALONE,
    ),
    Rule(
        "throat_or_numbness",
        KEY,
        (
            "họng|cổ! *1 nghẹn|nghẹt|thắt|cứng|tắc|sưng",
            "tê *2 nửa|hết|cả|toàn *1 người|bên|mặt|thân|chân|tay",
            "nửa *2 người|mặt|thân *2 tê|liệt|yếu",
            "nói *1 ngọng|đớ|líu|lắp|khó",
            "nói không|chẳng *1 rõ|ra",
            "méo *2 miệng|mồm|mặt",
            "miệng|mồm|mặt *1 méo",
            "nghẹn|nghẹt|thắt|tắc *1 họng|cổ!",
            "khó nuốt",
            "tê *3 môi|lưỡi|mặt|miệng",
            "môi|lưỡi|miệng *2 tê|cứng|dày",
            "không|chẳng nuốt",
            "nuốt *1 không|chẳng",
            "họng|cổ! *4 thắt^ lại|như|chặt",
            "hong *4 that lai|nhu|chat",
            "noi dot|ngong|liu",
            "nói *1 đớt",
            "môi|lưỡi|mặt|mắt *3 phồng|to *1 lên|ra|bằng|như",
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
            "ra huyết",
            "nổi *1 bông|vân|hoa *1 tím|đen",
            "sưng *2 đen|tím|phồng",
            "phồng rộp",
            "nốt|đốm|chấm|cục|mảng|vết *2 tím|bầm|máu|đỏ *4 khắp|toàn|cả|đầy|nhiều|chân|người",
            "nổi *3 khắp|toàn|đầy|cả người|thân|mình|chân|tay|nơi",
            "đỏ *2 khắp|toàn|cả|đầy *1 người|thân|mình",
            "mề|mày đay|đai *3 khó|sưng|phù",
            "ra *1 máu *2 nhiều|liên|không|ồ",
            "ra máu *3 choáng|ngất|đau|lả|xỉu",
        ),
        needs=Needs.INJECTION,
    ),
    Rule(
        "shock",
        KEY,
        (
            "sốc|shock phản|thuốc|nặng|rồi",
            "lăn|gục|ngã|quỵ|khuỵu|té *1 ra|xuống|đất|sàn|đùng",
            "mặt *2 trắng|tái|tím|nhợt|xanh bệch|mét|ngắt|nhợt|tái|lại|đi",
            "sốt rét *1 run",
            "run *1 cầm|bần|lẩy cập|bật|bẩy",
            "bị|lên *1 sốc|shock",
            "choáng váng|ngất|quá|rồi|lịm",
            "bị|thấy choáng",
            "mắt *1 tối sầm|xầm",
            "vã|toát *1 mồ hôi",
            "hạ|tụt huyết áp",
            "huyết áp *3 tụt|hạ",
            "lạnh toát|ngắt",
            "lả!|xỉu|quỵ đi|người|xuống|ngay",
            "mồ hôi lạnh",
            "mạch *1 chậm|yếu|nhanh|loạn|lung",
            "mạch *1 đập? *1 120|130|140|150|160",
            "khó chịu|thở|nặng *2 ngực",
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
            "chân|bắp|đùi *3 sưng *2 đau|to|tấy",
            "nôn|ói *2 không *1 ngừng|dứt|ngớt|cầm|đứng",
            "nôn|ói *3 liên|nhiều|mãi|hoài|suốt",
            "tiêu chảy liên|nhiều",
            "nhìn|mắt *1 mờ",
            "sốt *2 40|41|42",
            "sốt *3 39|40|41 *4 không|chẳng|chưa *1 hạ|đỡ|giảm|hết|cắt",
        ),
        needs=Needs.INJECTION,
    ),
)  # fmt: skip
