"""Domain and rules come from the answer keys, shipped ones and an editor's alike."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.domain import TaxonomyError, action_of, engine_files, kinds_of_keys, trained_intents
from bot.generate import write_engine_files
from bot.judgement import TECHNICAL_INTENTS
from contracts.keys import intent_of

ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    "5k/khau_trang": "faq",
    "nhay_cam/cap_cuu": "sensitive",
    "tiem_chung/diem_tiem": "service",
    "ban_tin/gui_lai": "service",
}


def test_it_gives_the_committed_files_when_run_on_the_shipped_data() -> None:
    files = engine_files(kinds_of_keys(ROOT / "data/taxonomy.yml"), trained_intents(ROOT / "data/nlu"))
    committed = {"domain.yml", *(f"data/rules/{path.name}" for path in (ROOT / "data/rules").glob("*.yml"))}
    assert set(files) == committed
    for name, content in files.items():
        assert (ROOT / name).read_text("utf-8") == content, f"{name} is old; run python -m bot.generate"


def test_it_serves_a_new_key_when_an_editor_gives_it_examples() -> None:
    files = engine_files(KINDS | {"suc_khoe/moi": "faq"}, ["5k.khau_trang", "suc_khoe.moi"])
    assert "suc_khoe.moi" in yaml.safe_load(files["domain.yml"])["intents"]
    assert yaml.safe_load(files["data/rules/suc_khoe.yml"])["rules"] == [
        {"rule": "suc_khoe.moi", "steps": [{"intent": "suc_khoe.moi"}, {"action": "action_answer"}]}
    ]


def test_it_leaves_a_key_out_when_it_has_no_examples() -> None:
    intents = yaml.safe_load(engine_files(KINDS, ["5k.khau_trang"])["domain.yml"])["intents"]
    assert intents == ["5k.khau_trang", "dia_danh", "vi_tri", "hoi_lai", "khong_hieu"]


def test_it_gives_every_intent_one_rule_when_generated() -> None:
    files = engine_files(KINDS, ["5k.khau_trang", "nhay_cam.cap_cuu", "tiem_chung.diem_tiem"])
    domain = yaml.safe_load(files["domain.yml"])
    rules = [rule for name, text in files.items() if name != "domain.yml" for rule in yaml.safe_load(text)["rules"]]
    assert sorted(rule["steps"][0]["intent"] for rule in rules) == sorted(domain["intents"])
    assert {rule["steps"][1]["action"] for rule in rules} == set(domain["actions"])


@pytest.mark.parametrize(
    ("key", "action"),
    [
        ("nhay_cam/cap_cuu", "action_safety"),
        ("5k/khau_trang", "action_answer"),
        ("tiem_chung/diem_tiem", "action_site"),
    ],
)
def test_it_chooses_the_action_when_the_key_is_known(key: str, action: str) -> None:
    assert action_of(key, KINDS) == action


def test_it_has_an_action_for_every_key_when_all_of_the_taxonomy_is_trained() -> None:
    kinds = kinds_of_keys(ROOT / "data/taxonomy.yml")
    domain = yaml.safe_load(engine_files(kinds, [intent_of(key) for key in kinds])["domain.yml"])
    assert len(domain["intents"]) == len(kinds) + len(TECHNICAL_INTENTS)
    written = "".join(path.read_text("utf-8") for path in (ROOT / "actions").glob("*.py"))
    assert [name for name in domain["actions"] if f'action_name = "{name}"' not in written] == []


def test_it_names_the_intent_when_the_taxonomy_lacks_it() -> None:
    with pytest.raises(TaxonomyError, match=r"la\.la"):
        engine_files(KINDS, ["la.la"])


def test_it_refuses_when_a_look_up_has_no_action() -> None:
    with pytest.raises(TaxonomyError, match="ban_tin/gui_lai"):
        engine_files(KINDS, ["ban_tin.gui_lai"])


@pytest.mark.parametrize("content", ["", "- a", "answers: [{kind: faq}]", "answers: 3", "{"])
def test_it_names_the_file_when_the_taxonomy_is_broken(tmp_path: Path, content: str) -> None:
    path = tmp_path / "taxonomy.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(TaxonomyError, match=r"taxonomy\.yml"):
        kinds_of_keys(path)


def test_it_removes_rules_when_their_group_is_gone(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "a.yml").write_text("nlu:\n- intent: 5k.khau_trang\n  examples: |\n    - a\n", "utf-8")
    (tmp_path / "data/rules").mkdir(parents=True)
    (tmp_path / "data/rules/gone.yml").write_text("rules: []", "utf-8")
    write_engine_files(ROOT / "data/taxonomy.yml", tmp_path / "nlu", tmp_path)
    assert sorted(path.name for path in (tmp_path / "data/rules").iterdir()) == ["5k.yml", "ky_thuat.yml"]
