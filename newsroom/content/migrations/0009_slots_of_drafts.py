"""Any number of drafts may lack a key; a bulletin belongs to a place, the province unless it says otherwise."""

import newsroom.places
from django.conf import settings
from django.db import migrations, models


def belong_to_the_province(apps, schema_editor):
    apps.get_model("content", "Bulletin").objects.filter(place="").update(place=newsroom.places.province())


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0008_answer_media'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='factcheck',
            name='one_fact_check_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='faqanswer',
            name='one_faq_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='healthoffice',
            name='one_office_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='hotline',
            name='one_hotline_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='menu',
            name='one_menu_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='quarantinerule',
            name='one_rule_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='safetytext',
            name='one_safety_text_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='servicequestion',
            name='one_service_question_per_key',
        ),
        migrations.RemoveConstraint(
            model_name='systemtext',
            name='one_system_text_per_slot',
        ),
        migrations.RemoveConstraint(
            model_name='vaccinationsite',
            name='one_site_per_key',
        ),
        migrations.AlterField(
            model_name='bulletin',
            name='number',
            field=models.CharField(max_length=120, verbose_name='số hoặc tên bản tin'),
        ),
        migrations.AlterField(
            model_name='bulletin',
            name='place',
            field=models.CharField(default=newsroom.places.province, help_text='Thường là cả tỉnh.', max_length=40, validators=[newsroom.places.validate_place], verbose_name='nơi áp dụng'),
        ),
        migrations.RunPython(belong_to_the_province, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='one_bulletin_per_number', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='factcheck',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_fact_check_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='faqanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_faq_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='healthoffice',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_office_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='hotline',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_hotline_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='menu',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_menu_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='quarantinerule',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_rule_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='safetytext',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_safety_text_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='servicequestion',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_service_question_per_key', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='systemtext',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key', 'place'), name='one_system_text_per_slot', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
        migrations.AddConstraint(
            model_name='vaccinationsite',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='one_site_per_key', violation_error_message='Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác.'),
        ),
    ]
