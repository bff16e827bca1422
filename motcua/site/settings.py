"""One settings file, from the environment, with safe defaults for one machine.

| variable | meaning | default |
|---|---|---|
| MOTCUA_HOME | data: database, files, keys | ``var`` beside the package |
| DATABASE_URL | ``postgres://user:password@host:port/name``; empty is SQLite in MOTCUA_HOME | |
| MOTCUA_KEY_SECRET, _FIELD, _INDEX | secrets (else MOTCUA_HOME/keys.json) | |
| MOTCUA_HOSTS | host names served, comma separated | 127.0.0.1,localhost,[::1] |
| MOTCUA_URL | public address, for links in mail | http://127.0.0.1:8000 |
| MOTCUA_HTTPS | 1: secure cookies and HSTS | 0 |
| MOTCUA_DEMO | 1: demo people with known passwords | 0 |
| MOTCUA_TODAY | demo only: the day the product takes for today, as 2024-09-30 | |
| MOTCUA_SMTP | ``smtp://user:password@host:port`` (smtps for TLS) | mail is kept in the outbox |
| MOTCUA_EMBED_WORKER | 1: the background worker runs inside the web process | 0 |
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

from motcua.site.keys import MissingKeys, load_keys

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("MOTCUA_HOME") or PACKAGE.parent / "var").resolve()
BASE_DIR = PACKAGE.parent
DEMO = os.environ.get("MOTCUA_DEMO") == "1"
TODAY = date.fromisoformat(os.environ["MOTCUA_TODAY"]) if os.environ.get("MOTCUA_TODAY") else None
if TODAY and not DEMO:
    raise ImproperlyConfigured("MOTCUA_TODAY moves the clock: it is allowed in demo mode only.")
EMBED_WORKER = os.environ.get("MOTCUA_EMBED_WORKER") == "1"
PACKS = PACKAGE / "packs"

try:
    MOTCUA_KEYS = load_keys(HOME, dict(os.environ))
except MissingKeys as error:
    raise ImproperlyConfigured(str(error)) from error
SECRET_KEY = MOTCUA_KEYS["secret"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = os.environ.get("MOTCUA_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "motcua.org",  # before allauth: its templates dress the log-in pages
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "motcua.ui",
    "motcua.audit",
    "motcua.files",
    "motcua.notify",
    "motcua.jobs",
    "motcua.documents",
    "motcua.procedures",
    "motcua.dossiers",
    "motcua.planning",
    "motcua.indicators",
    "motcua.reports",
    "motcua.api",
    "motcua.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.ui.middleware.RequestIdMiddleware",
    "motcua.ui.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "motcua.site.middleware.PersonMiddleware",
    "motcua.api.middleware.IdempotencyMiddleware",
    "motcua.ui.middleware.RefusedMiddleware",
]

if DEMO:
    MIDDLEWARE.insert(0, "motcua.site.middleware.TimingMiddleware")

ROOT_URLCONF = "motcua.site.urls"
WSGI_APPLICATION = "motcua.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.site.context.page",
            ],
        },
    },
]
FORM_RENDERER = "motcua.ui.forms.Renderer"


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "motcua.db.sqlite",
            "NAME": HOME / "motcua.db",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # writers serialise here
                "timeout": 20,
                # FULL: what was acknowledged survives a power cut
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA foreign_keys=ON;PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY;",
            },
            "TEST": {"NAME": os.environ.get("MOTCUA_TEST_DB", "/dev/shm/motcua_test.sqlite3")},  # noqa: S108 # tests only
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
# Limits of log-in attempts count here: a cache in process memory would count per process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "motcua_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "motcua.org.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers who type an address
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "motcua.org.account_forms.LoginForm",
    "change_password": "motcua.org.account_forms.ChangePasswordForm",
    "reset_password": "motcua.org.account_forms.ResetPasswordForm",
    "reset_password_from_key": "motcua.org.account_forms.ResetPasswordKeyForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
USERSESSIONS_TRACK_ACTIVITY = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one long working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("MOTCUA_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "motcua.site.views.csrf_failure"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MAX_UPLOAD_BYTES = 50 * 1024 * 1024

_smtp = urlparse(os.environ.get("MOTCUA_SMTP", ""))
if _smtp.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname
    EMAIL_PORT = _smtp.port or 25
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "motcua.notify.backends.NoServer"
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_MAIL_FROM", "motcua@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MOTCUA_LOG", "WARNING")},
    "loggers": {"motcua": {"level": "INFO"}},
}
