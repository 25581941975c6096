"""Django's settings; what may differ between installations is read by `environment.py`."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from anahtar_web.config.databases import database
from anahtar_web.config.environment import Environment, origins
from anahtar_web.config.keys import kept_secret
from anahtar_web.config.mail import imap, mail

ENVIRONMENT = Environment()
PACKAGE = Path(__file__).parent.parent
ROOT = PACKAGE.parent.parent

DATA = Path(ENVIRONMENT.text("DATA")).absolute()
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)

DEBUG = ENVIRONMENT.flag("DEBUG")
DEMO = ENVIRONMENT.flag("DEMO")
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY") or kept_secret(DATA / "secret.key")
ALLOWED_HOSTS = ENVIRONMENT.names("HOSTS")
UPLOAD_BYTES = ENVIRONMENT.number("UPLOAD_MB") << 20
UPLOAD_QUOTA_BYTES = ENVIRONMENT.number("UPLOAD_QUOTA_MB") << 20
ATTACHMENT_BYTES = ENVIRONMENT.number("ATTACHMENT_MB") << 20
ACCOUNT_FILES_BYTES = ENVIRONMENT.number("ACCOUNT_FILES_MB") << 20
CLAMAV = ENVIRONMENT.text("CLAMAV")
SOURCE_HOSTS = [host.lower() for host in ENVIRONMENT.names("SOURCE_HOSTS")]
SOURCE_PASSFILE = ENVIRONMENT.text("SOURCE_PASSFILE")
ERASURES = ENVIRONMENT.text("ERASURES")
FREE_DISK_BYTES = ENVIRONMENT.number("FREE_DISK_MB") << 20

APPS = (
    "gate",
    "audit",
    "people",
    "company",
    "jobs",
    "accounts",
    "files",
    "stakeholders",
    "competitors",
    "dossier",
    "interactions",
    "tenders",
    "strategies",
    "ledgers",
    "deliveries",
    "insight",
    "foresight",
    "losses",
    "risks",
    "signals",
    "schedules",
    "closings",
    "sources",
    "winbacks",
    "history",
    "search",
    "privacy",
    "briefing",
    "reports",
    "ui",
    "operations",
)
"""Our own apps, in the order in which they may know each other: what stands later may know what stands earlier."""

INSTALLED_APPS = [
    *(f"anahtar_web.{app}" for app in APPS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_cotton",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "anahtar_web.gate.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "anahtar_web.gate.middleware.PlainRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Everything needs a signed-in person, unless a view says otherwise (`public=True`). Above the check of CSRF tokens,
    # which reads the whole body.
    "anahtar_web.gate.middleware.DoorMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "anahtar_web.people.middleware.LanguageMiddleware",
    "anahtar_web.company.middleware.TimeZoneMiddleware",
    "anahtar_web.audit.middleware.WhereMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "anahtar_web.people.middleware.SessionAgeMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anahtar_web.ui.middleware.ErrorPagesMiddleware",
]

ROOT_URLCONF = "anahtar_web.config.urls"
WSGI_APPLICATION = "anahtar_web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "anahtar_web.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "anahtar_web.ui.templatetags.shown",
                "anahtar_web.ui.templatetags.pieces",
            ],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT.text("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sign-in -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 86400
LOGIN_URL = "account_login"
FIRST_START_URL = "company:setup"
"""Where the sign-in page leads while nobody is there."""
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "anahtar_web.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator names the address; there is no sign-up
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, and after SESSION_COOKIE_AGE whatever happens
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "anahtar_web.people.tokens.LinkTokens"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key", "reset_password": "20/h/ip,5/h/key"}
SOCIALACCOUNT_ADAPTER = "anahtar_web.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter does it: allauth's way wipes the password
MFA_ADAPTER = "anahtar_web.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Anahtar"
MFA_TOTP_TOLERANCE = 1  # telephones are half a minute wrong
USERSESSIONS_TRACK_ACTIVITY = False  # a write on every page, for a "last seen"
OIDC = bool(ENVIRONMENT.text("OIDC_SERVER"))
OIDC_TRUSTS_ADDRESSES = ENVIRONMENT.flag("OIDC_TRUST_ADDRESSES")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": ENVIRONMENT.text("OIDC_NAME"),
                "client_id": ENVIRONMENT.text("OIDC_CLIENT"),
                "secret": ENVIRONMENT.text("OIDC_SECRET"),
                "settings": {"server_url": ENVIRONMENT.text("OIDC_SERVER")},
            }
        ]
        if OIDC
        else [],
    }
}

# Tries are counted here. In the database, because every process of every machine has to see the same count, and it is
# the one thing they share; files would do for one machine only, and their `add` is no lock between processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "anahtar_cache",
        # Whoever makes up addresses must not be able to push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # For counts a page may show a minute old. A page that is read writes nothing, so not into the table above.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}

SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60 if not DEMO else 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "anahtar_web.ui.errors.stale_form"

# Behind HTTPS -----------------------------------------------------------------------------------------------------

ORIGIN = ENVIRONMENT.text("ORIGIN").rstrip("/")
HTTPS = ORIGIN.startswith("https://")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
PROXIES = ENVIRONMENT.number("PROXIES")
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-sessionid", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
)
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The button of single sign-on is a form, and a form's redirects count as its action.
        "form-action": [SELF, *origins(ENVIRONMENT.text("OIDC_SERVER"))],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Words and places -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("tr", _("Turkish")), ("en", _("English"))]
"""What a person may choose. The Russian catalogue is prepared (`locale/ru` of every app) and not offered yet."""
LOCALE_PATHS: list[str] = []
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False  # numbers are written by the `number` filter; a dot inside an SVG path is an accident
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [path] if (path := ROOT / "frontend" / "dist").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["anahtar_web.files.incoming.IncomingHandler"]
FILE_UPLOAD_TEMP_DIR = DATA / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True, mode=0o700)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Work and mail ----------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
globals().update(mail(ENVIRONMENT.text("SMTP_URL"), DATA))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.text("MAIL_FROM")
EMAIL_TIMEOUT = 10
IMAP = imap(ENVIRONMENT)
"""The folder that is read for mails with customers; None: none is."""
REPORT_DAY = ENVIRONMENT.between("REPORT_DAY", 1, 28)
REPORT_HOUR = ENVIRONMENT.between("REPORT_HOUR", 0, 23)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
