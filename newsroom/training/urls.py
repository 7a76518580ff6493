"""Addresses of the training pages, under ``/huan-luyen/``."""

from django.urls import path

from newsroom.training import views

app_name = "training"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<int:job_id>/", views.job, name="job"),
    path("<int:job_id>/huy/", views.cancel, name="cancel"),
    path("huan-luyen-lai/", views.train_again, name="train_again"),
    path("thu-nghiem/<int:revision_id>/", views.try_out, name="try_out"),
    path("mo-hinh/<int:archive_id>/dung-lai/", views.use_again, name="use_again"),
]
