from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "motcua.indicators"
    label = "indicators"

    def ready(self) -> None:
        from motcua.core.figures import register
        from motcua.core.measures import declare
        from motcua.indicators.figures import SOURCE
        from motcua.indicators.packs import unkept_measures
        from motcua.indicators.queries.prospects import prospects_of
        from motcua.indicators.queries.targets import live_values
        from motcua.planning.live import tell_prospects, tell_values

        declare(unkept_measures())
        tell_values(live_values)
        tell_prospects(prospects_of)
        register(SOURCE)
