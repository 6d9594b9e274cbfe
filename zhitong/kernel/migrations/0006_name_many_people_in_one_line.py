"""Name all the people of one record line, and keep long lists that were taken away for a while."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_share_limits_between_processes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="exports/%Y/%m", verbose_name="文件")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="生成时间")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="保留到")),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export",
                        to="kernel.job",
                        verbose_name="后台任务",
                    ),
                ),
                (
                    "made_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导出文件",
                "verbose_name_plural": "导出文件",
            },
        ),
        migrations.CreateModel(
            name="RecordPeople",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.BigIntegerField()),
                ("members", models.BinaryField(max_length=512)),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="kernel.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "记录涉及的人群",
                "verbose_name_plural": "记录涉及的人群",
                "indexes": [models.Index(fields=["block", "record"], name="record_block")],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "block"), name="record_block_once")
                ],
            },
        ),
    ]
