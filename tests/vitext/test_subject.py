"""Whether a danger phrase speaks of a person: animals, machines, tales and games beside people."""

import pytest

from vitext.danger import find_danger


@pytest.mark.parametrize(
    ("harmless", "danger"),
    [
        ("con chó nhà em co giật", "con chó cắn thằng bé, nó co giật"),
        ("con trâu bị rắn cắn, thở thoi thóp", "con em bị chó cắn, thở thoi thóp"),
        ("cây mai nhà tôi sắp chết", "bố tôi ngồi cạnh cây mai, sắp chết"),
        ("quạt nhà em cứ co giật", "bé nhà em cứ co giật"),
        ("điện thoại em sắp chết", "em em sắp chết, điện thoại hết pin"),
        ("con mèo nhà em thở khò khè", "con tho kho khe"),
        ("mèo nhà em co giật", "con meo mieng noi ngong"),
        ("cây lan sắp chết", "chau lan sap chet roi"),
        ("máy tính chết rồi", "goi dien thoai khong ai nghe kho tho qua"),
        ("quạt kêu phì phì, sắp chết", "chong quat thao dap pha danh toi"),
        ("ca trong be ngop nuoc kho tho", "cả nhà ngộp khói khó thở"),
        ("lon nai sap chet", "con toi sap chet"),
        ("ổ cứng sắp chết", "ông cụ sắp chết"),
        ("nhân vật chính tự tử cuối truyện", "xem phim xong em muốn tự tử"),
        ("chơi liên quân toàn bị giết", "chồng chơi liên quân thua là đánh con"),
    ],
)
def test_it_finds_the_danger_when_a_person_is_meant(harmless: str, danger: str) -> None:
    assert find_danger(harmless) is None
    assert find_danger(danger) is not None
