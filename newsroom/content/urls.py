"""Addresses of what content shows to staff, under ``/hinh/``."""

from django.urls import path

from newsroom.content import picture_page

app_name = "content"
urlpatterns = [path("<str:name>", picture_page.picture, name="picture")]
