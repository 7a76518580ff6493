"""Whether it happens now, lately, or happened long ago."""

from __future__ import annotations

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
# "qua" here is no "quá".
NOT_NOW = ("qua chốt|cầu|tỉnh|huyện|zalo|app|đò|phà|trạm",)
# "dương tính tuần trước" dates the illness, not the sign.
NOT_PAST = ("tính|nhiễm|f0|test|tiêm|chích *2 tuần|tháng|hôm|bữa|đợt|mũi|lần trước|rồi|đầu",)
# So somebody tells what goes on, even if a question follows without naming the person.
LATELY = (
    "tự nhiên|dưng", "mấy|hai|ba|2|3 hôm|ngày|bữa nay", "từ sáng|tối|đêm|chiều|hôm|trưa|nãy", "đột nhiên|ngột", "nãy giờ",
)  # fmt: skip
# Long ago: lowers signs of illness unless the message also says now.
PAST = (
    "năm|tháng|tuần|đợt|lần|hồi|dạo @past_time", "tháng|tuần rồi", "hôm|bữa trước", "tung phai|bi|co|mac|nhap|soc|nam|vao|tho|cap", "hồi *1 2|3|4|5|6|7|8|9|10 tuổi", "1|2|3|4|5|mấy|nhiều năm nay|rồi|trước", "trước đây|kia", "hoi nho|do|truoc", "hồi! *2 nhỏ|đó|năm|tháng|bị|mắc|xưa|ấy|mới|còn", "ngày xưa", "từng! bị|có|mắc|phải|là|tiêm|đi|sốc|ngất|nhập|mổ|dị|được|điều|co|khó|đau|nằm|vào|thở|cấp|suýt|gặp", "tiền sử", "đợt *2 trước",
    "lần *3 trước", "mũi *1 1|một|trước|đầu *3 bị", "mũi|lần trước",
)  # fmt: skip
