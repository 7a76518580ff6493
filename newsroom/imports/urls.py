"""Addresses of import and export, under ``/tep/``."""

from django.urls import path

from newsroom.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.start, name="start"),
    path("nhap/<int:uploaded_id>/", views.dry_run, name="dry-run"),
    path("lo/<int:run_id>/", views.run, name="run"),
    path("mau/<str:name>.xlsx", views.template, name="template"),
    path("xuat/<str:name>.<str:form>", views.export, name="export"),
]
