"""What in a message raises a danger phrase (a person, now, an injection) or lowers it (a question in general, the past)."""

from __future__ import annotations

from vitext.rules import explanations, persons, times

# A story that is told, not lived: lowers every danger when it stands before the phrase in its sentence.
REPORT = (
    "nghe *1 nói|đồn|bảo|tin|kể!|đâu", "người ta nói|bảo|đồn|kể|hay", "tin đồn|giả|tức", "trên mạng|facebook|face|fb|báo|tivi|tiktok", "bài báo|viết|đăng",
    "báo đưa|đăng|nói", "phim|sách|bài", "truyện!", "vở|hài kịch", "vụ!", "vu an|viec|nay|do|tai", "tỷ|tỉ lệ", "phòng chống|ngừa|tránh", "tuyên truyền",  "nhiều người",
    "một|1 ca|người|vụ", "bao nhiêu ca|người|vụ", "xem", "tình trạng", "vấn nạn",
    "có người bảo|nói|đồn|kể|đăng|chia", "ai cũng dọa|doạ|bảo|nói|kể", "lan *1 tin", "ảnh chụp|chế", "tin bịa|vịt|nhảm", "đọc báo", "có bác|ông|bà|đứa kể|đồn",
)  # fmt: skip
# Asked whether it is true, or called untrue, before or after the phrase; whoever writes of himself is believed.
RUMOUR = (
    "có thật|thiệt *1 không|hay|chứ", "thật|thiệt hay giả|giỡn|bịa|đùa|đồn|không|dựng", "tin bịa|giả|đồn|vịt|nhảm", "ảnh cũ", "xác minh", "kiểm chứng",
)  # fmt: skip
# A case that is thought of: lowers signs of illness that follow in the sentence, whoever is named.
CONDITION = (
    "nếu", "lỡ!", "nhỡ!", "giả sử|như|dụ", "trong? trường hợp nào|có", "khi nào|có|mô|thấy|gặp", "bao giờ|lâu", "lúc nào|mô", "cần|phải|cách|tự|được *1 theo dõi", "hướng dẫn",
    "cách xử|nhận|phòng|chữa|sơ|theo|chăm|cấp", "đề phòng", "phòng khi", "sợ|lo|ngại *3 bị|sẽ|sốc|phản", "liệu", "có thể", "có *1 gây", "gây ra?", "ví dụ",
    "những ai", "phân biệt", "thế nào là", "hoặc là", "sau tiêm *2 có bị", "dễ bị|chuyển|trở|diễn|tử|nặng|lên|dẫn", "sợ|ngại", "coi|xem|gọi là|như", "sao|nào *1 biết", "nguy cơ",
    "hồi! bé|nhỏ|xưa", "hoi be *1 hay", "ngày bé|xưa", "kẻo ngạt|ngất|giật", "canh chừng", "dễ xỉu|ngất", "lo lúc|nửa|đêm", "lon *1 bia *1 thì|có",
)  # fmt: skip
# Who writes so means to do it, though no person is named: Vietnamese leaves "I" out.
WISHED = ("muốn|định|thèm|tính|nghĩ|ước|thà", "cho xong|nhẹ|khuất|rảnh|đỡ", "nhiều lúc", "quách|phứt")
# A question in general: lowers a sign of illness unless a person is named before it or it happens now.
QUESTION = (
    "theo dõi", "triệu|trịu chứng", "dấu hiệu", "biểu hiện", "là *1 gì|sao|triệu|dấu|biểu|do|như|bệnh|bị|bao|số", "có phải", "do đâu|gì", "thông tin", "tìm hiểu", "có *1 ảnh hưởng",
    "khi nào", "bao giờ|lâu|nhiêu", "tốt hay", "là *1 nặng|nguy *1 chưa|không|hay", "kể *1 ra? *1 những|các", "nguy hiểm *1 không", "có nguy hiểm", "có *4 được *3 không", "được không", "có nên|lây|nghiêm", "xử trí|lý|lí", "sơ cứu",
    "nguyên nhân", "phân biệt", "tỷ|tỉ lệ", "biến chứng|thể|thế", "di chứng", "hậu covid", "phản ứng phụ", "tác dụng phụ|không|gì", "đúng không", "thật không",
    "chữa|trị *2 bằng|được|khỏi|khó", "bao? gồm", "người bị|có|mắc|hay|già|tiêm|bệnh|từng|đang", "bệnh nhân", "f0 *2 nhịp|thở", "trẻ|bà|mẹ em|bầu|nhỏ|con", "quy định", "khám *3 ở? đâu|nào", "loại nào",
    "vì|tại sao", "số cấp|xe", "phí|tiền|giá|giấy *3 không", "mấy|bao ngày|hôm|lâu|độ|tuần *1 thì|là|mới|phải|sẽ", "thì *1 phải|cần|nên|mới *1 cấp|gọi|nhập|vào", "thường xảy|gặp|xuất|mấy|bao|sau|trong", "xảy ra", "lúc|giờ nào", "bình thường *2 không|à", "là bình thường", "bt khong",
    "có *1 mất|tốn|cần|phải *2 giấy|tiền|phí|trả|test|xét", "là *2 mấy", "ai *2 bị|có", "cần biết|chú|lưu", "khác nhau|gì|nhau",
    "covid *1 có|gây|hay|bị|thường", "thế|như nào", "có mấy|bao", "số riêng", "xe từ đâu", "mục|tiêu đích|chuẩn", "máy đo", "bình *1 oxy", "giá *2 bao", "mua *3 ở|đâu", "thuê *3 ở|đâu", "nhận|phát biết|hiện",
)  # fmt: skip
# A question which signs there are: lowers them even beside a person ("chăm mẹ F0 thì những dấu hiệu nào phải gọi 115").
WHICH = (
    "những|các|với|biết|hỏi|thấy|có *1 dấu|triệu|biểu hiệu|chứng|hiện *1 nào|gì|chi|sao",
    "thấy|nhìn gì|chi thì? *1 phải|gọi",
    "sao|nào thì *1 gọi là",
    "dấu|biểu|triệu hiệu|hiện|chứng nào|gì",
    "kể *1 ra? *1 những|các",
    "thấy|có|gặp|bị những gì|chi",
    "những gì|chi *1 thì|là|mới",
)
# The same, but only after the sign ("… thì gọi ai"); before it, it tells what followed ("tiêm xong thì bị …").
THEN = ("thì *2 sao|bấm|làm|gọi|phải|nên|có|đến|đi|xử|báo|liên|cần|bao|ai|khi|tới|ra|được|như",)
# Where to turn, asked for others, of work or at school: lowers violence that is named only behind it.
SERVICE = (
    "đường dây *2 hỗ|nóng|tư|cho|phòng", "tổng đài *1 nào|hỗ|tư|bảo|cho|tiếp", "hội *1 liên? phụ nữ", "thuyết trình", "làm bài", "bài tập|luận", "nói chung", "@self? viết|soạn|đăng bài|tin", "@self? làm cán bộ", "cán bộ *1 hội|xã|phụ",
    "hội thảo", "pa nô", "khẩu hiệu",
)  # fmt: skip
# A question of law: lowers violence unless the writer is the victim.
LAW = (
    "phạt",
    "luật",
    "xử lý|lí|phạt|tội",
    "tội *1 gì|danh|không",
    "quy định",
    "đi tù",
    "khởi tố",
    "thế nào là",
    "là gì|sao",
    "gồm",
    "hình thức",
)
# An old complaint and a question who may be vaccinated: together an ordinary question.
HABIT = (
    "thỉnh|thi thoảng", "hay|thường *1 bị|xuyên|khó|đau|ngất|tức|đập", "tiền sử", "bẩm sinh", "mạn|mãn tính", "bệnh|bị hen|suyễn|tim|phổi|động", "liệt", "từng! bị|có|mắc|phải|là|sốc|ngất|co|khó|đau",
    "mỗi lần|khi",
)  # fmt: skip
ELIGIBLE = (
    "tiêm *3 được *1 không|chưa",
    "được|nên|cần|đủ *1 tiêm|chích",
    "tiêm *1 vắc|vacxin|vaccine|mũi *3 không",
    "hoãn tiêm",
    "tiêm *1 ở|tại *1 đâu|nhà",
)
# A vaccination, recent and of this writer.
JUST_INJECTED = (
    "vừa|mới|đi *2 @jab", "@jab *2 xong|về|rồi", "sau *2 @jab", "@jab lúc|hôm|sáng|chiều|tối|trưa|ngày", "@jab *6 được *2 phút|tiếng|giờ|ngày|hôm|p|h",
    "phản ứng *2 thuốc|vắc|vacxin|vaccine|vắcxin|mạnh|nặng", "@jab *5 phút|tiếng|giờ|hôm|nay", "về nhà *2 sau @jab",
)  # fmt: skip
INJECTED = (
    "@jab",
    "vắc|vac|văc|vắt|vawcs xin|xanh|cin|xim|xinh",
    "vacxin|vaccine|vaxin|vắcxin|vacin|vaccin",
    "astra|astrazeneca|pfizer|moderna|vero|vabiotech|az",
    "mũi 1|2|3|một|hai|ba|đầu|nhắc|bổ",
)
NOT_INJECTED = (
    "chưa|không được|đi|có|dám|muốn|cho|kịp|ai|từng|đủ|phải? *1 @jab",
    "chưa *2 vắc|vacxin|mũi",
    "chưa|không được *1 @jab",
    "trước khi? @jab",
    "đợi|chờ|xếp|lịch|ký|bị|sắp|định|muốn được|đi|tới|đến|để|hàng? @jab",
    "@jab loại|mũi nào|gì|mô",
    "nên|hưởng @jab",
)
COVID = ("f0", "dương tính", "mắc|nhiễm|bị covid|cô!|corona", "test *2 dương|2|hai", "phổi")
# Better already: stands within four words after the sign.
RECOVERED = (
    "đỡ|hết|khỏi|ổn|bớt rồi|hẳn|nhiều|dần|hoàn",
    "đã|thì|cũng|nay|giờ *1 đỡ^|hết|khỏi^|ổn^|bớt",
    "không còn nữa?",
)
# "có khó thở đâu": denied after all.
NOT_AT_ALL = ("đâu!",)

