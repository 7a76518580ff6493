"""Settings, schema, roles and words: what must be right before anybody logs in."""

from __future__ import annotations

import gettext
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, Workflow

from contracts.settings import SettingsError
from newsroom.accounts.roles import ROLES
from newsroom.approval.workflow import ensure_workflow
from newsroom.config import load_config
from newsroom.content.models import CONTENT_MODELS

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "newsroom" / "workplace" / "locale" / "vi" / "LC_MESSAGES"
COMPLETE = {
    "NEWSROOM_SECRET_KEY": "k" * 40,
    "SNAPSHOT_TOKEN": "s" * 20,
    "MODEL_TOKEN": "m" * 20,
    "DRAFTS_TOKEN": "d" * 20,
}
PRODUCTION = {**COMPLETE, "NEWSROOM_URL": "https://toasoan.example.vn", "NEWSROOM_ALLOWED_HOSTS": "toasoan.example.vn"}


def test_it_needs_secrets_only() -> None:
    """All else has a default."""
    config = load_config(COMPLETE)
    assert (config.host, config.port, config.clock) == ("127.0.0.1", 8000, "real")
    assert config.database_url == "sqlite:///var/newsroom.sqlite3"


def test_it_lists_all_problems_together() -> None:
    """One start, one list."""
    with pytest.raises(SettingsError) as caught:
        load_config(
            {
                "CLOCK": "tomorrow",
                "NEWSROOM_PORT": "x",
                "NEWSROOM_DATABASE_URL": "mysql://x/y",
                "SNAPSHOT_TOKEN": "short",
            }
        )
    for name in ("CLOCK", "NEWSROOM_PORT", "NEWSROOM_DATABASE_URL", "SNAPSHOT_TOKEN", "MODEL_TOKEN", "DRAFTS_TOKEN"):
        assert any(name in problem for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"CLOCK": "demo:2021-12-31T09:00+07:00"}, "production runs on CLOCK=real"),
        ({"NEWSROOM_ALLOWED_HOSTS": "*"}, "name the hosts"),
        ({"NEWSROOM_ALLOWED_HOSTS": ""}, "NEWSROOM_ALLOWED_HOSTS is missing"),
        ({"NEWSROOM_URL": "http://toasoan.example.vn"}, "https"),
    ],
)
def test_it_refuses_in_production(change: dict[str, str], problem: str) -> None:
    """The demo clock, unnamed hosts, plain HTTP."""
    load_config(PRODUCTION, production=True)
    with pytest.raises(SettingsError, match=re.escape(problem)):
        load_config({**PRODUCTION, **change}, production=True)


def test_it_reads_who_may_send_figures() -> None:
    """Nobody unless named; each system with a token of its own."""
    assert load_config(COMPLETE).figures_tokens == {}
    tokens = {"du_phong": "a" * 16, "dieu_tri": "b" * 16}
    given = ", ".join(f"{system}:{token}" for system, token in tokens.items())
    assert load_config({**COMPLETE, "FIGURES_TOKENS": given}).figures_tokens == tokens


@pytest.mark.parametrize(
    "value", ["la:" + "a" * 16, "du_phong:ngan", "du_phong", f"du_phong:{'a' * 16},dieu_tri:{'a' * 16}"]
)
def test_it_refuses_wrong_tokens_for_figures(value: str) -> None:
    """An unknown system, a short token, one token for two."""
    with pytest.raises(SettingsError, match="FIGURES_TOKENS"):
        load_config({**COMPLETE, "FIGURES_TOKENS": value})


@pytest.mark.parametrize("program", [["-m", "newsroom"], ["manage.py", "check"]])
def test_it_stops_with_a_list_when_settings_are_missing(program: list[str]) -> None:
    """Exit code 2, no traceback."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings.development"}
    done = subprocess.run(
        [sys.executable, *program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "SNAPSHOT_TOKEN is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_passes_djangos_checks_for_production() -> None:
    """Of the settings that only production has."""
    environment = {**PRODUCTION, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings.production"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**environment, "NEWSROOM_SECRET_KEY": "khóa-bí-mật-0123456789-" * 3},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(databases=["default", "ledger"])
def test_it_has_a_migration_for_every_change_of_a_model() -> None:
    """Of the newsroom's own applications."""
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("newsroom.")]
    call_command("makemigrations", *labels, check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_it_gives_nobody_the_permission_to_publish() -> None:
    """And every role exists after a migration."""
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    content = Permission.objects.filter(group__isnull=False, content_type__app_label="content")
    granted = {name.split("_")[0] for name in content.values_list("codename", flat=True)}
    assert granted == {"add", "change", "delete", "view"}


@pytest.mark.django_db
def test_it_gives_every_kind_of_content_the_workflow() -> None:
    """And leaves other workflows of administrators alone when it runs again."""
    Workflow.objects.create(name="Quy trình riêng")
    GroupApprovalTask.objects.create(name="Bước riêng")
    ensure_workflow()
    assert {model.get_default_workflow().name for model in CONTENT_MODELS} == {"Phê duyệt nội dung"}
    assert Workflow.objects.filter(name="Quy trình riêng").exists()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_it_ships_its_words_compiled(domain: str) -> None:
    """The .mo file holds what the .po file says (msgfmt is not needed to run the product)."""
    source = (LOCALE / f"{domain}.po").read_text("utf-8")
    with (LOCALE / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)
    unescaped = [(_plain(english), _plain(vietnamese)) for english, vietnamese in pairs]
    assert len(unescaped) > 30
    assert [english for english, vietnamese in unescaped if compiled.gettext(english) != vietnamese] == []


def _plain(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def test_it_keeps_the_placeholders_of_translated_words() -> None:
    """A lost placeholder would be a lost name in a message."""
    source = (LOCALE / "django.po").read_text("utf-8")
    pairs: list[Any] = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)
    names = re.compile(r"%\(\w+\)[sd]")
    assert [english for english, words in pairs if not set(names.findall(words)) <= set(names.findall(english))] == []
