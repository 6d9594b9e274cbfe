"""``zhitong demo``: the demo city. Every person, employer and post in it is made up."""

from __future__ import annotations

import argparse
from time import perf_counter

from zhitong.site.console import say, set_up
from zhitong.site.secrets import mark_as_sample

NEEDS_DATABASE = True
EXAMPLE = """example:
  zhitong demo --scale 0.05      52,500 workers and 3,300 posts
  zhitong demo --scale 1         1,050,000 workers and 66,000 posts
"""
WORKERS, POSTS = 1_050_000, 66_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--scale", type=float, default=0.05, help="size of the city (default 0.05)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same city (default 1)")


def perform(wanted: argparse.Namespace) -> int:
    """Build the city in an installation that nobody works with yet."""
    set_up()
    from django.conf import settings

    from zhitong.kernel.models import Region
    from zhitong.site.commands.run import is_untouched

    if not Region.objects.exists():
        say("还没有基础数据，请先运行 zhitong run --prepare-only --no-demo。")
        return 1
    if not settings.SAMPLE_INSTALLATION and not is_untouched():
        say("这里已经有人员或账号，样例城市只能建在空的安装上。请换一个 ZHITONG_HOME。")
        return 1
    mark_as_sample()
    settings.SAMPLE_INSTALLATION = True
    build_city(scale=wanted.scale, seed=wanted.seed)
    return 0


def build_city(*, scale: float, seed: int) -> None:
    """Build people, posts, one matching round and what followed from it, or what of them is missing still."""
    from zhitong.kernel.bulk import count_values
    from zhitong.site.demo.city import City

    city = City(workers=max(int(WORKERS * scale), 1000), posts=max(int(POSTS * scale), 60), seed=seed)
    steps = city.steps()
    if steps[-1].is_done():
        return
    say(f"样例城市：{city.workers:,} 名劳动者、{city.posts:,} 个岗位（全部为虚构）")
    for number, step in enumerate(steps, start=1):
        if step.is_done():
            continue
        began = perf_counter()
        say(f"  {number}/{len(steps)} {step.title} …")
        outcome = step.do()
        say(f"  {number}/{len(steps)} {step.title}：{outcome}（{perf_counter() - began:.1f} 秒）")
    count_values()
