"""What a resident says about his or her own doses, read from folded words."""

from __future__ import annotations

from vitext.fold import syllables

ENOUGH, PARTLY, NONE, RECOVERED, EVERYONE = "du_lieu", "chua_du", "chua_tiem", "khoi_benh", "moi_nguoi"

# In this order, and what was read is taken out: "chưa tiêm mũi 2" has had one dose, "chưa đủ 14 ngày" leaves it open
# whether the rule for full doses holds. "Đã tiêm" alone does not say how many doses, so it says nothing here.
_PHRASES: tuple[tuple[str, str], ...] = (
    ("", "chua du 14 ngay"),
    ("", "chua duoc 14 ngay"),
    ("", "chua tiem mui 3"),
    ("", "chua tiem mui ba"),
    ("", "chua tiem mui nhac lai"),
    (PARTLY, "chua tiem mui 2"),
    (PARTLY, "chua tiem mui hai"),
    (PARTLY, "chua tiem du"),
    (PARTLY, "chua du mui"),
    (PARTLY, "chua du lieu"),
    (PARTLY, "chua du 2 mui"),
    (PARTLY, "chua du hai mui"),
    (PARTLY, "1 mui"),
    (PARTLY, "mot mui"),
    (PARTLY, "tiem mui 1"),
    (PARTLY, "tiem mui mot"),
    (NONE, "chua tiem"),
    (NONE, "chua duoc tiem"),
    (NONE, "chua chich"),
    (NONE, "khong tiem"),
    (NONE, "ko tiem"),
    (NONE, "k tiem"),
    (RECOVERED, "da khoi"),
    (RECOVERED, "moi khoi"),
    (RECOVERED, "vua khoi"),
    (RECOVERED, "khoi benh roi"),
    (RECOVERED, "khoi covid"),
    (RECOVERED, "tung mac"),
    (RECOVERED, "tung bi"),
    (RECOVERED, "tung la f0"),
    (RECOVERED, "tung duong tinh"),
    (ENOUGH, "2 mui"),
    (ENOUGH, "hai mui"),
    (ENOUGH, "3 mui"),
    (ENOUGH, "ba mui"),
    (ENOUGH, "du mui"),
    (ENOUGH, "du lieu"),
    (ENOUGH, "tiem du"),
    (ENOUGH, "chich du"),
)
_OPEN = {"chua du 14 ngay", "chua duoc 14 ngay"}


def states_told(text: str) -> list[str]:
    """The ``vaccinated`` values of rules that the text speaks of, in the order of its phrases; empty when it says nothing.

    More than one stands for several people ("tôi tiêm 2 mũi, con tôi chưa tiêm").
    """
    words = " " + " ".join(syllable.folded for syllable in syllables(text)) + " "
    told: list[str] = []
    for state, phrase in _PHRASES:
        if f" {phrase} " in words:
            if phrase in _OPEN:
                return []
            words = words.replace(f" {phrase} ", " | ")
            told.append(state)
    return list(dict.fromkeys(state for state in told if state))
