"""Tables for channels with a provider behind them; part of ``ledger.models``."""

from __future__ import annotations

from django.db import models


class ChannelEvent(models.Model):
    """An event of a provider that was taken. ``key`` is a SHA-256 (``ledger.channel_events.event_key``): no id of a person stays here."""

    key = models.CharField(primary_key=True, max_length=64)
    channel = models.CharField(max_length=16)
    at = models.DateTimeField(db_index=True)


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
