"""The second factor of a login: six digits of an authenticator application (TOTP, RFC 6238), one device an account.

Approvers and administrators answer for what the public reads, so they must have one; others may. In demonstration
mode nobody must (``SECOND_FACTOR_REQUIRED`` follows the clock setting), but whoever set one up is asked for it.
"""

from __future__ import annotations

from base64 import b32encode
from math import ceil

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log

from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS

MUST_HAVE = (APPROVERS, ADMINISTRATORS)
NAME = "Ứng dụng xác thực"


def must_have(user: User) -> bool:
    """Whether the account may not work without a second factor."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_superuser or user.groups.filter(name__in=MUST_HAVE).exists()


def device_of(user: User) -> TOTPDevice | None:
    """The device that was set up, None when there is none."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_device(user: User) -> TOTPDevice:
    """The device that is being set up; its secret stays the same until the first right code."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": NAME})
    return device


def confirm(user: User, code: str) -> TOTPDevice | None:
    """Ends the setting up with the first code that the application shows; None when the code is wrong."""
    if device_of(user) is not None:
        return None
    device = verify_token(user, new_device(user).persistent_id, code)
    if device is not None:
        device.confirmed = True
        device.save()
        log(user, "accounts.second_factor_set", user=user)
    return device


def verify(device: TOTPDevice, code: str) -> TOTPDevice | None:
    """The device when the code is right and new; None when not, or while the device waits after wrong codes."""
    return verify_token(device.user, device.persistent_id, code)


def forget(user: User, by: User | None) -> bool:
    """Removes the second factor, for somebody who lost the telephone; whether there was one."""
    removed, _ = TOTPDevice.objects.filter(user=user).delete()
    if removed:
        log(user, "accounts.second_factor_forgotten", user=by)
    return bool(removed)


def waiting_seconds(device: TOTPDevice) -> int:
    """How long the device refuses every code after wrong ones: 1, 2, 4, 8 … seconds; 0 when it does not."""
    allowed, why = device.verify_is_allowed()
    return 0 if allowed else max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))


def typed_secret(device: TOTPDevice) -> str:
    """The secret in groups of four, for typing it by hand."""
    secret = b32encode(device.bin_key).decode()
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def qr_code(device: TOTPDevice) -> str:
    """The picture that an authenticator application reads, as an SVG element."""
    return str(segno.make(device.config_url, error="m").svg_inline(omitsize=True, border=2, dark="#111", light="#fff"))
