import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_inbox'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('url', models.TextField(default='')),
                ('name', models.CharField(default='', max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Đang tải về'), ('kept', 'Đã lưu'), ('refused', 'Không tải về')], default='waiting', max_length=8)),
                ('stored', models.CharField(db_index=True, default='', max_length=64)),
                ('size', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(default='', max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='ledger.conversation')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='ledger.entry')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='file_to_fetch')],
            },
        ),
    ]
