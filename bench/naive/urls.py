from django.urls import path

from bench.naive import views

urlpatterns = [path("page-view/", views.page_view)]
