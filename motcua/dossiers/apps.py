from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from motcua.core.forecasts import register as look_ahead
        from motcua.core.measures import register as count_in
        from motcua.dossiers.forecasts import OUTLOOK
        from motcua.dossiers.jobs import expire_all
        from motcua.dossiers.measures import FAMILIES
        from motcua.dossiers.rollups.jobs import NAME, fold_all, slot
        from motcua.dossiers.watch import FAMILY as WATCH
        from motcua.dossiers.work import handed_of, late_of, ready_of, steps_of
        from motcua.jobs.periodic import Periodic, daily_at, register
        from motcua.org.work import tell_alarms, tell_work

        for family in FAMILIES:
            count_in(family)
        count_in(WATCH)
        look_ahead(OUTLOOK)
        tell_work(steps_of)
        tell_work(ready_of)
        tell_work(handed_of)
        tell_alarms(late_of)
        register(Periodic("dossiers.expire", expire_all, daily_at(1)))
        register(Periodic(NAME, fold_all, slot))
