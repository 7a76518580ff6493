"""Narrowing the log: by day, area, account, words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet

from contracts.clock import VIETNAM
from newsroom.audit.models import Event
from newsroom.clock import clock

ALL = [("", "Tất cả")]


class SearchForm(forms.Form):
    """What to show; everything is optional. Days are those of the content clock, as on every page."""

    tu = forms.DateField(label="Từ ngày", required=False, widget=forms.DateInput({"type": "date"}))
    den = forms.DateField(label="Đến ngày", required=False, widget=forms.DateInput({"type": "date"}))
    mang = forms.ChoiceField(label="Mảng", required=False, choices=[*ALL, *Event.Area.choices])
    nguoi = forms.CharField(label="Tài khoản", required=False, max_length=150)
    tim = forms.CharField(label="Đối tượng hoặc chi tiết", required=False, max_length=200)

    def clean(self) -> None:
        """Days are swapped easily."""
        super().clean()
        start, end = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if start and end and end < start:
            raise forms.ValidationError("“Đến ngày” phải từ “Từ ngày” trở đi.")


def search(given: Mapping[str, str]) -> tuple[SearchForm, QuerySet[Event]]:
    """The form and the events that fit, newest first; none when the form is wrong."""
    form = SearchForm(given)
    events = Event.objects.order_by("-pk")
    if not form.is_valid():
        return form, events.none()
    asked = form.cleaned_data
    if asked["tu"]:
        events = events.filter(at__gte=_begin(asked["tu"]))
    if asked["den"]:
        events = events.filter(at__lt=_begin(asked["den"] + timedelta(days=1)))
    if asked["mang"]:
        events = events.filter(area=asked["mang"])
    if asked["nguoi"]:
        events = events.filter(Q(actor=asked["nguoi"]) | Q(actor_name__icontains=asked["nguoi"]))
    if asked["tim"]:
        events = events.filter(Q(subject__icontains=asked["tim"]) | Q(detail__icontains=asked["tim"]))
    return form, events


def shown_time(event: Event) -> datetime:
    """When it happened, on the content clock: a demonstration speaks of one day throughout."""
    return (event.at + clock().offset).astimezone(VIETNAM)


def _begin(day: datetime) -> datetime:
    return datetime.combine(day, time(), VIETNAM) - clock().offset
