"""Addresses of this part of the public pages; all share the names of `public`."""

from django.urls import URLPattern, URLResolver, path

from touchstone.web.public.watching import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("watch/", views.ask, name="watch"),
    path("watch/confirm/<str:token>/", views.confirm, name="watch-confirm"),
    path("watch/manage/<str:token>/", views.manage, name="watch-manage"),
    path("watch/manage/<str:token>/export.json", views.export, name="watch-export"),
    path("watch/stop/<str:token>/", views.stop, name="watch-stop"),
]
