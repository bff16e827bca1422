"""Addresses of dossiers."""

from django.urls import path

from motcua.dossiers import urls_slips
from motcua.dossiers.views import (
    desk,
    handed,
    intake,
    kiosk,
    lists,
    outside,
    pages,
    queue,
    together,
)

app_name = "dossiers"

urlpatterns = [
    path("", lists.dossiers, name="dossiers"),
    path("new/", intake.choose, name="choose"),
    path("new/<str:code>/", intake.new, name="new"),
    path("new/<str:code>/keep/", intake.keep, name="keep"),
    path("drafts/<int:pk>/", intake.resume, name="resume"),
    path("drafts/<int:pk>/drop/", intake.drop, name="drop_draft"),
    path("desk/", desk.desk, name="desk"),
    path("outside/", outside.outside, name="outside"),
    path("handed/", handed.handed, name="handed"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<int:pk>/<str:step>/", queue.number, name="number"),
    path("hall/<str:code>/", queue.hall, name="hall"),
    path("kiosk/<str:sealed>/", kiosk.kiosk, name="kiosk"),
    path("kiosk/<str:sealed>/<int:number>/", kiosk.kiosk_number, name="kiosk_number"),
    path("together/<str:step>/", together.together, name="together"),
    path("<int:pk>/", pages.dossier, name="dossier"),
    path("<int:pk>/proof.json", pages.proof, name="proof"),
    path("<int:pk>/steps/<str:step>/", pages.step, name="step"),
    path("<int:pk>/files/<int:file>/", pages.file, name="file"),
    *urls_slips.urlpatterns,
]
