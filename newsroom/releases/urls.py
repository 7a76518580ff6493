"""Addresses of the release pages."""

from django.urls import path

from newsroom.releases import correction_pages, history_pages, second_review_pages, views

app_name = "releases"
urlpatterns = [
    path("ban-phat-hanh/", views.listing, name="listing"),
    path("thu-hoi/<str:release_id>/", views.withdraw, name="withdraw"),
    path("dinh-chinh/", correction_pages.changed, name="changed"),
    path("dinh-chinh/<str:release_id>/", correction_pages.correct, name="correct"),
    path("xem-xet-lai/", second_review_pages.listing, name="second-reviews"),
    path("xem-xet-lai/<str:subject>/<str:release_id>/", second_review_pages.decide, name="second-review"),
    path("da-noi-gi/", history_pages.said, name="said"),
    path("da-noi-gi/<str:kind>/<path:key>/", history_pages.of_key, name="of-key"),
]
