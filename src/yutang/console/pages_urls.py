from django.urls import path

from yutang.console import pages, people, sign_in

urlpatterns = [
    path("", pages.start, name="start"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("w/<slug:slug>/", pages.home, name="home"),
    path("w/<slug:slug>/people/", people.people, name="people"),
    path("w/<slug:slug>/people/<int:number>/", people.person, name="person"),
]
