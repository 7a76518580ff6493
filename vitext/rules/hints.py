"""Hints that are harmless alone and a danger in company: an apology to one's parents beside a last wish, drink beside fear.

Each rule names its companions; one phrase of one of them near it (`danger.REACH`) makes the hint count.
"""

from __future__ import annotations

from vitext.rules import self_harm, violence
from vitext.rules.rule import Needs, Rule

_SELF_HARM: dict[str, tuple[str, ...]] = {
    "parting": (
        "tạm biệt", "lần|tối|đêm|ngày|lời|tin|chuyến|bữa *1 cuối|chót", "mãi mãi", "vĩnh viễn", "không|chẳng *1 gặp lại|nhau *1 nữa", "không|chẳng *2 về|quay|trở|sáng *1 nữa",
        "@self|con *1 đi đây|trước|luôn|xa|thôi", "ra đi", "đi xa", "kiếp|đời này *1 @self", "ở lại *1 mạnh|vui|bình|nhé|nha", "kiếp sau|này|khác", "sang|bên thế giới|kia", "sẽ|có *1 không *1 còn @self",
        "không|chẳng|hết|chưa *1 còn|có *1 ngày mai", "chắc *1 @self đi", "mai *2 không *1 dậy|tỉnh|thấy|còn", "biến mất", "tan biến",
    ),
    "last_wish": (
        "nhờ|cậy|mong *6 chăm|nuôi|trông|lo|giữ|thương", "chăm|nuôi|trông|lo|giữ *4 hộ|giúp|giùm|dùm|thay", "để lại", "mật khẩu", "sổ tiết|đỏ", "giấy tờ *6 để|trong", "thư!", "dặn!", "chuyển|gửi *1 lời", "sau này *6 bảo|chăm|thương|sống|nuôi",
        "nhắn|nói|bảo *2 với|cho|lại *1 mẹ|bố|ba|má|con|vợ|chồng|mọi|các|cả|anh|em", "đừng *1 buồn|khóc|trách|tìm|cứu|lo|giận|nhớ", "sống|học|ăn *1 tốt|ngoan|giỏi|hạnh nhé|nha|phúc|nghe",
        "gửi lại|gắm", "xoá *2 facebook|fb|zalo|tài|ảnh", "cho|tặng hết *2 đồ|quần|đt|điện",
    ),
    "apology": (
        "xin lỗi *1 bố|mẹ|ba|má|con|cháu|vợ|chồng|các|cả|mọi|gia|em|anh|chị|ông|bà|bạn|tất|hai|u|thầy", "xin lỗi *2 nhiều|vì", "@self|con *2 xin lỗi", "bất hiếu", "tha thứ", "thứ|tha lỗi|tội *1 cho?", "xin lỗi *1 @self|mọi",
        "có lỗi với", "cảm ơn *4 tất cả|đã|mọi|vì", "yêu|thương *2 mẹ|bố|mọi|cả|con *1 nhiều|lắm|nhà|nhất", "@self|con *1 yêu! mẹ|bố|cả|mọi|vợ|con",
    ),
    "despair": (
        "mệt mỏi|nhoài", "thua rồi", "bỏ cuộc", "tối đen|tăm|mịt", "kiệt|cạn sức", "cố *1 hết *1 sức *1 rồi", "không|chẳng làm *1 được|nổi *1 nữa", "không|chẳng|hết *1 chịu *2 nổi|được|thêm", "chịu hết nổi", "chịu *2 không|chẳng *1 nổi|thấu", "không|chẳng *1 gượng|gắng|cố *2 nổi|được|nữa",
        "tuyệt vọng", "bế tắc", "cùng|đường cùng|quẫn", "hết đường|lối", "vô dụng|nghĩa|vọng", "gánh nặng", "không|chẳng *1 ai *2 cần|thương|hiểu|quan|tiếc", "cô đơn|độc", "nợ nần|ngập", "vỡ|khoản nợ",
        "trắng tay", "mất hết|tất|việc", "tủi|ô nhục", "đau khổ", "khổ quá|lắm|sở", "chán *2 đời|sống|nản|lắm|quá|hết|rồi", "trầm cảm", "áp lực", "thất|chia tình|tay", "bỏ|phản @self|bội",
        "không|chẳng|chả|hết *1 còn *1 gì|ai|nghĩa|động|niềm|hy|hi|tâm|thiết|lý|lí", "làm khổ|phiền", "ghét *1 @self|mình", "khóc *2 hoài|suốt|mãi|đêm|nhiều",
    ),
    "release": (
        "cho|là|thì xong|rồi *1 chuyện|đời|kiếp|nợ?", "nhẹ nợ|lòng|gánh|người|đầu|nhõm", "rảnh nợ", "đỡ|hết|khỏi|bớt *1 khổ|phiền|nhục|gánh", "thanh thản", "giải thoát", "yên nghỉ|thân|phận|giấc",
        "khuất mắt", "buông|buông thôi|tay|xuôi|hết|bỏ", "kết thúc", "chấm dứt", "cho *1 nhanh|nhẹ|hết|thoát",
    ),
    "death": (
        "chết", "chít", "tự tử!", "tự! tử", "cái chết", "sống *1 làm|chi|gì", "không *1 sống", "cuộc|cõi đời", "đời này", "dại!", "liều *1 mình|mạng|thuốc", "quẩn!", "chỉ còn *2 đường",
        "không|chẳng|hết *1 muốn|thiết *2 sống|dậy",
    ),
    "means": (
        "lọ|vỉ|viên|nắm|hộp thuốc *1 ngủ|an?", "đập|lao đầu|ra", "thuốc *1 sâu!|chuột|cỏ!|ngủ|độc|trừ|diệt", "dây thừng|điện|dù|xích", "sợi dây", "lan can", "ban công", "sân thượng", "tầng thượng|mái|cao", "nhảy *2 xuống|lầu|sông|cầu|từ", "lên|ra|qua *2 cầu|sông|hồ|biển",
        "rạch|cứa|lam *1 tay|da|cổ", "dao! lam|rọc|bếp", "cầm dao", "cắt *1 tay|mạch|cổ", "lá ngón", "vỉ|nắm|lọ|viên *1 thuốc",
    ),
}  # fmt: skip
_VIOLENCE: dict[str, tuple[str, ...]] = {
    "drink_or_rage": (
        "say", "xỉn!", "nhậu!", "rượu", "nghiện", "ma túy", "chửi^ *1 bới|rủa|mắng?", "chui rua|boi|mang", "quát tháo", "nổi điên|khùng|nóng", "lên cơn", "đập *2 đồ|phá|cửa|cua|bàn|bát|chén", "ném *2 đồ|bát|chén|dép", "ghen", "đay nghiến",
    ),
    "household": (
        "chồng^", "bố^", "dượng!", "mẹ kế|ghẻ|chồng", "con trai|rể|dâu", "anh ta|ấy", "ông ấy|ta|xã", "hắn", "thằng", "người yêu", "ny|nyc", "bạn trai", "nó!",
    ),
    "fear": (
        "em|cháu|con|tôi|mình *2 sợ!", "trốn!", "không|chẳng *1 dám *1 nói|kêu|về|khai|ngủ|kể|báo", "cầu cứu", "bỏ chạy", "chạy *2 ra|trốn|sang|thoát", "can *2 không|chẳng|được", "ám ảnh",
    ),
    "marks": (
        "bầm!", "bầm tím|dập", "thâm! tím?", "vết *1 roi|thương|bầm|đánh|bỏng", "lằn!", "sưng *1 mặt|mắt|má!|vêu", "máu me",
    ),
    "cries": (
        "tiếng *2 khóc|kêu|la|hét|chửi|roi|đánh|thét", "khóc thét|ré|nấc|gào|la", "la hét", "gào *1 khóc|thét", "kêu cứu|la",
    ),
    "blows": (
        "đánh^", "đập!", "tát!", "đấm!", "đạp!", "vụt!", "quật!", "oánh", "uýnh", "phang", "táng!", "vả!", "tẩn!", "bốp bốp", "đòn! roi?", "roi *1 vọt|mây|da|điện|vào", "giết", "chém!", "hành hạ|hung", "cào cấu",
    ),
    "confined": (
        "nhốt *1 @victim|hai|2|mẹ|vợ|luôn", "khoá *2 trái|cửa|nhà", "không|chẳng cho *3 ra *1 khỏi|ngoài|đường|nhà", "giữ|thu|đập!|tịch|lấy *2 điện thoại", "kiểm soát *2 tiền|điện|chặt|từng", "quản thúc", "cấm *2 ra|gặp|gọi|liên", "đuổi *3 ra *1 khỏi|đường|ngoài",
    ),
}  # fmt: skip
# Beside these the household is the writers' own ("hai vợ chồng tôi"), or no household.
_NOT_AFTER = {"household": "vợ|hai|2|cô|bác|mua"}
# After these "đánh", "đập", "tát" are something else.
_NOT_BEFORE = (
    "giá|răng|cắp|rơi|mất|lừa|máy|đề|bài|cờ|bạc|bắt|vần|số|dấu|thức|đổi|lưới|cá|trống|tiếng|đàn|bóng|cầu|phấn|gió|bại|bay|giặc|đu|thuế|tráo|trận|lận|vảy|bật|thuốc|vào",
    "sách|cho|mục|tính|riêng|nghĩa|hiệu|dự|phận|từ|bạ|thiếp|thời|tiền|dụm", "xe|đá|nước|ruộng|muỗi|ruồi|rắn|chuột|virus|covid|dịch", "diện|bại", "nhau *1 trong", "chết *1 người|virus|vi|khuẩn|nhiều",
)  # fmt: skip
# Which hints make each other count. The pairs were chosen on the training data: both halves of a pair are common in cries
# for help and hardly ever meet in other messages.
_PAIRS: tuple[tuple[str, str], ...] = (
    ("parting", "parting"),
    ("parting", "last_wish"),
    ("parting", "apology"),
    ("parting", "release"),
    ("last_wish", "apology"),
    ("last_wish", "despair"),
    ("apology", "death"),
    ("apology", "means"),
    ("apology", "despair"),
    ("despair", "death"),
    ("despair", "means"),
    ("release", "death"),
    ("release", "means"),
    ("death", "means"),
    ("drink_or_rage", "fear"),
    ("drink_or_rage", "marks"),
    ("drink_or_rage", "confined"),
    ("household", "marks"),
    ("household", "confined"),
    ("household", "blows"),
    ("fear", "marks"),
    ("fear", "confined"),
    ("fear", "blows"),
    ("marks", "cries"),
    ("marks", "blows"),
    ("cries", "blows"),
    ("confined", "blows"),
)


def _companions(name: str) -> frozenset[str]:
    return frozenset(
        other for pair in (*_PAIRS, *(pair[::-1] for pair in _PAIRS)) for other in pair[1:] if pair[0] == name
    )


RULES: tuple[Rule, ...] = tuple(
    Rule(
        name,
        key,
        phrases,
        Needs.COMPANION,
        not_after=_NOT_AFTER.get(name, ""),
        not_before=_NOT_BEFORE,
        companions=_companions(name),
    )
    for key, hints in ((self_harm.KEY, _SELF_HARM), (violence.KEY, _VIOLENCE))
    for name, phrases in hints.items()
)
