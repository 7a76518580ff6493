"""Addresses for other programs."""

from django.urls import path

from newsroom.api import figures, health, history, pictures, views

urlpatterns = [
    path("api/v1/snapshot", views.snapshot),
    path("api/v1/releases/<str:release_id>", views.release),
    path("api/v1/pictures/<str:name>", pictures.picture),
    path("api/v1/history", history.history),
    path("api/v1/drafts", views.drafts),
    path("api/v1/figures", figures.figures),
    path("api/v1/model", views.model),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
