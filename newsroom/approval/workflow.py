"""The workflow itself: one step, for every kind of content. Made after each migration."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowMixin, WorkflowTask

from newsroom.accounts.roles import APPROVERS
from newsroom.approval.models import FourEyesTask

NAME = "Phê duyệt nội dung"
STEP = "Phê duyệt bởi người thứ hai"
WAGTAILS_OWN = "Moderators approval"


def ensure_workflow() -> None:
    """Creates the workflow and gives it to every content model; drops the one that Wagtail brings for pages."""
    Workflow.objects.filter(name=WAGTAILS_OWN).delete()
    Task.objects.filter(name=WAGTAILS_OWN).delete()
    task, _ = FourEyesTask.objects.get_or_create(name=STEP)
    task.groups.set(Group.objects.filter(name=APPROVERS))
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for model in apps.get_app_config("content").get_models():
        if issubclass(model, WorkflowMixin):
            content_type = ContentType.objects.get_for_model(model)
            WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})
