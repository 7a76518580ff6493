"""What explains a danger phrase harmlessly where it stands in the same sentence (``Rule.unless``)."""

from __future__ import annotations

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
    "kín quá|mít|bưng",
    "trời|nắng nóng",
    "nóng như *1 thiêu|đổ|lò|rang|lửa",
    "vì *1 giá|tiền|học|thi|deadline",
    "n95",
    "cười *3 tắt|ngất|xỉu|đứt|nghẹt",
)
# Who calls for help out of hunger, or over an app or a test, needs no ambulance; hunger is another sensitive key,
# which the engine finds.
OTHER_NEED = (
    "app|otp|qr|bài|vạch",
    "đói!",
    "cháo loãng",
    "ô|ô! tép|tê",
    "qua chốt",
    "đói quá|lắm|ăn|khát|rồi|bụng",
    "hết *2 gạo|sữa|cơm|mì|bỉm|đồ|thức|lương|nước|tiền",
    "không|chẳng *2 gì *1 ăn",
    "không|chẳng *1 có|còn *1 gạo|cơm|sữa|tiền",
)
# A caller who tells of an accident and asks for money is a cheat.
RANSOM = ("chuyển|gửi|nộp *3 triệu|nghìn|khoản|tr", "lừa")
# The ambulance that is seen, ridden or dreamt of, the emergency that is over or watched over by a hospital.
ELSEWHERE = (
    *RANSOM,
    "đi|ngồi *1 chung",
    "chung xe",
    "mơ *1 thấy",
    "còi|tiếng *2 xe cấp|cứu",
    "thấy *1 xe cấp cứu *1 chạy|hú|đậu|chở|vào",
    "chăm|trông|nuôi|thăm *4 mổ|cấp",
    "ra viện",
    "mổ *1 cấp cứu",
    "xe cấp cứu *1 ghé|chạy|hú|chở",
    "ông|thằng|đứa bạn uống|ăn",
    "thi hài|thể",
    "nằm|đi cấp cứu *2 tuần|tháng|hồi|năm",
    "sổ đỏ",
    "rao|mua|thanh bán|lý",
)
# Manners of speaking: "yêu em muốn chết", "gọi lâu muốn chết", a pupil bored who asks when school begins.
MANNER = (
    "thích|mê|thèm *2 muốn|sắp|gần chết",
    "yêu em|anh muốn chết mà",
    "tưởng *2 sắp|gần chết",
    "gọi|chờ|đợi|xếp|đứng|load *3 lâu|mỏi *1 muốn|sắp|gần chết",
    "chán *1 muốn|sắp chết *2 bao|khi giờ|nào",
    "nhớ *1 trường|lớp|bạn|quán|món|biển|phố|quê",
    "học|bài|việc|deadline *2 nhiều muốn|sắp chết",
    "đau *1 răng|đầu|lưng|tay|chân|vai|mắt *1 muốn|sắp chết",
)
