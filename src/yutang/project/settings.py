"""Wiring only: a room's own settings belong to the room's rows.

Read from the environment: YUTANG_HOME, YUTANG_DATABASE, YUTANG_HTTPS (1: only over TLS), YUTANG_HOSTS and YUTANG_ORIGINS
(comma separated: names this installation answers to, and origins trusted beside them).
"""

import os
import secrets
from pathlib import Path

from yutang.kernel.home import database_address, home_path
from yutang.project import database, logs
from yutang.project.rooms import offering


def _listed(name: str) -> list[str]:
    return [each.strip() for each in os.environ.get(name, "").split(",") if each.strip()]


def _secret(home: Path) -> str:
    """The installation's key; a throw-away one where nothing has been initialised."""
    file = home / "secret.key"
    return file.read_text().strip() if file.exists() else secrets.token_urlsafe(48)


YUTANG_HOME = home_path()
SECRET_KEY = _secret(YUTANG_HOME)
DATABASES = {"default": database.configured(YUTANG_HOME, database_address(YUTANG_HOME))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
HTTPS = os.environ.get("YUTANG_HTTPS", "") == "1"
ALLOWED_HOSTS = _listed("YUTANG_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = _listed("YUTANG_ORIGINS")

INSTALLED_APPS = [
    *(name.removesuffix(".apps") for name in offering("apps")),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yutang.web.security.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yutang.web.language.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yutang.kernel.middleware.Refusals",
    "yutang.web.errors.PageProblems",
]

ROOT_URLCONF = "yutang.project.urls"
WSGI_APPLICATION = "yutang.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yutang.web.context.page",
            ]
        },
    }
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 86_400
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "yutang.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = str(YUTANG_HOME / "staging") if (YUTANG_HOME / "staging").is_dir() else None

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"

LOGGING_CONFIG = None
logs.configure()
