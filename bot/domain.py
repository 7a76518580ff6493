"""Domain and rules of the engine, made from the answer keys: one way for shipped keys and for those of an editor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.classifiers.place_only import PLACE_INTENT
from bot.examples import ExampleFileError, read_examples
from bot.extractors.place import PLACE_ENTITY, UNKNOWN_PLACE_ENTITY
from bot.judgement import LOCATION_INTENT
from contracts.keys import intent_of

# Slots of the look-ups: the key that waits for a place, the last place, the last answered key.
SLOTS = ("cho_tra_cuu", "dia_danh", "chu_de")
SESSION_MINUTES = 60
_ACTION_OF_KEY = {
    **dict.fromkeys((f"cach_ly/{who}" for who in ("f0", "f1", "f2", "ve_tu_vung_dich", "nhap_canh")), "action_rule"),
    **dict.fromkeys(("ban_tin/moi_nhat", "ban_tin/so_ca"), "action_bulletin"),
    **dict.fromkeys(("tro_chuyen/chua_co_cau_tra_loi", "tro_chuyen/ngoai_pham_vi"), "action_unanswered"),
    "ban_tin/tien_do_tiem": "action_vaccination_progress",
    "ban_tin/dang_ky": "action_subscribe",
    "ban_tin/huy_dang_ky": "action_unsubscribe",
    "tiem_chung/diem_tiem": "action_site",
    "lien_he/duong_day_nong": "action_hotline",
    "lien_he/co_quan_y_te": "action_office",
    "tin_don/kiem_chung": "action_check_rumour",
    "tin_don/bao_tin": "action_report_rumour",
    "tro_chuyen/gap_nguoi": "action_handoff",
    "tro_chuyen/quay_lai": "action_return",
    "tro_chuyen/xoa_du_lieu": "action_erase",
}
_ACTION_OF_KIND = {"faq": "action_answer", "chat": "action_answer", "sensitive": "action_safety"}
_ACTION_OF_TECHNICAL = {
    PLACE_INTENT: "action_place",
    LOCATION_INTENT: "action_site",
    ASK_BACK: "action_unsure",
    NOT_UNDERSTOOD: "action_unsure",
}
_NOTICE = (
    "# Made by `python -m bot.generate` from the answer keys that have training examples; edit those, not this file.\n"
)


class TaxonomyError(ValueError):
    """A key cannot be served: it is unknown, of an unknown kind, or a look-up without an action; the message says which."""


def kinds_of_keys(taxonomy_file: Path) -> dict[str, str]:
    """Key → kind of every answer in a taxonomy file.

    Raises:
        TaxonomyError: the file cannot be read or has another shape.
    """
    try:
        body = yaml.safe_load(taxonomy_file.read_text("utf-8"))
        return {str(answer["key"]): str(answer["kind"]) for answer in body["answers"]}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise TaxonomyError(f"{taxonomy_file} cannot be used: {error!r}; expected answers with key and kind") from error


def trained_intents(nlu_folder: Path) -> list[str]:
    """Intents with examples in the folder's YAML files, sorted.

    Raises:
        TaxonomyError: a file cannot be read or has another shape.
    """
    try:
        return sorted({example.intent for example in read_examples(nlu_folder)})
    except ExampleFileError as error:
        raise TaxonomyError(str(error)) from error


def action_of(key: str, kinds: Mapping[str, str]) -> str:
    """The custom action that answers a key.

    Raises:
        TaxonomyError: the taxonomy lacks the key, or nothing serves its kind yet.
    """
    if key not in kinds:
        raise TaxonomyError(f"training examples name {key!r}, which the taxonomy lacks; add it there or remove them")
    action = _ACTION_OF_KEY.get(key) or _ACTION_OF_KIND.get(kinds[key])
    if action is None:
        raise TaxonomyError(f"{key!r} is of kind {kinds[key]!r} and has no action; add one in bot/domain.py")
    return action


def engine_files(kinds: Mapping[str, str], intents: Iterable[str]) -> dict[str, str]:
    """Path → content of ``domain.yml`` and ``data/rules/*.yml`` for the intents with training examples.

    Raises:
        TaxonomyError: see ``action_of``.
    """
    trained = set(intents)
    keys = [key for key in kinds if intent_of(key) in trained]
    unknown = sorted(trained - {intent_of(key) for key in keys})
    if unknown:
        raise TaxonomyError(f"intents {', '.join(unknown)} are no keys of the taxonomy; add them there or remove them")
    actions = {intent_of(key): action_of(key, kinds) for key in keys} | _ACTION_OF_TECHNICAL
    files = {"domain.yml": _yaml(_domain(actions))}
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for intent, action in actions.items():
        groups[intent.partition(".")[0] if "." in intent else "ky_thuat"][intent] = action
    for group, members in groups.items():
        files[f"data/rules/{group}.yml"] = _yaml(
            {"version": "3.1", "rules": [_rule(*member) for member in members.items()]}
        )
    return files


def _domain(actions: Mapping[str, str]) -> dict[str, Any]:
    return {
        "version": "3.1",
        "intents": list(actions),
        "entities": [{name: {"influence_conversation": False}} for name in (PLACE_ENTITY, UNKNOWN_PLACE_ENTITY)],
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]} for name in SLOTS
        },
        "actions": sorted(set(actions.values())),
        "session_config": {"session_expiration_time": SESSION_MINUTES, "carry_over_slots_to_new_session": False},
    }


def _rule(intent: str, action: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": action}]}


def _yaml(body: dict[str, Any]) -> str:
    return f"{_NOTICE}{yaml.safe_dump(body, allow_unicode=True, sort_keys=False)}"
