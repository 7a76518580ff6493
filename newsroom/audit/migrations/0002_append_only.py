"""Events cannot be changed or removed by SQL."""

from django.db import migrations

from newsroom.releases.append_only_sql import protect


class Migration(migrations.Migration):
    """Creates the triggers."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect("audit_event"), migrations.RunPython.noop)]
