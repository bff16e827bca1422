from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from motcua.dossiers.work import steps_of
        from motcua.org.work import tell_work

        tell_work(steps_of)
