from django.urls import path

from yutang.events import pages

urlpatterns = [
    path("w/<slug:slug>/imports/", pages.imports, name="imports"),
    path("w/<slug:slug>/imports/upload", pages.upload, name="import-upload"),
    path("w/<slug:slug>/imports/new/<str:token>/", pages.map_columns, name="import-map"),
    path("w/<slug:slug>/imports/<int:number>/rejects", pages.rejects, name="import-rejects"),
]
