from django.urls import path

from touchstone.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("register/", views.register, name="register"),
    path("register/<slug:key>/", views.organisation, name="organisation"),
    path("badge/<slug:key>.svg", views.badge, name="badge"),
    path("scheme/", views.scheme, name="scheme"),
    path("scheme/<str:id>/", views.scheme_item, name="scheme-item"),
]
