"""Who is no person: animals, plants, machines, figures in tales and games, as patterns for `vitext.subject`.

"con cho", "con bo", "chau lan" "con tho" without accents are as often "cho", "bố", "cháu Lan", "con thở": those words must bear their accents.
"bé Tôm", "bé Thỏ" are children: only "con" and its like make an animal.
"""

from __future__ import annotations

_ANIMALS = "chó!|mèo!|gà|vịt|lợn!|heo|trâu|bò!|bê!|nghé!|dê!|ngỗng!|cá!|thỏ!|hamster|chuột|rắn!|ngựa!|vẹt!|cún|tằm!|corgi|poodle"
_PLANTS = "mai|đào|hoa|quất|cảnh|rau|lúa|cam|bưởi|chuối|mít|ớt|lan|bonsai|keo|tre|hồng!|xoài|nhãn"
_MACHINES = (
    "máy tính|lạnh|giặt|bơm|in|khâu|lọc|sấy|cưa", "laptop", "pc", "tủ lạnh", "điện thoại", "tivi", "ti vi", "quạt!", "cái|con quạt", "con? xe wave|dream|máy|đạp|tải|ga|số", "con xe",
    "ô tô", "bóng đèn", "đèn!", "mạng mẽo|chết|sập|lag", "wifi", "ắc quy", "động cơ", "điều hòa|hoà", "nồi *1 cơm|chiên", "bếp ga|gas|từ", "pin", "chuông!", "dt|đt sắp|chết|sập", "cái máy tính|giặt|bơm|này", "máy nén|cày|gặt", "ổ cứng",
)  # fmt: skip
MACHINES = (*(f"{machine} nhà|của? @self" for machine in _MACHINES), *_MACHINES)
THINGS = (
    f"con|đàn|bầy|lũ|mấy {_ANIMALS} *1 nhà|của @self|@relative|mình|hàng xóm?",
    f"con|đàn|bầy|lũ|mấy {_ANIMALS}",
    f"{_ANIMALS} *1 nhà|của @self|ông|bà|bố|mẹ",
    "chó!|mèo!|gà!|lợn!|trâu!|vịt!",
    "con? lon|heo nai|thit|giong nha? @self?",
    "ca|cá trong be|bể|ao|ho|hồ|chau|chậu",
    "con cho|meo nha|cua|to|gia|duc|cai|an|xu|becgie",
    f"cây *1 {_PLANTS} *1 nhà|trước|của @self?",
    f"cây|chậu!|giàn!|vườn|ruộng *1 {_PLANTS}",
    "cây! cối|trồng|nhà",
)
TALES = (
    "nhân vật", "diễn viên", "đóng vai", "nam|nữ chính|phụ", "phim", "truyện!", "truyen tranh|ngan|kieu|ngon|nay", "tiểu thuyết", "vở kịch", "bài|đề!|môn văn", "lão hạc", "chí phèo", "vũ nương", "thị! nở!",
    "thuyết trình", "bài luận|hát|thơ|văn|tập", "trận bóng|đấu|cầu|chung|derby", "cầu thủ", "messi", "ronaldo", "đội tuyển|bóng", "gỡ! hòa|bàn", "bàn! gỡ|thắng", "đội! nhà|khách", "siêu nhân|anh", "quái vật", "game này|over|đó", "boss|bos", "bóng đá|chuyền",
    "chứng khoán", "cổ phiếu", "crush", "idol", "xác suất", "son môi|màu", "đánh son",
)  # fmt: skip
GAMES = (
    "liên quân", "pubg", "free fire", "minecraft", "roblox", "tướng nào", "leo rank", "5v5", "lô! hôm|qua|nay|tô|đề", "xổ số", "kèo!", "gank", "skin",
)  # fmt: skip

MARKS: dict[str, tuple[str, ...]] = {"thing": THINGS, "machine": MACHINES, "tale": TALES, "game": GAMES}
