"""Addresses of plans, tasks, targets and steering documents."""

from motcua.planning.urls_plans import plans
from motcua.planning.urls_tasks import tasks

app_name = "planning"
urlpatterns = [*plans, *tasks]
