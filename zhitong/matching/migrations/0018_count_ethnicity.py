"""Rounds are counted by the ethnic group that people stated, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0017_keep_boards_of_rounds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="fairnessalarm",
            name="dimension",
            field=models.CharField(
                choices=[
                    ("everybody", "全体"),
                    ("sex", "性别"),
                    ("age", "年龄段"),
                    ("place", "地方"),
                    ("priority", "优先群体"),
                    ("ethnicity", "本人说明的民族"),
                ],
                max_length=10,
                verbose_name="分组方式",
            ),
        ),
        migrations.AlterField(
            model_name="fairnesscell",
            name="dimension",
            field=models.CharField(
                choices=[
                    ("everybody", "全体"),
                    ("sex", "性别"),
                    ("age", "年龄段"),
                    ("place", "地方"),
                    ("priority", "优先群体"),
                    ("ethnicity", "本人说明的民族"),
                ],
                max_length=10,
                verbose_name="分组方式",
            ),
        ),
    ]
