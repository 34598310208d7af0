from django.urls import path

from yutang.audiences import pages

urlpatterns = [
    path("w/<slug:slug>/ask/", pages.ask, name="ask"),
    path("w/<slug:slug>/ask/why/", pages.why, name="why"),
]
