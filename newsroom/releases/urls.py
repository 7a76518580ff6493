"""Addresses of the release pages."""

from django.urls import path

from newsroom.releases import views

app_name = "releases"
urlpatterns = [
    path("ban-phat-hanh/", views.listing, name="listing"),
    path("thu-hoi/<str:release_id>/", views.withdraw, name="withdraw"),
]
