from django.urls import path

from touchstone.web.cluster import views

app_name = "cluster"
urlpatterns = [path("", views.cases, name="cases")]
