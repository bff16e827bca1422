from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "motcua.planning"
    label = "planning"

    def ready(self) -> None:
        from motcua.core.measures import register as count_in
        from motcua.jobs.periodic import Periodic, daily_at, register
        from motcua.planning.jobs import send_all_digests
        from motcua.planning.measures import FAMILY

        count_in(FAMILY)
        register(Periodic("planning.digests", send_all_digests, daily_at(7)))
