"""Addresses of the approval pages, under ``/phe-duyet/``."""

from django.urls import path

from newsroom.approval import views

app_name = "approval"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<int:task_state_id>/", views.submission, name="submission"),
]
