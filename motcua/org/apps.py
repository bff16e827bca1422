from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "motcua.org"
    label = "org"

    def ready(self) -> None:
        from motcua.audit.words import tell_chains
        from motcua.org.queries import agency_names

        tell_chains(agency_names)
