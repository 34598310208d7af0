"""Rows every room's writes leave behind: idempotency, audit, seals, outbox.

``workspace_id`` is a plain number here: the kernel stands below the workspaces room. Every ``at`` is integer microseconds since
1970-01-01 UTC.
"""

from django.db import models


class IdempotencyKey(models.Model):
    """One remembered call: the same key with the same input gets the stored answer, with another input a conflict."""

    workspace_id = models.BigIntegerField()
    key = models.CharField(max_length=255)
    action = models.CharField(max_length=100)
    input_hash = models.CharField(max_length=64)
    refused = models.BooleanField(default=False)
    answer = models.TextField()
    at = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace_id", "key"), name="idempotency_key_once"),)


class AuditRow(models.Model):
    """Who did what, when. ``digest`` is over salt and payload; erasure deletes both and leaves the digest."""

    workspace_id = models.BigIntegerField()
    at = models.BigIntegerField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    payload = models.TextField(null=True)  # noqa: DJ001 - null says erased, "" could be a payload
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=("workspace_id", "id"), name="audit_by_workspace"),)


class Seal(models.Model):
    """One link of the chain over committed audit rows, written by the sealer only; ``position`` has no gaps."""

    position = models.BigIntegerField(primary_key=True)
    audit = models.OneToOneField(AuditRow, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)


class OutboxRow(models.Model):
    """Something to be done after commit, at least once; consumers make it once by its ``id``."""

    workspace_id = models.BigIntegerField()
    topic = models.CharField(max_length=100)
    payload = models.TextField()
    due = models.BigIntegerField()
    attempts = models.IntegerField(default=0)
    done_at = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("topic", "due"), condition=models.Q(done_at=None), name="outbox_due"),
        )
