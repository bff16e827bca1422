"""Rights and places change a few times a month: processes remember them under the stamp."""

from django.db import migrations

from motcua.db.stamps import AddStamp


class Migration(migrations.Migration):
    dependencies = [("org", "0002_agency_identifier")]

    operations = [
        AddStamp("agency"),
        AddStamp("placement"),
        AddStamp("post"),
        AddStamp("person"),
        AddStamp("role"),
        AddStamp("grant"),
        AddStamp("delegation"),
        AddStamp("accesstoken"),
    ]
