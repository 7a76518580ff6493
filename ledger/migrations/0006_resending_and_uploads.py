from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0005_sent_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=80)),
                ('sha256', models.CharField(max_length=64)),
                ('attachment_id', models.CharField(max_length=200)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'sha256'), name='one_upload_per_account')],
            },
        ),
        # Defaults of the database: a gateway of the version before goes on while this runs.
        migrations.AddField(
            model_name='delivery',
            name='note',
            field=models.CharField(db_default='', default='', max_length=32),
        ),
        migrations.AddField(
            model_name='delivery',
            name='resent_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='resent_by',
            field=models.CharField(db_default='', default='', max_length=128),
        ),
    ]
