"""Settings of the application. Every name that an installation may set is read here, through `env`.

They come from the process's environment, or from the file `.env` in TOUCHSTONE_HOME.
"""

from urllib.parse import unquote, urlsplit

import environ

from touchstone.config.home import demonstration_folder, home

HOME = home()
env = environ.Env()
if HOME.environment.is_file():
    env.read_env(HOME.environment)

# Where things are kept. Code below this floor reads these two names, never the environment.
TOUCHSTONE_HOME = HOME.root
TOUCHSTONE_DEMONSTRATION = demonstration_folder()

SECRET_KEY = env.str("TOUCHSTONE_SECRET_KEY", default="") or HOME.secret_key()
DEBUG = env.bool("TOUCHSTONE_DEBUG", default=False)
ALLOWED_HOSTS = env.list("TOUCHSTONE_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# One switch for an installation behind HTTPS: without it, cookies must travel over plain HTTP.
HTTPS = env.bool("TOUCHSTONE_HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = env.int("TOUCHSTONE_HSTS_SECONDS", default=3600 if HTTPS else 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Where everybody finds this installation: it is printed on certificates, in words and as a code.
_here = {"*", "localhost", "127.0.0.1", "[::1]"}
_host = next((host.lstrip(".") for host in ALLOWED_HOSTS if host not in _here), HOME.served_at())
_own = f"{'https' if HTTPS else 'http'}://{_host}"
TOUCHSTONE_ADDRESS = env.str("TOUCHSTONE_ADDRESS", default=_own).rstrip("/")
# Who issues: credentials name it beside the address.
TOUCHSTONE_NAME = env.str("TOUCHSTONE_NAME", default="") or urlsplit(TOUCHSTONE_ADDRESS).hostname or ""
# Who gives away the register, and on what terms: the interface and the open data say so.
TOUCHSTONE_CONTACT = env.str("TOUCHSTONE_CONTACT", default="")
TOUCHSTONE_DATA_LICENCE = env.str("TOUCHSTONE_DATA_LICENCE", default="CC BY 4.0")
_licence = "https://creativecommons.org/licenses/by/4.0/"
TOUCHSTONE_DATA_LICENCE_ADDRESS = env.str("TOUCHSTONE_DATA_LICENCE_ADDRESS", default=_licence)
TOUCHSTONE_DUMPS_KEPT = env.int("TOUCHSTONE_DUMPS_KEPT", default=30)
# Requests a minute that one address may make of the interface; 0 is without a limit.
TOUCHSTONE_API_RATE = env.int("TOUCHSTONE_API_RATE", default=600)
TOUCHSTONE_TRUSTED_PROXIES = env.list("TOUCHSTONE_TRUSTED_PROXIES", default=[])
# Badges of stopped labels that are still shown: from when on a label that ran out counts, and how long a
# count is kept (in days).
TOUCHSTONE_MISUSE_PATIENCE = env.int("TOUCHSTONE_MISUSE_PATIENCE", default=90)
TOUCHSTONE_MISUSE_DAYS = env.int("TOUCHSTONE_MISUSE_DAYS", default=400)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "django_tasks",
    "django_tasks_db",
    "touchstone.config",
    "touchstone.apps.organisations",
    "touchstone.apps.accounts",
    "touchstone.apps.cases",
    "touchstone.apps.experts",
    "touchstone.apps.participants",
    "touchstone.apps.register",
    "touchstone.apps.credentials",
    "touchstone.apps.certificates",
    "touchstone.apps.badges",
    "touchstone.apps.notices",
    "touchstone.apps.watching",
    "touchstone.apps.duties",
    "touchstone.apps.old_pages",
    "touchstone.apps.labels",
    "touchstone.apps.demonstration",
    "touchstone.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "touchstone.api.gate.gate",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "touchstone.web.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "touchstone.web.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "touchstone.web.middleware.Damage",
]

ROOT_URLCONF = "touchstone.config.urls"
WSGI_APPLICATION = "touchstone.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The connection is kept and `BEGIN IMMEDIATE` is used, or SQLite answers "database is locked" under
# load. Write-ahead logging is stored in the file and set once, by `startup`. No ATOMIC_REQUESTS: each
# transaction would take the write lock, reads too. No mmap_size: it brought disk errors.
_SQLITE = {
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-20000;",
    },
}
_SERVER = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# The embedded one is named by its path and not by an address: a home may have spaces in its name.
_embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME.database}
_database = env.db("DATABASE_URL") if env.str("DATABASE_URL", default="") else _embedded
# A server on this machine may be named by the folder of its socket: postgresql://me@%2Frun%2Fpostgresql/label
_database["HOST"] = unquote(str(_database.get("HOST", "")))
_kind = _SQLITE if _database["ENGINE"] == _embedded["ENGINE"] else _SERVER
DATABASES = {"default": {**_database, **_kind}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The report is made by `manage db_worker`; "immediate" makes it inside the request, for tests.
_TASKS = {
    "database": "django_tasks_db.DatabaseBackend",
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
}
TASKS = {"default": {"BACKEND": _TASKS[env.str("TOUCHSTONE_TASKS", default="database")]}}

# Letters go to a mail server, or to files in the home that a person of a trial installation can read.
_files = {
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "EMAIL_FILE_PATH": HOME.letters,
}
globals().update(env.email_url("TOUCHSTONE_MAIL") if env.str("TOUCHSTONE_MAIL", default="") else _files)
EMAIL_TIMEOUT = 20
_mail_host = urlsplit(TOUCHSTONE_ADDRESS).hostname or "localhost"
DEFAULT_FROM_EMAIL = env.str("TOUCHSTONE_MAIL_FROM", default=f"Touchstone <labels@{_mail_host}>")
# Days before the end of a label on which its watchers are reminded, the first one first; none: never.
TOUCHSTONE_REMIND_DAYS = env.list("TOUCHSTONE_REMIND_DAYS", cast=int, default=[90, 30])

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/workspace/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en-gb"
# Only languages that the pages speak: otherwise numbers and dates would follow the reader's and words not.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
# The hashed names need a collected folder (`startup.collect_static`); until there is one, files are
# served from where they lie, so that nothing depends on a step that was forgotten.
_collected = not DEBUG and (HOME.static / "staticfiles.json").is_file()
WHITENOISE_USE_FINDERS = not _collected
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("TOUCHSTONE_LOG_LEVEL", default="WARNING")},
    # Django's own set-up adds handlers of its own to these; one line on stderr is enough.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # A page that is not there, or not for somebody, is no trouble of the installation's.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