# The names under which `vitext.marks` asks for them.
MARKS: dict[str, tuple[str, ...]] = {
    "person": ("@self", "@relative", *persons.PERSONS),
    "self": ("@self",),
    "nobody": persons.NO_PERSONS,
    "now_before": times.NOW_BEFORE,
    "now_after": times.NOW_AFTER,
    "now": times.NOW_ANYWHERE,
    "report": REPORT,
    "condition": CONDITION,
    "effort": explanations.EFFORT,
    "other_need": explanations.OTHER_NEED,
    "elsewhere": explanations.ELSEWHERE,
    "ransom": explanations.RANSOM,
    "manner": explanations.MANNER,
    "rumour": RUMOUR,
    "service": SERVICE,
    "not_now": times.NOT_NOW,
    "not_past": times.NOT_PAST,
    "lately": times.LATELY,
    "wished": WISHED,
    "question": QUESTION,
    "which": WHICH,
    "then": THEN,
    "law": LAW,
    "past": times.PAST,
    "habit": HABIT,
    "eligible": ELIGIBLE,
    "just_injected": JUST_INJECTED,
    "injected": INJECTED,
    "not_injected": NOT_INJECTED,
    "covid": COVID,
    "recovered": RECOVERED,
    "not_at_all": NOT_AT_ALL,
}
