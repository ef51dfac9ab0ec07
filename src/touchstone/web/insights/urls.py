from django.urls import path

from touchstone.web.insights import views

app_name = "insights"
urlpatterns = [path("", views.overview, name="overview"), path("groups/", views.groups, name="groups")]
