"""Tables for channels with a provider behind them; part of ``ledger.models``."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class InboundEvent(models.Model):
    """An event of a provider, from the moment it was acknowledged. It waits while ``body`` is not null.

    ``key`` is a SHA-256 (``ledger.inbox.event_key``); ``lane`` is the address of the person, within which order counts.
    Both what it said and whom it concerns are gone once it took effect; the key stays for repetitions. ``worker`` is the
    gateway that took it in and works on it; ``tries`` counts how often it was touched after a worker had
    ended before it took effect; ``set_aside`` is why nobody tries any more.
    """

    key = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=16)
    at = models.DateTimeField(db_index=True)
    lane = models.CharField(max_length=128)
    body = models.TextField(null=True)
    urgent = models.BooleanField(default=False)
    worker = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    set_aside = models.CharField(max_length=64, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lane", "id"], name="inbox_waiting", condition=models.Q(body__isnull=False))
        ]


class Worker(models.Model):
    """A gateway process that is alive until ``alive_until``; the events of one that is not go to another."""

    name = models.CharField(primary_key=True, max_length=64)
    alive_until = models.DateTimeField()


class ChannelCredential(models.Model):
    """The token pair of one account at a provider. Tokens are sealed by the channel; ``version`` grows with each pair.

    ``previous`` is the sealed pair before this one. The lease belongs to whoever refreshes; ``trouble`` says why
    somebody has to connect the account anew.
    """

    channel = models.CharField(max_length=16)
    account = models.CharField(max_length=64)
    access_token = models.TextField()
    refresh_token = models.TextField()
    previous = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    lease_by = models.CharField(max_length=64, default="")
    lease_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "account"], name="one_credential_per_account")]


class ConsentLink(models.Model):
    """A one-time link on which an account's owner lets the product in; only hashes of link and state are kept."""

    link_sha256 = models.CharField(primary_key=True, max_length=64)
    channel = models.CharField(max_length=16)
    expires_at = models.DateTimeField()
    state_sha256 = models.CharField(max_length=64, default="", db_index=True)
    verifier = models.TextField(default="")
    used_at = models.DateTimeField(null=True)


class Upload(models.Model):
    """A picture that a provider keeps for an account until ``expires_at``; ``sha256`` is of its bytes."""

    account = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    attachment_id = models.CharField(max_length=200)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "sha256"], name="one_upload_per_account")]
