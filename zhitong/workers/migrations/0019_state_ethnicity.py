"""People may state their ethnic group: sealed, one row a person, with a consent of its own."""

import django.db.models.deletion
import django.utils.timezone
import zhitong.kernel.privacy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0018_search_names_as_written"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("register", "登记和就业服务"),
                    ("sensitive", "处理身份证号等敏感信息"),
                    ("share", "向用人单位提供必要信息"),
                    ("ethnicity", "登记民族，只用来核对匹配是否公平"),
                ],
                max_length=12,
                verbose_name="目的",
            ),
        ),
        migrations.CreateModel(
            name="StatedEthnicity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    zhitong.kernel.privacy.SealedField(
                        "ethnicity",
                        choices=[
                            ("01", "汉族"),
                            ("02", "蒙古族"),
                            ("03", "回族"),
                            ("04", "藏族"),
                            ("05", "维吾尔族"),
                            ("06", "苗族"),
                            ("07", "彝族"),
                            ("08", "壮族"),
                            ("09", "布依族"),
                            ("10", "朝鲜族"),
                            ("11", "满族"),
                            ("12", "侗族"),
                            ("13", "瑶族"),
                            ("14", "白族"),
                            ("15", "土家族"),
                            ("16", "哈尼族"),
                            ("17", "哈萨克族"),
                            ("18", "傣族"),
                            ("19", "黎族"),
                            ("20", "傈僳族"),
                            ("21", "佤族"),
                            ("22", "畲族"),
                            ("23", "高山族"),
                            ("24", "拉祜族"),
                            ("25", "水族"),
                            ("26", "东乡族"),
                            ("27", "纳西族"),
                            ("28", "景颇族"),
                            ("29", "柯尔克孜族"),
                            ("30", "土族"),
                            ("31", "达斡尔族"),
                            ("32", "仫佬族"),
                            ("33", "羌族"),
                            ("34", "布朗族"),
                            ("35", "撒拉族"),
                            ("36", "毛南族"),
                            ("37", "仡佬族"),
                            ("38", "锡伯族"),
                            ("39", "阿昌族"),
                            ("40", "普米族"),
                            ("41", "塔吉克族"),
                            ("42", "怒族"),
                            ("43", "乌孜别克族"),
                            ("44", "俄罗斯族"),
                            ("45", "鄂温克族"),
                            ("46", "德昂族"),
                            ("47", "保安族"),
                            ("48", "裕固族"),
                            ("49", "京族"),
                            ("50", "塔塔尔族"),
                            ("51", "独龙族"),
                            ("52", "鄂伦春族"),
                            ("53", "赫哲族"),
                            ("54", "门巴族"),
                            ("55", "珞巴族"),
                            ("56", "基诺族"),
                            ("97", "其他未识别的民族"),
                            ("98", "外国血统中国籍人士"),
                        ],
                        verbose_name="民族",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("visit", "上门走访"),
                            ("telephone", "电话核实"),
                            ("self", "本人自助"),
                            ("list", "名单导入"),
                            ("station", "劳务协作站"),
                            ("employer", "用人单位"),
                        ],
                        max_length=10,
                        verbose_name="登记方式",
                    ),
                ),
                (
                    "stated_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="登记日期"),
                ),
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stated_ethnicity",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "本人说明的民族",
                "verbose_name_plural": "本人说明的民族",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ("list", "employer")), _negated=True),
                        name="ethnicity_is_ones_own_word",
                    )
                ],
            },
        ),
    ]
