"""The real settings over a temporary home; a database that is a real file (or PostgreSQL: YUTANG_TEST_DATABASE)."""

import os
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="yutang-tests-"))
for _folder in ("history", "uploads", "rejects", "staging"):
    (_home / _folder).mkdir()
os.environ["YUTANG_HOME"] = str(_home)
os.environ["YUTANG_DATABASE"] = os.environ.get("YUTANG_TEST_DATABASE", "")

from yutang.project.settings import *  # noqa: E402, F403
from yutang.project.settings import DATABASES  # noqa: E402

if not os.environ["YUTANG_DATABASE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
