from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_task_lists")]

    operations = [
        migrations.AddField(
            model_name="lastvisit",
            name="known_at",
            field=models.DateTimeField(null=True),
        ),
    ]
