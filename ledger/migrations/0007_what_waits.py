"""Indexes that hold only what waits: they stay small however long the log becomes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0006_resending_and_uploads'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_work',
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('unhandled', True)), fields=['last_resident_at'], name='conversation_unhandled'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('author', 'resident'), ('handled_at', None), ('kind', 'message')), fields=['conversation', 'id'], name='entry_unhandled'),
        ),
    ]
