"""Life in danger told by the body: cold limbs, no water, bleeding, the heart, what was swallowed, a baby that does not drink.

Source of the signs: as in `emergency`; a baby's besides (danger signs of the sick child, IMCI).
"""

from __future__ import annotations

from vitext.rules.rule import Needs, Rule

KEY = "nhay_cam/cap_cuu"

RULES: tuple[Rule, ...] = (
    Rule(
        "no_urine_or_cold",
        KEY,
        (
            "không|chẳng|chả *1 đi? *1 đái!|tiểu|tè! *1 được|giọt|lần|tí|nổi",
            "khong|chua *1 dai duoc|giot|lan|noi",
            "không|chẳng *1 đái!|tiểu!|tè!",
            "đái!|tiểu|tè! *1 không|chẳng *1 được|nổi|ra",
            "bí! đái|tiểu",
            "tã|bỉm *4 khô *1 nguyên|cong|rang|queo|từ|cả",
            "đái!|tiểu!|tè! *1 ít",
            "chân|tay|người|tứ *3 lạnh|giá!|buốt ngắt|toát|cóng|băng|tanh|như|lẹo|ngơ|tím|hết|dần",
            "lạnh *1 như *1 đá|băng|nước|ma|xác|kem",
            "da nổi *1 vân|bông *1 tím!",
            "vã|toát|đổ|ướt *2 mồ hôi *2 lạnh|hột|tắm|đầm|ròng|đìa",
            "bỏ bú",
            "không|chẳng|chả bú *1 được|nổi|nữa|từ|tí|gì",
            "không|chẳng chịu bú",
            "bú không|chẳng *1 được|nổi",
            "mắt *1 trũng! *1 xuống|sâu?",
            "khóc không *1 có? nước mắt",
            "đái!|tiểu! *2 một|1 lần",
            "thóp *2 phồng|lõm",
            "khóc không|chẳng *1 ra|thành|nổi *1 tiếng|nước|hơi",
            "không|chẳng *1 nuốt *1 nổi|được|vào|trôi",
            "bón|đút *4 không|chẳng *1 nuốt|nuốc",
            "đứng|đi không|chẳng *1 vững|nổi *4 lạnh|gọi|khó|lơ|xe|tím",
        ),
        needs=Needs.SOMEBODY,
        not_after="sợ|bệnh",
        not_before=("đường|học|thương|sử|luận|khu|ban|mẹ|đêm|bình|cương|phẫu", "được *1 không|chưa"),
    ),
    Rule(
        "bleeding",
        KEY,
        (
            "ho|nôn|ói|thổ|ọc|khạc|hộc|trào|mửa *1 ra máu",
            "hộc! ra? máu",
            "hoc ra mau",
            "ho|nôn|ói *2 máu *1 tươi",
            "chảy|ra|phun|tuôn máu *3 không|chẳng *2 cầm|ngừng|dứt|dừng",
            "máu *2 chảy|phun|tuôn *2 ướt|đầm|xối|ròng|thành|nhiều|không|lênh",
            "máu *2 không|chẳng *1 cầm *1 được",
            "cắt|đứt *3 máu *2 phun|nhiều|không|ròng",
            "ra *1 huyết *2 đau|nhiều|cục|ồ|tươi",
        ),
        not_after="con|ống|lấy|sợ",
        not_before=("chó|mèo|gà",),
    ),
    Rule(
        "swallowed_or_stung",
        KEY,
        (
            "nuốt *2 phải|nhầm|trúng *1 pin|đồng|hạt|kim|nam|dị|xương|cúc|đinh|bi|nắp|viên",
            "uống *1 nhầm|lộn|phải *3 dầu|xăng|hóa|hoá|axit|tẩy|cồn|javel|chất|diệt|chuột|sâu!",
            "ho|cười? sặc sụa|sặc *3 tím|thở|tái",
            "ong đốt *6 sưng|khó|thở|phù|mệt|ngất",
            "bị *1 rắn cắn",
            "bỏng *3 nặng|toàn|khắp|cả|nửa|độ",
            "ngã|té|rơi *2 lầu|tầng|giếng|mái|giàn|cây *6 không|gãy|máu|bất|gọi",
            "ngộ độc *3 than|gas|ga|khói|rượu",
            "đốt than *4 gọi|ngất|không|thở",
        ),
        needs=Needs.SOMEBODY,
    ),
    Rule(
        "heart",
        KEY,
        (
            "tim *2 đập *2 loạn|rối|lung *1 lên|xạ|tung",
            "tim *1 loạn nhịp",
            "loạn nhịp *1 tim?",
            "đau *1 thắt *1 lồng? ngực",
            "đau|thắt lồng ngực",
            "thắt lồng ngự",
            "khó chịu|nặng|nóng|rát *2 ngực *8 bóp|đè|ép|thắt",
            "như *2 bóp *1 ngực|tim|nghẹt|thở|cổ",
            "ôm *1 ngực",
            "đau *3 ngực *3 lan",
            "sắp|sợ không|chẳng *1 xong|ổn|trụ|chịu|cầm *1 nổi|được|rồi",
            "sắp|khó|chắc *1 không? *1 qua khỏi",
        ),
        needs=Needs.SOMEBODY,
    ),
)
