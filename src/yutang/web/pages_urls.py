from django.urls import path

from yutang.web import pages

urlpatterns = [path("preferences", pages.preferences, name="preferences")]
