"""Addresses of the second factor, under ``/xac-thuc/``."""

from django.urls import path

from newsroom.accounts import second_factor_pages

app_name = "accounts"
urlpatterns = [
    path("", second_factor_pages.enter, name="enter"),
    path("thiet-lap/", second_factor_pages.set_up, name="set-up"),
    path("go-bo/<int:user_id>/", second_factor_pages.forget, name="forget"),
]
