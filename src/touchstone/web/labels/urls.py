from django.urls import path

from touchstone.web.labels import views

app_name = "labels"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("<slug:key>/", views.organisation, name="organisation"),
    path("<slug:key>/<slug:what>/", views.act, name="act"),
]
