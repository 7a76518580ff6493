"""Who is meant: persons, and the same words where they only ask, are spoken to, or mean people in general."""

from __future__ import annotations

# Persons that are no @self or @relative alone.
PERSONS = (
    "@self", "@relative", "hàng xóm", "người nhà|thân|yêu|ta", "bạn em|tôi|mình|cháu|gái|trai|cùng|học|thân", "nhà em|tôi|mình", "cả nhà *1 bị|đang|đều|ngộp|ngạt|sốt|khó",
    "nghe *1 tiếng", "trẻ|bé sơ|mới sinh|đẻ", "bệnh nhân nhà|ở|đang|này|tên", "nhà bên|đối", "cụ|cô nhà|em|tôi|ông|bà|cố|ấy",
)  # fmt: skip
# Persons in these phrases only ask or are spoken to, or are people in general.
NO_PERSONS = (
    "cho|xin phép? @self|@relative *1 hỏi|biết|xin|gửi|tham|hay", "@self|@relative *1 muốn|xin|cần|định|có|đang|cũng hỏi|biết|tìm|thắc|tham|hiểu",
    "giúp|chỉ|bảo|nhờ|báo|tư|vấn|trả @self", "@self hỏi|nghe|đọc|xem|thắc", "@relative|@self ơi|à|ạ", "trẻ|các|những|mọi|nhiều @self|@relative",
    "mẹ|bà bầu|bỉm|con", "bà con", "con người|số|đường|vật|vi|virus|cái|bệnh|covid", "bác sĩ|sỹ|sỉ", "cô vít|vid|vi|vy|giáo", "ba mũi|lần|ngày|tuần|tháng|liều|con",
    "cho con bú", "đang cho con? bú", "ba|ông|bà lô", "phụ nữ *3 con", "u xơ|bướu", "mệ bầu", "cụ thể", "chú ý", "cha|bố|ba mẹ|má cần|nên|phải|có",
)  # fmt: skip
