"""Addresses of the log, under ``/nhat-ky/``."""

from django.urls import path

from newsroom.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("xuat.<str:form>", views.export, name="export"),
]
