"""Short forms with several meanings, as data: the word beside them decides; where none does, they stay as typed."""

from __future__ import annotations

from typing import NamedTuple


class Sense(NamedTuple):
    """``words`` are meant after one of ``after`` or before one of ``before`` (folded); "^" and "$" are the message's ends."""

    words: tuple[str, ...]
    after: frozenset[str]
    before: frozenset[str]


def _sense(words: str, after: str = "", before: str = "") -> Sense:
    return Sense(tuple(words.split()), frozenset(after.split()), frozenset(before.split()))


_ASKS = "gi sao the nao dau lau vay nhu day nay"
# The first sense that fits is taken.
SENSES: dict[str, tuple[Sense, ...]] = {
    "bn": (
        _sense("bao nhieu", "mat het gia cach khoang trong toi la phi nhieu den ton", "tien ngay mui lau tuoi ca nguoi phi lan gio do thang tuan km met vay dong nam phut lieu xu k"),
        _sense("benh nhan", "nhung so cac nguoi", "f0 covid nang nhe duong cach ra"),
        _sense("ban", "^ chao cam on hoi nho voi cho oi", "oi nhe a co cho giup tu biet"),
    ),
    "bh": (
        _sense("bao hiem", "co dong mua the che huong", "y xa yt xh"),
        _sense("bao gio", "thi den toi la khi biet mui", "moi duoc thi tiem den toi co het mo hoc phai"),
        _sense("bay gio", "^", "toi em minh con phai lam muon sao thi dang"),
        _sense("bao gio", "", "$"),
    ),
    "bt": (
        _sense("biet", "khong chua cho ai co muon de ko dau duoc", "la gi khong sao cach noi dau ai"),
        _sense("binh thuong", "nhu van la co bi song sinh", "thoi ma khong nhu"),
    ),
    "dk": (
        _sense("dang ky", "^ can muon phai cach the da chua dang di de nguoi lam ra ma trang link so", "tiem mui vac o online app nhu the tai qua nhan lich ntn cho duoc roi zalo tren cho"),
        _sense("duoc", "khong co chua tiem lam da ra bao di ve an uong", "khong tiem chua phep vao ra di ve ho lam roi a $ vay"),
        _sense("dieu kien", "du nhung can dung", "gi cach nao de"),
    ),
    "dt": (
        _sense("dien thoai", "so goi qua bang nghe tren mat doi cai sdt", "di ban cua so lien"),
        _sense("doi tuong", "nhung cac thuoc la", "nao uu tiem duoc"),
        _sense("duong tinh", "test bi la len f0", "roi thi voi lan"),
    ),
    "tn": (
        _sense("tin nhan", "gui nhan nt bao co cai", "cua tu bao xac otp"),
        _sense("the nao", "lam nhu ra o la tiem dung ky xin la khai bao test ly nghiem", "a vay $ nhi day"),
    ),
    "ns": (_sense("noi", "nghe nguoi ta ai ho si ban em bao co cu", "la the vay gi sao rang voi"),),
    "ny": (_sense("nay", "hom bua sang chieu toi luc thang nam dot tuan ngay vu", ""), _sense("nguoi yeu", "", "em toi minh cua")),
    "nv": (_sense("nhu vay", "la sao the", "$ thi a la"), _sense("nhan vien", "gap voi cac cho la", "y cong tu truc")),
    "kt": (_sense("kiem tra", "^ de can di phai tu", "suc lai ket xem thong thu mui"), _sense("ket thuc", "da bao luc khi", "$ cach")),
    "hs": (_sense("ho so", "nop lam mang bo gui can giay", "gi xin ho gom tro"), _sense("hoc sinh", "^ cac cho la", "di cap lop tieu tren duoc co phai tu 12")),
    "tc": (_sense("tiem chung", "so diem lich phieu giay", "o mui cho covid vac"), _sense("trieu chung", "co cac nhung gi chua khong", "gi nhe nang cua covid f0 sot khong")),
    "cl": (_sense("cach ly", "f0 f1 f2 phai khu tu di can dang het bi", "tai o tap may bao tu 7 14 21 nhu bn f1 f0 roi"),),
    "ct": (_sense("chi thi", "theo", "15 16 19"),),
    "qd": (_sense("quy dinh", "theo cac co", "moi gi nao cua ve"), _sense("quyet dinh", "", "so 261 4800")),
    "bit": (_sense("biet", "khong chua ai co muon de"),),
    "k": (_sense("khong", "1 2 3 4"),),  # "mũi 2 k?", but "5 k"
    "dv": (_sense("dich vu", "tiem lam", "khong gia nao o"),),
    "sn": (_sense("sao", "lam", "$"),),
    "s": (_sense("sao", "lam co tai vi bi thi la ra khong", "$ khong vay a gio day nhi the"), _sense("sao", "^", "lai khong chua vay")),
    "h": (_sense("gio", "bay bao may", ""), _sense("gio", "^ den tu", "toi em minh phai lam muon sao thi con dang moi di"), _sense("bay gio", "lam sao the", "$ sao day")),
    "p": (_sense("phai", "co toi em minh f1 f0 f2 thi khong nha con gio chau va lai", "lam di cach khai test tiem khong deo ve o xet nop bao xin mang"),),
    "v": (_sense("vay", _ASKS + " ngay a dong tien nua roi ha khong", "$ a ha khong ban em"), _sense("vay", "^ nhu", "thi la con co sao")),
    "m": (_sense("minh", "^ cho cua nha", "la muon hoi bi phai co can khong dang o"),),
    "c": (_sense("chi", "^ cac cho chao nho hoi", "oi a"), _sense("co", "^ minh em toi nha chau con", "duoc phai can the cho")),
    "a": (_sense("anh", "^ cac cho chao nho hoi", "oi"),),
    "b": (_sense("ban", "^ cac chao nho hoi cho cam on", "oi a nhe"),),
    "nt": (_sense("nhan tin", "^ da toi", "cho voi khong"),),
    "lh": (_sense("lien he", "^ so can muon phai dt", "voi ai so dau o the de"),),
    "tk": (_sense("tai khoan", "dang so tao mat quen lap", "zalo app so pc $ cua"),),
    "vc": (_sense("viec", "lam cong mat nghi", ""), _sense("vo chong", "2 hai", "em toi minh")),
    "cn": (_sense("chu nhat", "", "co nay tuan tram thu"), _sense("ca nhan", "ma tin", "")),
    "tt": (_sense("thong tin", "sai nhap cap co xem", "tren sai mui tiem ve"),),
    "nx": (_sense("nua", "khong di gi lan roi mui lam cho tiem lai ngay", "$ khong la a moi thi"),),
    "th": (_sense("thoi", "tiem ngay mui the", "$ a"), _sense("truong hop", "cac nhung cho", "f0 f1 nao")),
    "nc": (_sense("nuoc", "uong", "ngoai"), _sense("noi chuyen", "^ muon", "voi")),
    "hn": (_sense("hom nay", "", "co bao may la"),),
}  # fmt: skip
