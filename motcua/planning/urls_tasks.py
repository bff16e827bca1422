"""Addresses of tasks, targets and steering documents."""

from django.urls import path

from motcua.planning.views import tasks as views

tasks = [
    path("work/", views.my_work, name="my_work"),
    path("today/", views.today, name="today"),
    path("today/foreseen/", views.foreseen, name="foreseen"),
    path("messages/", views.messages, name="messages"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/board/", views.task_board, name="task_board"),
    path("tasks/calendar/", views.task_calendar, name="task_calendar"),
    path("tasks/together/<str:step>/", views.tasks_together, name="tasks_together"),
    path("tasks/new/", views.new_task, name="new_task"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/steps/<str:step>/", views.task_step, name="task_step"),
    path("tasks/<int:pk>/files/<int:file>/", views.task_file, name="task_file"),
    path("extensions/<int:pk>/decide/", views.decide_extension, name="decide_extension"),
    path("targets/", views.targets, name="targets"),
    path("targets/<int:pk>/", views.target, name="target"),
    path("targets/<int:pk>/files/<int:file>/", views.value_file, name="value_file"),
    path("steering/", views.steering, name="steering"),
    path("steering/new/", views.new_steering, name="new_steering"),
    path("steering/<int:pk>/", views.steering_document, name="steering_document"),
    path("steering/<int:pk>/files/<int:file>/", views.steering_file, name="steering_file"),
]
