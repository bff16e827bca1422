"""Published versions of procedures never change: processes remember them under the stamp."""

from django.db import migrations

from motcua.db.stamps import AddStamp


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("org", "0003_stamps")]

    operations = [AddStamp("procedure"), AddStamp("procedureversion")]
