"""Addresses of this part of the public pages; all share the names of `public`."""

from django.urls import path, register_converter

from touchstone.web.public.open_data import views
from touchstone.web.public.open_data.converting import Day

register_converter(Day, "open_data_day")

urlpatterns = [
    path("data/", views.page, name="open-data"),
    path("data/catalogue.jsonld", views.catalogue, name="catalogue"),
    path("data/catalogue.ttl", views.catalogue_turtle, name="catalogue-turtle"),
    path("data/<str:name>", views.file, name="open-file"),
    path("data/<open_data_day:day>/<str:name>", views.kept_file, name="kept-file"),
]
