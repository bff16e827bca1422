from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "motcua.site"
    label = "motcua_site"

    def ready(self) -> None:
        from motcua.jobs.periodic import Periodic, daily_at, register
        from motcua.site.daily import close_yesterday, tidy

        register(Periodic("audit.close_yesterday", close_yesterday, daily_at(0)))
        register(Periodic("site.tidy", tidy, daily_at(2)))
