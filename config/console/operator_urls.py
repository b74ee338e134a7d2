from django.urls import path

from config.console.operator_site import site
from config.console.views import operator_sign_in, second_step

urlpatterns = [
    path("sign-in/", operator_sign_in.sign_in, name="operator-sign-in"),
    path("second-step/", second_step.second_step, name="operator-second-step"),
    path("password/", operator_sign_in.password, name="operator-password"),
    path("", site.urls),
]
