"""All addresses of the newsroom. No page is served to residents here."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from newsroom.accounts.staff_pages import OwnAccountView
from newsroom.workplace.closed import closed_urls

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="wagtailadmin_home", permanent=False)),
    path("", include("newsroom.api.urls")),
    path("", include("newsroom.releases.urls")),
    path("phe-duyet/", include("newsroom.approval.urls")),
    path("nhat-ky/", include("newsroom.audit.urls")),
    path("hinh/", include("newsroom.content.urls")),
    path("ban-tin/", include("newsroom.bulletins.urls")),
    path("tep/", include("newsroom.imports.urls")),
    path("huan-luyen/", include("newsroom.training.urls")),
    path("desk/", include("desk.urls")),
    path("xac-thuc/", include("newsroom.accounts.urls")),
    path("admin/", include(closed_urls)),
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
]
