"""What in a message raises a danger phrase (a person, now, an injection) or lowers it (a question in general, the past)."""

from __future__ import annotations

# Persons that are no @self or @relative alone.
PERSONS = (
    "@self", "@relative", "hàng xóm", "người nhà|thân|yêu|ta", "bạn em|tôi|mình|cháu|gái|trai|cùng|học|thân", "nhà em|tôi|mình",
    "nghe *1 tiếng", "bệnh nhân nhà|ở|đang|này|tên", "nhà bên|đối", "cụ|cô nhà|em|tôi|ông|bà|cố|ấy",
)  # fmt: skip
# Persons in these phrases only ask or are spoken to, or are people in general.
NO_PERSONS = (
    "cho|xin phép? @self|@relative *1 hỏi|biết|xin|gửi|tham|hay", "@self|@relative *1 muốn|xin|cần|định|có|đang|cũng hỏi|biết|tìm|thắc|tham|hiểu",
    "giúp|chỉ|bảo|nhờ|báo|tư|vấn|trả @self", "@self hỏi|nghe|đọc|xem|thắc", "@relative|@self ơi|à|ạ", "trẻ|các|những|mọi|nhiều @self|@relative",
    "mẹ|bà bầu|bỉm|con", "bà con", "con người|số|đường|vật|vi|virus|cái|bệnh|covid", "bác sĩ|sỹ|sỉ", "cô vít|vid|vi|vy|giáo", "ba mũi|lần|ngày|tuần|tháng|liều|con",
    "cho con bú", "đang cho con? bú", "ba|ông|bà lô", "phụ nữ *3 con", "u xơ|bướu", "mệ bầu", "cụ thể", "chú ý", "cha|bố|ba mẹ|má cần|nên|phải|có",
)  # fmt: skip

# It happens now. Directly before (two words) or after (three words) a sign these beat a question in general.
NOW_BEFORE = (
    "đang", "vừa", "tự nhiên|dưng", "bỗng", "đột ngột|nhiên", "bắt đầu", "hiện nay|tại|giờ|đang|đã", "bây? giờ", "sáng|chiều|tối|trưa|đêm|hôm nay", "tối|đêm|hôm qua",
    "nãy giờ", "mấy hôm|ngày|bữa nay", "càng", "mấy|cả đêm|ngày|hôm",
)  # fmt: skip
NOW_AFTER = (
    "quá",
    "lắm",
    "dữ",
    "ghê",
    "kinh",
    "rồi",
    "nữa",
    "luôn",
    "liên tục",
    "nặng quá|lắm|rồi|hơn|dần|thêm",
    "từ sáng|tối|đêm|chiều|hôm|trưa|nãy",
)
NOW_ANYWHERE = (
    *NOW_BEFORE,
    "quá",
    "lắm",
    "rồi",
    "cứu với",
    "giúp *1 với",
    "liên tục",
    "từ sáng|tối|đêm|chiều|trưa|hôm",
)

