from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.procedures"
    label = "procedures"

    def ready(self) -> None:
        from motcua.core.measures import register
        from motcua.procedures.measures import FAMILIES

        for family in FAMILIES:
            register(family)
