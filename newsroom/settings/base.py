"""Settings that hold everywhere. What depends on the environment is in ``configured``; see development and production."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
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
    "newsroom.audit",
    "newsroom.bulletins",
    "newsroom.imports",
    "desk",
    "ledger",
    "wagtail.snippets",
    "newsroom.accounts.apps.StaffUsersConfig",  # wagtail.users with this product's pages
    "wagtail.images",  # the admin's pages name its addresses; see newsroom/workplace/closed.py
    "wagtail.documents",  # likewise
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
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
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.accounts.gate.AccountGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it replaces the answer to a locked login
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
LOGIN_REDIRECT_URL = "/admin/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Locked by name, not by address: the staff of an office share one. Fifteen minutes keep a guesser at 20 words an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "newsroom.accounts.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Tin Cậy"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it wants addresses counted too; a name cannot be rotated as they can

SESSION_LIMIT = timedelta(hours=12)  # a long shift; after it everybody logs in again
SESSION_COOKIE_AGE = int(SESSION_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

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
WAGTAILADMIN_USER_LOGIN_FORM = "newsroom.accounts.staff_pages.StaffLoginForm"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
# The revision that was approved is published, not merely the latest one.
WAGTAIL_FINISH_WORKFLOW_ACTION = "newsroom.approval.finish.publish_approved_revision"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor shows the preview in a frame
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_CLOCK: Clock | None = None
RELEASES_IN_FORCE = "newsroom.releases.in_force.in_force_now"  # where the desk, which knows no newsroom, gets texts

# Set by ``configured``; declared for the type checker.
CLOCK: str
VAR_DIR: Path
NEWSROOM_HOST: str
NEWSROOM_PORT: int
DEMO_PASSWORD: str
FIGURES_TOKENS: Mapping[str, str]
SECOND_FACTOR_REQUIRED: bool


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
        "FIGURES_TOKENS": config.figures_tokens,
        "SECOND_FACTOR_REQUIRED": config.clock == "real",  # a demonstration has no telephones; production is never one
        "LOGGING": logging_settings(),
    }