# A story that is told, not lived: lowers every danger when it stands before the phrase in its sentence.
REPORT = (
    "nghe *1 nói|đồn|bảo|tin|kể!|đâu", "người ta nói|bảo|đồn|kể|hay", "tin đồn|giả|tức", "trên mạng|facebook|face|fb|báo|tivi|tiktok", "bài báo|viết|đăng",
    "báo đưa|đăng|nói", "phim|truyện|sách|bài|kịch", "vụ", "tỷ|tỉ lệ", "phòng chống|ngừa|tránh", "tuyên truyền",  "nhiều người",
    "một|1 ca|người|vụ", "bao nhiêu ca|người|vụ", "xem", "tình trạng", "vấn nạn",
)  # fmt: skip
# A case that is thought of: lowers signs of illness that follow in the sentence, whoever is named.
CONDITION = (
    "nếu", "lỡ!", "nhỡ!", "giả sử|như|dụ", "trong? trường hợp nào|có", "khi nào|có|mô|thấy|gặp", "bao giờ|lâu", "lúc nào|mô", "cần|phải|cách|tự|được *1 theo dõi", "hướng dẫn",
    "cách xử|nhận|phòng|chữa|sơ|theo|chăm|cấp", "đề phòng", "phòng khi", "sợ|lo|ngại *3 bị|sẽ|sốc|phản", "liệu", "có thể", "có *1 gây", "gây ra?", "ví dụ",
    "những ai", "phân biệt", "thế nào là", "hoặc là", "sau tiêm *2 có bị", "dễ bị|chuyển|trở|diễn|tử|nặng|lên|dẫn", "sợ|ngại", "coi|xem|gọi là|như", "sao|nào *1 biết", "nguy cơ",
)  # fmt: skip
# Illness that follows from this is no danger: breath behind a mask, after a run.
EFFORT = (
    "đeo|mang|đeo *3 khẩu trang",
    "đeo vô|vào|cả|cái|suốt|lâu|nhiều|là|mãi|hoài|không|hai|hơn|từ|tới|mà|thì",
    "leo|trèo *1 dốc|thang|núi|cầu|bậc|đồi",
    "di chứng",
    "mang|đeo *1 kt",
    "bịt|che *2 khẩu trang",
    "khi|lúc *1 chạy|tập|bơi|leo|đá",
    "chạy bộ",
    "tập thể|gym",
    "khẩu trang *4 khó|ngạt|ngộp|bí",
)
# Who calls for help out of hunger, or over an app or a test, needs no ambulance; hunger is another sensitive key,
# which the engine finds.
OTHER_NEED = (
    "app|otp|qr|bài|vạch",
    "đói!",
    "đói quá|lắm|ăn|khát|rồi|bụng",
    "hết *2 gạo|sữa|cơm|mì|bỉm|đồ|thức|lương|nước|tiền",
    "không|chẳng *2 gì *1 ăn",
    "không|chẳng *1 có|còn *1 gạo|cơm|sữa|tiền",
)
# A caller who tells of an accident and asks for money is a cheat.
RANSOM = ("chuyển|gửi|nộp *3 triệu|nghìn|khoản|tr", "lừa")
# A question in general: lowers a sign of illness unless a person is named before it or it happens now.
QUESTION = (
    "theo dõi", "triệu|trịu chứng", "dấu hiệu", "biểu hiện", "là *1 gì|sao|triệu|dấu|biểu|do|như|bệnh|bị|bao|số", "có phải", "do đâu|gì", "thông tin", "tìm hiểu", "có *1 ảnh hưởng",
    "khi nào", "bao giờ|lâu|nhiêu", "tốt hay", "là *1 nặng|nguy *1 chưa|không|hay", "kể *1 ra? *1 những|các", "nguy hiểm *1 không", "có nguy hiểm", "có *4 được *3 không", "được không", "có nên|lây|nghiêm", "xử trí|lý|lí", "sơ cứu",
    "nguyên nhân", "phân biệt", "tỷ|tỉ lệ", "biến chứng|thể|thế", "di chứng", "hậu covid", "phản ứng phụ", "tác dụng phụ|không|gì", "đúng không", "thật không",
    "chữa|trị *2 bằng|được|khỏi|khó", "bao? gồm", "người bị|có|mắc|hay|già|tiêm|bệnh|từng|đang", "bệnh nhân", "f0 *2 nhịp|thở", "trẻ|bà|mẹ em|bầu|nhỏ|con", "quy định", "khám *3 ở? đâu|nào", "loại nào",
    "vì|tại sao", "số cấp|xe", "phí|tiền|giá|giấy *3 không", "mấy|bao ngày|hôm|lâu|độ|tuần *1 thì|là|mới|phải|sẽ", "thì *1 phải|cần|nên|mới *1 cấp|gọi|nhập|vào", "thường xảy|gặp|xuất|mấy|bao|sau|trong", "xảy ra", "lúc|giờ nào", "bình thường *2 không|à", "là bình thường", "bt khong",
    "có *1 mất|tốn|cần|phải *2 giấy|tiền|phí|trả|test|xét", "là *2 mấy", "ai *2 bị|có", "cần biết|chú|lưu", "khác nhau|gì|nhau",
    "covid *1 có|gây|hay|bị|thường", "thế|như nào", "có mấy|bao", "mục|tiêu đích|chuẩn", "máy đo", "bình *1 oxy", "giá *2 bao", "mua *3 ở|đâu", "thuê *3 ở|đâu", "nhận|phát biết|hiện",
)  # fmt: skip
# A question which signs there are: lowers them even beside a person ("chăm mẹ F0 thì những dấu hiệu nào phải gọi 115").
WHICH = (
    "những|các|với|biết|hỏi|thấy|có *1 dấu|triệu|biểu hiệu|chứng|hiện *1 nào|gì|chi|sao",
    "thấy|nhìn gì|chi thì? *1 phải|gọi",
    "sao|nào thì *1 gọi là",
    "dấu|biểu|triệu hiệu|hiện|chứng nào|gì",
    "kể *1 ra? *1 những|các",
)
# The same, but only after the sign ("… thì gọi ai"); before it, it tells what followed ("tiêm xong thì bị …").
THEN = ("thì *2 sao|bấm|làm|gọi|phải|nên|có|đến|đi|xử|báo|liên|cần|bao|ai|khi|tới|ra|được|như",)
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
# Long ago: lowers signs of illness unless the message also says now.
PAST = (
    "năm|tháng|tuần|đợt|lần|hồi|dạo @past_time", "tháng|tuần rồi", "hôm|bữa trước", "tung phai|bi|co|mac|nhap|soc", "hồi *1 2|3|4|5|6|7|8|9|10 tuổi", "1|2|3|4|5|mấy|nhiều năm nay|rồi|trước", "trước đây|kia", "hoi nho|do|truoc", "hồi! *2 nhỏ|đó|năm|tháng|bị|mắc|xưa|ấy|mới|còn", "ngày xưa", "từng! bị|có|mắc|phải|là|tiêm|đi|sốc|ngất|nhập|mổ|dị|được|điều|co|khó|đau", "tiền sử", "đợt *2 trước",
    "lần *3 trước", "mũi *1 1|một|trước|đầu *3 bị", "mũi|lần trước",
)  # fmt: skip
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

# The names under which `vitext.situation` asks for them.
MARKS: dict[str, tuple[str, ...]] = {
    "person": ("@self", "@relative", *PERSONS),
    "self": ("@self",),
    "nobody": NO_PERSONS,
    "now_before": NOW_BEFORE,
    "now_after": NOW_AFTER,
    "now": NOW_ANYWHERE,
    "report": REPORT,
    "condition": CONDITION,
    "effort": EFFORT,
    "other_need": OTHER_NEED,
    "ransom": RANSOM,
    "question": QUESTION,
    "which": WHICH,
    "then": THEN,
    "law": LAW,
    "past": PAST,
    "habit": HABIT,
    "eligible": ELIGIBLE,
    "just_injected": JUST_INJECTED,
    "injected": INJECTED,
    "not_injected": NOT_INJECTED,
    "covid": COVID,
    "recovered": RECOVERED,
    "not_at_all": NOT_AT_ALL,
}
