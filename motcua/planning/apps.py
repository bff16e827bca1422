from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "motcua.planning"
    label = "planning"
