"""Which folded words exist: Vietnamese syllables by the rules of their spelling, the common ones, foreign words in use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


def word_set(words: str) -> frozenset[str]:
    """The folded words between the spaces of ``words``: how small word lists are written here."""
    return frozenset(words.split())


_FILE = Path(__file__).with_name("common_syllables.txt")
_FRONT = frozenset("eiy")  # before these /k/, /g/, /ng/ are written k, gh, ngh; before the others c, g, ng
_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
_BEFORE_OTHERS = frozenset(("c", "g", "ng"))
_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RIMES = word_set(
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet "
    "ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op ot "
    "u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen "
    "uyet uynh uyt uyu y yem yen yet yeu"
)
# Behind qu: what is written after the glide.
_AFTER_QU = word_set(
    "a ac ach ai am an ang anh ao ap at au ay e ec en eng eo et ech enh i it in y yen yet ynh yt ych o oc ot oi on"
)
# The rime -oo- is a borrowing; elsewhere it is a Telex ô.
_WITH_OO = word_set("xoong coong boong soong rooc mooc")
# Words without a Vietnamese syllable's shape that are no slips, and pieces of which must not be read as Telex or glued.
FOREIGN = word_set(
    "covid corona sars cov ncov virus delta omicron beta alpha gamma lambda pfizer moderna astrazeneca astra zeneca "
    "az sinopharm vero cell sputnik janssen johnson nanocovax nano covax abdala hayat biontech comirnaty spikevax "
    "vaxzevria molnupiravir molnu favipiravir remdesivir paracetamol panadol efferalgan vitamin oresol aspirin "
    "ibuprofen test pcr rt realtime elisa spo spo2 sp02 oxy oxygen oxi mmol app apps zalo facebook fb google youtube "
    "tiktok internet web website online offline email gmail otp sms qr scan bluezone smartphone iphone android ios "
    "samsung wifi video clip link file pdf photo hotline telehealth telegram viber cdc who fpt viettel vnpt vneid pc "
    "id ok oke okay hello hey bye alo chatbot robot ad admin shop mail taxi grab bar pub karaoke gym spa massage "
    "resort hotel massa shipper ship visa passport stress shock sock astrazenca sinovac ct icu sos help mask check "
    "fake news marketing game laptop tivi radio camera zoom protein gen adn arn mrna igg igm hiv aids hpv hbv sida "
    "shopee bus nokia malay spam line list bitcoin lidocain phone post pass today what nope delete mix how gas cron omi "
    "free shot data seen acc atm dimer share form page podcast booster hapacol insulin metformin gel cloramin canxi size "
    "nick rank lag fix back train block clear league city dengue stent axit hack crush remix python lazada vincom vtv3 "
    "gout laser ph pt cc kg km cm mm ml mg ppm usd vnd euro f0 f1 f2 f3 f4 f5 5k n95 kn95 b12 h1n1 h5n1 b117 d614g 4g "
    "5g 3g k2 d3 k3 o2 a4"
)


@lru_cache(maxsize=16384)
def is_syllable(folded: str) -> bool:
    """Whether a Vietnamese syllable is written so, its accents taken off."""
    if folded in _WITH_OO:
        return True
    return any(
        _fit(onset, folded[len(onset) :]) for onset in _ONSETS if folded.startswith(onset) and len(folded) > len(onset)
    ) or folded in ("gi", "gin", "gim", "giu")


def frequency(folded: str) -> int:
    """How often a common syllable stands in the product's own texts, 0 for others."""
    return _FREQUENCIES.get(folded, 0)


def is_known(folded: str) -> bool:
    """Whether a folded word may stand as it is: a syllable, a foreign word in use, a number."""
    return folded in FOREIGN or folded.isdigit() or is_syllable(folded)


def _fit(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _AFTER_QU
    if onset in _BEFORE_FRONT and rime[0] not in _FRONT:
        return False
    if onset in _BEFORE_OTHERS and rime[0] in _FRONT:
        return False
    return rime in _RIMES


def _read() -> dict[str, int]:
    lines = _FILE.read_text("utf-8").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines if not line.startswith("#"))}


_FREQUENCIES = _read()
