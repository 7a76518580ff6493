"""Uploaded files and imports cannot be changed or removed by SQL."""

from django.db import migrations

from newsroom.releases.append_only_sql import protect


class Migration(migrations.Migration):
    """Creates the triggers."""

    dependencies = [("imports", "0001_initial")]
    operations = [migrations.RunPython(protect("imports_uploadedsheet", "imports_importrun"), migrations.RunPython.noop)]
