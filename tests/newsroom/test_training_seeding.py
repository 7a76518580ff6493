"""A file that is no training data fills nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from newsroom.training.models import TrainingExample

ROOT = Path(__file__).resolve().parents[2]
NLU, TESTS = ROOT / "data" / "nlu", ROOT / "tests" / "nlu"


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["nlu: 5", "- la", "nlu:\n- intent: [", "nlu:\n- examples: |\n    - a\n"])
def test_it_names_the_file_and_seeds_nothing_when_one_is_wrong(tmp_path: Path, body: str) -> None:
    shutil.copy(NLU / "5k.yml", tmp_path / "a.yml")
    (tmp_path / "b.yml").write_text(body, "utf-8")
    with pytest.raises(CommandError, match=r"b\.yml"):
        call_command("seed_training", nlu=tmp_path, tests=TESTS, verbosity=0)
    assert not TrainingExample.objects.exists()
