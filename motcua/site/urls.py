"""All addresses."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import RedirectView

from motcua.site import views

to_me = login_required(RedirectView.as_view(pattern_name="org:me"))

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", include("django.conf.urls.i18n")),
    # Addresses of e-mail are kept by the administrator, not by each person.
    path("account/email/", to_me, name="account_email"),
    path("account/", include("allauth.account.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("org/", include("motcua.org.urls")),
    path("", include("motcua.planning.urls")),
    path("procedures/", include("motcua.procedures.urls")),
    path("dossiers/", include("motcua.dossiers.urls")),
    path("indicators/", include("motcua.indicators.urls")),
    path("reports/", include("motcua.reports.urls")),
    path("verify/", include("motcua.audit.urls")),
    path("ui/", include("motcua.ui.urls")),
    path("api/v1/", include("motcua.api.urls")),
]

handler400 = "motcua.site.views.bad_request"
handler403 = "motcua.site.views.forbidden"
handler404 = "motcua.site.views.not_found"
handler500 = "motcua.site.views.server_error"
