"""Teencode, abbreviations and dialect with one likely meaning, as data; forms with several are in `vitext.ambiguous`."""

from __future__ import annotations


def _forms(listed: str) -> dict[str, str]:
    """``meaning: form form …`` a line → meaning by form."""
    lines = (line.partition(":") for line in listed.strip().splitlines())
    return {form: meaning.strip() for meaning, _, forms in lines for form in forms.split()}


# Folded short form → folded words, whatever stands beside it (the exceptions are in KEEPS).
SHORT_FORMS: dict[str, str] = _forms("""
    khong: k ko k0 ko0 kg kh hok hk khum khog khg kong hem hog khonh khoq
    minh: mik mk mjnh mih
    vay: z zay dzay zayy zz
    bay gio: bgio bjo bjgio baygio bigio
    bao gio: baogio baoh
    gi: j gj ji
    qua: wa qa wua
    moi nguoi: mn mng mnguoi
    cung: cx cug
    em: e iem
    toi: t tui
    duoc: dc dcj duoq dkoc
    dang: dag dng
    roi: r roj ruj
    nguoi: ng nguoj
    nguoi ta: ngta nta
    nhung: nhg nhug
    benh vien: bv bvien
    benh vien da khoa: bvdk
    benh nhan: bnhan
    bac si: bs bsi bsy
    chong: ck chog
    vo: vk
    vo chong: vkck vchong
    bo me: bame
    anh em: ae
    anh chi: ac
    lam: lm
    lam sao: lsao lmsao
    voi: vs
    moi: ms moj
    truoc: trc trk truok
    trong: trog trg
    tren: trn
    nhu the nao: ntn ntnao nhtn nhuthenao
    nhu the nay: ntnay
    the nao: tnao thnao
    the nay: tnay
    tai sao: tsao
    vi sao: vsao
    so dien thoai: sdt
    dien thoai: dthoai
    hom nay: hnay hnai
    hom qua: hqua
    ngay mai: nmai
    gia dinh: gd gdinh
    biet: bik bjk bjt bjet pit piet
    luon: lun
    bao nhieu: bnhieu bnhiu bni bnh bnhju baonhiu
    nhieu: nhiu nhju
    song: sog
    xong: xog xg
    con: kon
    cai: kai
    can: kan
    muon: mun
    vac xin: vx vxc vcx vacxin vaccin vaccine vaccines vacine vacin vaxin vax vacxim vacsin zacxin vacxjn vacxine
    xet nghiem: xn xng xnghiem xjn
    ket qua: kq kqua
    ket qua xet nghiem: kqxn
    tram y te: tyt
    trung tam y te: ttyt
    bo y te: byt
    so y te: syt
    y te: yt yte
    o dau: odau
    uy ban nhan dan: ubnd
    duong day nong: ddn
    khai bao y te: kbyt
    khai bao: kbao
    bao hiem: bhiem
    bao hiem y te: bhyt
    bao hiem xa hoi: bhxh
    xa hoi: xh
    gian cach xa hoi: gcxh
    cach ly tai nha: cltn
    cach ly tap trung: cltt
    khu cach ly: kcl
    khu cong nghiep: kcn
    duong tinh: dtinh
    am tinh: atinh
    cong ty: cty cti
    cong dong: cdong
    can cuoc: cccd
    chung minh: cmnd cmt cmtnd
    so suc khoe dien tu: sskdt
    so suc khoe: ssk
    suc khoe: skhoe sk
    dang ky: dki dky
    dieu kien: dkien
    nhan vien y te: nvyt
    nhan vien: nvien
    sinh vien: sv
    hoc sinh: hsinh
    ho so: hso
    phu huynh: phhs
    thong tin: ttin
    thoi gian: tgian tg
    nhan tin: nhtin
    noi chuyen: nch nchuyen
    trieu chung: tchung trchung
    khau trang: ktrang
    thuoc: thuok
    covid: covit kovid kovit covd coovid covi covidd covjd covy ncov
    covid 19: cv19 covid19 covit19 kovid19
    suc: suk
    giup: gjup jup
    benh: bjnh
    gan: gn
    tam tru: ttru
    giay to: gto
    xac nhan: xnhan
    chung nhan: cnhan
    tiem: tjem chich
    phai: fai
    phat: fat
    phong: fong
    phan: fan
    phuong: fuong
    thoi: thuj thui thoy
    yeu: iu
    vui: zui
    ve: ze
    vao: zo
    viec: vjec
    thich: thjk thik
    khoc: khok
    cam on: thanks thank tks thks
    xin loi: sorry
    online: onl
    thanh pho: tpho
    mien phi: mphi
    o: o73
""")
# With its accents a dialect word is certain; folded it would be another word (mổ, rằng, nó, chú, hận).
ACCENTED_DIALECT: dict[str, str] = {
    "mô": "dau", "răng": "sao", "nỏ": "khong", "mần": "lam", "hấn": "no", "rứa": "vay", "chừ": "gio", "mạ": "me",
    "mệ": "ba", "dôông": "chong", "hông": "khong", "hổng": "khong", "chả": "khong", "chẳng": "khong", "rùi": "roi", "gòi": "roi",
    "ngái": "xa", "nác": "nuoc", "chộ": "thay", "nớ": "do", "cấy": "cai", "choa": "chung toi", "trốc": "dau", "hăm": "khong",
    "khỏng": "khong", "thía": "the", "dìa": "ve", "dzìa": "ve", "zìa": "ve", "zề": "ve", "dề": "ve", "dô": "vao", "zô": "vao",
    "dzô": "vao", "dzậy": "vay", "zậy": "vay", "zị": "vay", "zạ": "vay", "dzị": "vay", "bịnh": "benh", "nhứt": "nhat",
    "lịnh": "lenh", "ổng": "ong ay", "mầy": "may", "xốt": "sot", "zắc": "vac", "dzắc": "vac", "zới": "voi", "dzới": "voi",
    "dới": "voi", "zợ": "vo", "bít": "biet", "đt": "dien thoai",
}  # fmt: skip
# Folded, two words side by side are certain enough.
PAIRS: dict[tuple[str, str], tuple[str, str]] = {
    ("bay", "chu"): ("bay", "gio"), ("o", "mo"): ("o", "dau"), ("di", "mo"): ("di", "dau"), ("khi", "mo"): ("khi", "nao"),
    ("lam", "rang"): ("lam", "sao"), ("man", "rang"): ("lam", "sao"), ("vi", "rang"): ("vi", "sao"), ("rang", "rua"): ("sao", "vay"),
    ("lam", "chi"): ("lam", "gi"), ("man", "chi"): ("lam", "gi"), ("cai", "chi"): ("cai", "gi"), ("chi", "rua"): ("gi", "vay"),
    ("duoc", "hong"): ("duoc", "khong"), ("sao", "hong"): ("sao", "khong"), ("phai", "hong"): ("phai", "khong"),
    ("hong", "tho"): ("khong", "tho"), ("hong", "muon"): ("khong", "muon"), ("hong", "biet"): ("khong", "biet"),
    ("mun", "chet"): ("muon", "chet"), ("mun", "chit"): ("muon", "chet"), ("muon", "chit"): ("muon", "chet"),
    ("mun", "song"): ("muon", "song"), ("hom", "ni"): ("hom", "nay"), ("khi", "ni"): ("khi", "nay"), ("dot", "ni"): ("dot", "nay"),
    ("cai", "ni"): ("cai", "nay"), ("o", "ni"): ("o", "day"), ("nhu", "ri"): ("nhu", "vay"), ("rang", "ri"): ("sao", "vay"),
    ("cho", "mo"): ("cho", "nao"), ("noi", "mo"): ("noi", "nao"), ("ben", "mo"): ("ben", "nao"), ("luc", "mo"): ("luc", "nao"),
    ("hum", "nay"): ("hom", "nay"), ("hum", "qua"): ("hom", "qua"), ("bua", "ni"): ("hom", "nay"), ("ngay", "mo"): ("ngay", "nao"),
    ("che", "em"): ("tre", "em"), ("chieu", "chung"): ("trieu", "chung"), ("xau", "tiem"): ("sau", "tiem"), ("bi", "chi"): ("bi", "gi"),
    ("an", "chi"): ("an", "gi"), ("can", "chi"): ("can", "gi"), ("mang", "chi"): ("mang", "gi"), ("loai", "chi"): ("loai", "gi"),
    ("rua", "ri"): ("vay", "day"), ("bi", "rang"): ("bi", "sao"), ("thi", "rang"): ("thi", "sao"), ("la", "rang"): ("la", "sao"),
    ("co", "rang"): ("co", "sao"), ("tai", "rang"): ("tai", "sao"), ("chich", "ngua"): ("tiem", "phong"),
    ("tiem", "ngua"): ("tiem", "phong"), ("chung", "ngua"): ("tiem", "phong"), ("chu", "mo"): ("cho", "nao"),
}  # fmt: skip
# Two or three words that are written apart or otherwise but mean one thing.
WHOLES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("co", "vit"): ("covid",), ("co", "vy"): ("covid",), ("co", "vid"): ("covid",),
    ("ko", "vit"): ("covid",), ("co", "rona"): ("corona",), ("vac", "cin"): ("vac", "xin"), ("vac", "sin"): ("vac", "xin"),
    ("vac", "xinh"): ("vac", "xin"), ("vat", "xin"): ("vac", "xin"), ("vac", "xim"): ("vac", "xin"), ("tet", "nhanh"): ("test", "nhanh"),
    ("vc", "xin"): ("vac", "xin"), ("o", "mi", "cron"): ("omicron",), ("omi", "cron"): ("omicron",), ("phai", "zo"): ("pfizer",),
}  # fmt: skip
# After these words "răng" is a tooth, "hông" a hip, "mô" a tissue, "chả" a dish, "e" a vitamin.
KEEPS: dict[str, frozenset[str]] = {
    "rang": frozenset(("danh", "dau", "nho", "ham", "cai", "kem", "chan", "sau", "hai", "cao", "boc", "mieng", "kham")),
    "hong": frozenset(("dau", "xuong", "ben", "vung")),
    "mo": frozenset(("quy", "vi")),
    "cha": frozenset(("gio", "bun", "nem")),
    "e": frozenset(("vitamin", "gan")),
    "hem": frozenset(("so", "con", "trong", "dau", "cuoi", "duong", "cai", "ngo")),
}  # fmt: skip
