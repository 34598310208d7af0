"""Tenants, their members and their keys."""

from django.conf import settings
from django.db import models


class Workspace(models.Model):
    """One tenant. Everything below it is read and written through its id."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    timezone = models.CharField(max_length=60, default="Asia/Shanghai")
    hot_days = models.PositiveIntegerField(default=90)
    created_at = models.BigIntegerField()


class Membership(models.Model):
    """A user's place in a workspace."""

    class Role(models.TextChoices):
        OWNER = "owner"
        OPERATOR = "operator"
        ANALYST = "analyst"
        SERVICE = "service"
        MODERATOR = "moderator"
        FINANCE = "finance"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="member_once"),)


class ApiKey(models.Model):
    """A key's hash; the key itself is shown once when it is made. ``kind``: write (ingest), secret (manage), read."""

    class Kind(models.TextChoices):
        WRITE = "write"
        SECRET = "secret"  # noqa: S105 - a kind of key, no key
        READ = "read"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True)
