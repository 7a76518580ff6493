"""All addresses of the newsroom. No page is served to residents here."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="wagtailadmin_home", permanent=False)),
    path("", include("newsroom.api.urls")),
    path("", include("newsroom.releases.urls")),
    path("phe-duyet/", include("newsroom.approval.urls")),
    path("desk/", include("desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
]
