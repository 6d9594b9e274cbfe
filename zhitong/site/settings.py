"""Settings: plain assignments, each from the environment where an installation may differ.

``docs/reference/settings.md`` is generated from this file; the line ``#: …`` above an assignment says what it means.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent.parent
#: folder of the database, keys, attachments and exports
HOME = Path(env.str("ZHITONG_HOME", default=str(PACKAGE.parent / "var")))
HOME.mkdir(parents=True, exist_ok=True)

# --- secrets: made once by `zhitong run` and kept in HOME/secrets.env, readable by the owner only
if (HOME / "secrets.env").exists():
    env.read_env(str(HOME / "secrets.env"))
#: shows errors in the browser; for development alone
DEBUG = env.bool("ZHITONG_DEBUG", default=False)
#: signs sessions and links; made once by `zhitong run`
SECRET_KEY = env.str("ZHITONG_SECRET_KEY", default="")
#: seals numbers and chains the record; made once by `zhitong run`, never changed, kept apart from backups
ZHITONG_MASTER_KEY = env.str("ZHITONG_MASTER_KEY", default="")
#: names under which pages are served
ALLOWED_HOSTS = env.list("ZHITONG_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
#: addresses (`https://…`) from which forms come where a proxy stands in front
CSRF_TRUSTED_ORIGINS = env.list("ZHITONG_ORIGINS", default=[])
#: address at which `zhitong run` serves, which it sets itself
SERVED_AT = env.str("ZHITONG_SERVED_AT", default="http://127.0.0.1:8000")
#: address to which links in messages lead
ZHITONG_ADDRESS = env.str("ZHITONG_ADDRESS", default=next(iter(CSRF_TRUSTED_ORIGINS), SERVED_AT))

# --- the trade's adjustable numbers
ZHITONG_ROLES = "zhitong.site.roles.ROLES"
#: dotted path of what sends short messages; the default writes them to the log
ZHITONG_SMS = env.str("ZHITONG_SMS", default="zhitong.kernel.sms.LogSender")
#: days after which a post that nobody confirmed closes; a choice of ours
DEMAND_STALE_AFTER = timedelta(days=env.int("ZHITONG_DEMAND_STALE_DAYS", default=90))
#: days that a worker has to answer an offer; a choice of ours
OFFER_ANSWER_DAYS = env.int("ZHITONG_OFFER_ANSWER_DAYS", default=3)
#: days that an employer has to answer a yes; a choice of ours
EMPLOYER_ANSWER_DAYS = env.int("ZHITONG_EMPLOYER_ANSWER_DAYS", default=3)
#: seconds that a round may be computed; the best plan found until then is kept and says how good it is
ROUND_SECONDS = env.int("ZHITONG_ROUND_SECONDS", default=600)
#: processor cores on which a round is computed, 0 for all there are; the plan is the same on any number
ROUND_THREADS = env.int("ZHITONG_ROUND_THREADS", default=0)
#: sites whose addresses may stand as links to a video interview, their subdomains included
MEETING_SITES = env.list(
    "ZHITONG_MEETING_SITES",
    default=["meeting.tencent.com", "meeting.dingtalk.com", "vc.feishu.cn", "welink.huaweicloud.com"],
)
#: size of one attachment, in bytes
ATTACHMENT_MOST_BYTES = env.int("ZHITONG_ATTACHMENT_MOST_BYTES", default=10 * 1024 * 1024)
ATTACHMENT_KINDS = ("image/jpeg", "image/png", "application/pdf", "application/zip")
#: rows up to which a list is written while one waits; a job writes longer ones (decision 0011)
EXPORT_AT_ONCE = env.int("ZHITONG_EXPORT_AT_ONCE", default=3000)
#: days that a list written by a job is kept
EXPORT_KEPT = timedelta(days=env.int("ZHITONG_EXPORT_DAYS", default=3))
#: days that the link of a question by short message serves
STATUS_QUESTION_HOLDS = timedelta(days=env.int("ZHITONG_STATUS_QUESTION_DAYS", default=7))
#: days before the same person is asked again
STATUS_QUESTION_AGAIN = timedelta(days=env.int("ZHITONG_STATUS_QUESTION_AGAIN_DAYS", default=30))
#: questions by short message that a village or township may send in a day
STATUS_QUESTIONS_A_DAY = env.int("ZHITONG_STATUS_QUESTIONS_A_DAY", default=1000)
#: days that somebody has to answer who is asked as a spouse
SPOUSE_ANSWER = timedelta(days=env.int("ZHITONG_SPOUSE_ANSWER_DAYS", default=14))
#: working days in which a county answers a request for deletion; 国信办秘字〔2019〕191号, part 6: at most 15
DELETION_ANSWER_DAYS = env.int("ZHITONG_DELETION_ANSWER_DAYS", default=15)
#: days after its end that a placement keeps the data of its worker (decision 0019)
PLACEMENT_KEPT = timedelta(days=env.int("ZHITONG_PLACEMENT_KEPT_DAYS", default=730))
#: holidays on weekdays, `YYYY-MM-DD`, of years whose notice is not in the table yet
HOLIDAYS = frozenset(env.list("ZHITONG_HOLIDAYS", default=[]))
#: worked weekends, `YYYY-MM-DD`, of years whose notice is not in the table yet
WORKED_DAYS = frozenset(env.list("ZHITONG_WORKED_DAYS", default=[]))
JOB_STALE_AFTER = timedelta(minutes=2)
#: hours in which offices answer questions
OFFICE_HOURS = env.str("ZHITONG_OFFICE_HOURS", default="09:00-12:00 13:00-17:00")
#: days of the week on which offices answer questions, 1 Monday … 7 Sunday
OFFICE_WEEKDAYS = env.str("ZHITONG_OFFICE_WEEKDAYS", default="12345")
#: working days, `YYYY-MM-DD`, on which offices answer no questions
OFFICE_HOLIDAYS = env.list("ZHITONG_OFFICE_HOLIDAYS", default=[])
#: days off, `YYYY-MM-DD`, on which offices answer questions all the same
OFFICE_EXTRA_DAYS = env.list("ZHITONG_OFFICE_EXTRA_DAYS", default=[])
#: office hours in which a question is answered; the default is two days of seven hours
ENQUIRY_ANSWER_AFTER = timedelta(hours=env.int("ZHITONG_ENQUIRY_ANSWER_HOURS", default=14))
#: questions of one person that may wait for an answer
ENQUIRY_MOST_WAITING = env.int("ZHITONG_ENQUIRY_MOST_WAITING", default=5)
#: days that counts of what was looked for are kept
ASKED_KEPT = timedelta(days=env.int("ZHITONG_ASKED_DAYS", default=400))
#: days after its end that the question of somebody not on the register is kept
GUEST_ENQUIRY_KEPT = timedelta(days=env.int("ZHITONG_GUEST_ENQUIRY_DAYS", default=180))
#: days that the rows of a list are kept as they came, and that it can be undone
LIST_KEPT = timedelta(days=env.int("ZHITONG_LIST_DAYS", default=180))
#: days that settled statements of devices are kept
DOORSTEP_KEPT = timedelta(days=env.int("ZHITONG_DOORSTEP_DAYS", default=90))
#: days that answered or expired questions by short message are kept
STATUS_QUESTION_KEPT = timedelta(days=env.int("ZHITONG_STATUS_QUESTION_KEPT_DAYS", default=90))
#: days after which the data of people who left the register are deleted (decision 0019)
WITHDRAWN_KEPT = timedelta(days=env.int("ZHITONG_WITHDRAWN_KEPT_DAYS", default=180))
#: days that numbers of submissions are kept; longer than the 14 days of a device
NONCE_KEPT = timedelta(days=env.int("ZHITONG_NONCE_DAYS", default=30))
#: days that a token of the API holds at most
TOKEN_DAYS = env.int("ZHITONG_TOKEN_DAYS", default=365)
#: whether everything here is made up and says so; set by `zhitong run` for a demo
SAMPLE_INSTALLATION = env.bool("ZHITONG_SAMPLE", default=(HOME / "sample").exists())

# --- the application
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_prometheus",
    "csp",
    "ninja",
    "zhitong.kernel",
    "zhitong.workers",
    "zhitong.employers",
    "zhitong.matching",
    "zhitong.dispatch",
    "zhitong.rights",
    "zhitong.dashboards",
    "zhitong.site",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhitong.kernel.web.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhitong.kernel.signin.SessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhitong.kernel.web.RefusalMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "zhitong.site.urls"
WSGI_APPLICATION = "zhitong.site.wsgi.application"
AUTH_USER_MODEL = "kernel.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "zhitong.kernel.web.page_context",
            ],
        },
    }
]

# --- databases
#: where the rows are: SQLite in `ZHITONG_HOME`, or `postgres://user:password@host/name`
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(HOME / 'zhitong.sqlite3'))}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
    }
#: whether this process answers pages and pools its connections; set by the server of pages itself
elif env.bool("ZHITONG_ANSWERS_PAGES", default=False):
    # Only where pages are answered: a pool's threads would keep a long load from being shared with a second process.
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ON_POSTGRESQL = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
HUEY = {
    "immediate": False,
    "path": str(HOME / "queue.sqlite3"),
    "dsn": env.str("DATABASE_URL") if ON_POSTGRESQL else None,
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "site" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhitong.kernel.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"
#: hours after which one signs in again
SESSION_COOKIE_AGE = env.int("ZHITONG_SESSION_HOURS", default=12) * 3600
ZHITONG_WELCOME = "zhitong.site.demo_accounts.describe"
#: days that the link of an invitation serves
ZHITONG_INVITATION_DAYS = env.int("ZHITONG_INVITATION_DAYS", default=7)
#: whether staff whose role reaches a county or more need a second proof
ZHITONG_REQUIRE_MFA = env.bool("ZHITONG_REQUIRE_MFA", default=not SAMPLE_INSTALLATION)
ACCOUNT_ADAPTER = "zhitong.kernel.signin.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_DISPLAY = "zhitong.kernel.signin.shown_name"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "request_login_code": "10/m/ip,1/30s/key,10/d/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "ask_question": "5/h/ip,3/d/key",
    "count_asked": "60/m/ip",
}
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "zhitong.kernel.signin.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "直通"
#: providers of OpenID Connect as JSON, in the form of `SOCIALACCOUNT_PROVIDERS` of django-allauth
SOCIALACCOUNT_PROVIDERS = env.json("ZHITONG_OIDC", default={})
#: addresses of the providers of OpenID Connect, to which a page may lead
ZHITONG_OIDC_ORIGINS = env.list("ZHITONG_OIDC_ORIGINS", default=[])
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "zhitong.kernel.signin.FederationAdapter"

# --- security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
#: whether a TLS proxy stands in front: secure cookies, and one year of HSTS
SECURE_COOKIES = env.bool("ZHITONG_HTTPS", default=False)
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *ZHITONG_OIDC_ORIGINS],
        "frame-ancestors": [NONE],
    }
}

# --- logs: one JSON line each, no personal data
#: least level of what is logged
ZHITONG_LOG_LEVEL = env.str("ZHITONG_LOG_LEVEL", default="INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "zhitong.site.logs.json_lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
