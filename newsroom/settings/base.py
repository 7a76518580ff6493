"""Settings that hold everywhere. What depends on the environment is in ``configured``; see development and production."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contracts.clock import Clock
from ledger.database import database_from_url
from newsroom.config import NewsroomConfig
from newsroom.logs import logging_settings

ROOT = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "newsroom.workplace",  # before Wagtail: its templates win
    "newsroom.accounts",
    "newsroom.releases",
    "newsroom.approval",
    "newsroom.content",
    "newsroom.training",
    "newsroom.pack",
    "desk",
    "ledger",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.images",  # the admin's pages name its addresses; pictures of answers will use it
    "wagtail.documents",  # likewise, for attachments
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASE_ROUTERS = ["ledger.router.LedgerRouter"]
ROOT_URLCONF = "newsroom.urls"
ASGI_APPLICATION = "newsroom.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [ROOT / "newsroom" / "workplace" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["newsroom.workplace.formats"]

STATIC_URL = "/static/"

WAGTAIL_SITE_NAME = "Tin Cậy"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third-party request from a staff browser
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
# The revision that was approved is published, not merely the latest one.
WAGTAIL_FINISH_WORKFLOW_ACTION = "newsroom.approval.finish.publish_approved_revision"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor shows the preview in a frame
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_CLOCK: Clock | None = None

# Set by ``configured``; declared for the type checker.
CLOCK: str
VAR_DIR: Path
NEWSROOM_HOST: str
NEWSROOM_PORT: int
DEMO_PASSWORD: str


def configured(config: NewsroomConfig) -> dict[str, Any]:
    """The settings that follow from the environment."""
    return {
        "SECRET_KEY": config.secret_key,
        "ALLOWED_HOSTS": [*config.allowed_hosts],
        "CSRF_TRUSTED_ORIGINS": [config.url],
        "WAGTAILADMIN_BASE_URL": config.url,
        "DATABASES": {
            "default": database_from_url(config.database_url),
            "ledger": database_from_url(config.ledger_database_url),
        },
        "VAR_DIR": config.var_dir,
        "CLOCK": config.clock,
        "NEWSROOM_HOST": config.host,
        "NEWSROOM_PORT": config.port,
        "SNAPSHOT_TOKEN": config.snapshot_token,
        "MODEL_TOKEN": config.model_token,
        "DRAFTS_TOKEN": config.drafts_token,
        "DEMO_PASSWORD": config.demo_password,
        "LOGGING": logging_settings(),
    }
