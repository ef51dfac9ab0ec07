from django.urls import path

from touchstone.web import reports
from touchstone.web.expert import answering, views

app_name = "expert"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<slug:reference>/", views.case, name="case"),
    path("<slug:reference>/interests/", views.interests, name="interests"),
    path("<slug:reference>/interview/", views.interview, name="interview"),
    path("<slug:reference>/area/<str:area>/", answering.area, name="area"),
    path("<slug:reference>/area/<str:area>/save/", answering.save, name="save"),
    path("<slug:reference>/check/", views.check, name="check"),
    path("<slug:reference>/progress/", reports.progress, name="progress"),
]
