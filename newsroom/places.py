"""Administrative units of the province: paths of codes (``38/395/15499``) and their names."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError

FILE = "data/places/thanh_hoa_2021.json"
EVERYWHERE = "Mọi nơi"


@cache
def places() -> dict[str, str]:
    """Path → name for the province, its districts and communes, in the order of the file."""
    province = json.loads((settings.ROOT / FILE).read_text("utf-8"))
    names = {province["code"]: province["name"]}
    for district in province["districts"]:
        path = f"{province['code']}/{district['code']}"
        names[path] = district["name"]
        for commune in district["communes"]:
            names[f"{path}/{commune['code']}"] = commune["name"]
    return names


def province() -> str:
    """Path of the province itself."""
    return next(iter(places()))


def place_name(path: str) -> str:
    """``38/395/15499`` → ``thị trấn Thọ Xuân, huyện Thọ Xuân``; the province alone keeps its name; "" is everywhere."""
    if not path:
        return EVERYWHERE
    codes = path.split("/")
    units = ["/".join(codes[: depth + 1]) for depth in range(len(codes))]
    shown = units[1:][::-1] or units
    return ", ".join(_in_sentence(places().get(unit, unit)) for unit in shown)


def place_choices() -> list[tuple[str, str]]:
    """Choices for a form: everywhere, the province, each district followed by its communes."""
    return [("", EVERYWHERE), *((path, _indented(path, name)) for path, name in places().items())]


def district_choices() -> list[tuple[str, str]]:
    """Choices for a form: the districts."""
    return [(path, name) for path, name in places().items() if path.count("/") == 1]


def validate_place(path: str) -> None:
    """Django validator: "" or a known path."""
    if path and path not in places():
        raise ValidationError("Không có đơn vị hành chính với mã “%(path)s”.", params={"path": path}, code="place")


def _indented(path: str, name: str) -> str:
    return "\u2003" * path.count("/") + name


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]
