"""Addresses of these pages, in the namespace `public`."""

from django.urls import URLPattern, path

from touchstone.web.public.register.country import country
from touchstone.web.public.register.feed_views import organisation_feed, register_feed
from touchstone.web.public.register.home import home
from touchstone.web.public.register.listing import as_csv, register
from touchstone.web.public.register.map import labels_map
from touchstone.web.public.register.organisation import organisation
from touchstone.web.public.register.sitemap import index, part, robots

# An organisation's key begins with its country, so "map" and "countries" are none.
urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("register/", register, name="register"),
    path("register/register.csv", as_csv, name="register-csv"),
    path("register/feed.atom", register_feed, name="register-feed"),
    path("register/map/", labels_map, name="map"),
    path("register/countries/<slug:code>/", country, name="country"),
    path("register/<slug:key>/", organisation, name="organisation"),
    path("register/<slug:key>/feed.atom", organisation_feed, name="organisation-feed"),
    path("sitemap.xml", index, name="sitemap"),
    path("sitemap-<int:number>.xml", part, name="sitemap-part"),
    path("robots.txt", robots, name="robots"),
]
