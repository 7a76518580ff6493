"""Addresses of the bulletin pages, under ``/ban-tin/``."""

from django.urls import path

from newsroom.bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("", views.day, name="day"),
    path("<int:pk>/", views.forms, name="forms"),
    path("<int:pk>/<str:name>", views.file, name="file"),
]
