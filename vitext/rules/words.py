"""Word classes for the patterns: ``@self``, ``@relative`` and the others."""

from __future__ import annotations

CLASSES: dict[str, str] = {
    "self": "tôi^ em mình^ cháu^ tao tớ!",
    "relative": (
        "con bé^ mẹ^ má! mạ! mệ! bố^ ba cha thầy! tía! u bu bầm! ông^ bà^ cụ! chồng^ vợ^ anh chị^ cô! dì! chú! bác^ cậu! "
        "mợ! thím dượng! nó! hắn! thằng! đứa! nhóc nội! ngoại!"
    ),
    "aggressor": "ảnh! chồng vợ bố ba cha mẹ thầy! dượng ông bà anh chị chú! bác cậu! nó! hắn! thằng! lão! gã! xóm trai gái họ! yêu ta bạn rể kế",
    "kin": (
        "chồng^ bố^ cha! mẹ^ dượng! thầy! tía! hắn! lão! gã! rể^ kế^ ghẻ^ yêu^ trai ta thằng! ấy^ đẻ^ má! bầm! cũ^ nghiện^ nó! ny nyc tao! ông^ bà^ ba!"
    ),
    "guard": "an! vệ! quân! giáo! trọ! giám! việc! phòng! mẫu!",
    "harm": "đánh^ đập^ tát! đấm! đạp! vụt! quật quất oánh uýnh phang choảng táng! vả! tẩn! nện! chém! trói! nhốt",
    "at": "vào vô lên xuống",
    "death": "chết chít die",
    "wish": "muốn mún định đòi tính mong ước thà thèm tìm dọa doạ",
    "victim": "em tôi mình con cháu vợ mẹ bố bà ông bé đứa! chị^ trẻ nó! tao tớ! anh thằng! chồng cụ^",
    "oxygen": "spo2 sp02 spo sp0 oxy oxi ôxy oxygen o2 xy",
    "jab": "tiêm chích chủng",
    "past_time": "ngoái trước kia",
}

# Compound words that hold a word of danger: no phrase begins or ends inside one ("bị mất xe đạp").
COMPOUNDS: tuple[str, ...] = ("xe đạp", "bàn đạp", "đạp xe|vịt|nước|thanh", "đấm bóp")
