import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0005_bulletin_checks")]

    operations = [
        migrations.AddField(
            model_name="bulletin",
            name="picture",
            field=models.CharField(blank=True, default="", max_length=70, verbose_name="hình"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bulletin",
            name="picture_text",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Hình cho thấy gì, cho người không nhìn được hình.",
                max_length=200,
                verbose_name="mô tả hình",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bulletin",
            name="picture_credit",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Ai làm ra hình, được dùng theo quyền gì.",
                max_length=200,
                verbose_name="nguồn của hình",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="bulletin",
            name="attachments",
            field=wagtail.fields.StreamField([('attachment', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Tên', 'max_length': 120}), 1: ('wagtail.blocks.RegexBlock', ('^https://\\S+$',), {'help_text': 'Trên cổng của cơ quan, bắt đầu bằng https://', 'label': 'Địa chỉ'}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('url', 1)]], {})}, verbose_name='tệp kèm theo'),
        ),
    ]
