from django.urls import path

from touchstone.web import reports
from touchstone.web.secretariat import views

app_name = "secretariat"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<slug:reference>/", views.case, name="case"),
    path("<slug:reference>/report/", views.make_report, name="make-report"),
    path("<slug:reference>/progress/", reports.progress, name="progress"),
    path("<slug:reference>/send-back/", views.send_back, name="send-back"),
    path("<slug:reference>/send/", views.send, name="send"),
]
