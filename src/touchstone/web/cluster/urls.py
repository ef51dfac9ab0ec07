from django.urls import path

from touchstone.web.cluster import logo, views

app_name = "cluster"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("certificate/<slug:code>/", views.certificate, name="certificate"),
    path("logo/", logo.upload, name="logo"),
    path("logo/picture/", logo.picture, name="logo-picture"),
    path("logo/remove/", logo.remove, name="logo-remove"),
]
