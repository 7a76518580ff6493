"""Corrections and second reviews cannot be changed or removed by SQL."""

from django.db import migrations

from newsroom.releases.append_only_sql import protect


class Migration(migrations.Migration):
    """Creates the triggers."""

    dependencies = [("releases", "0003_corrections_and_second_reviews")]
    operations = [migrations.RunPython(protect("releases_correction", "releases_secondreview"), migrations.RunPython.noop)]
