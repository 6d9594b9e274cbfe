"""Settings of the test suite: fixed keys, cheap passwords, no manifest of static files."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("ZHITONG_HOME", tempfile.mkdtemp(prefix="zhitong-test-"))
os.environ.setdefault("ZHITONG_SECRET_KEY", "for tests only, never in an installation")
os.environ.setdefault("ZHITONG_MASTER_KEY", "for tests only, never in an installation")

from .settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["*"]
SAMPLE_INSTALLATION = True
ZHITONG_REQUIRE_MFA = False
HUEY = {**HUEY, "immediate": True}
