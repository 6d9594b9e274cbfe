"""``zhitong demo``: the demo city. Every person, employer and post in it is made up."""

from __future__ import annotations

import argparse
from time import perf_counter

from zhitong.site.console import say, set_up

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
    """Build the city in an installation that has no workers yet."""
    set_up()
    from zhitong.kernel.models import Region
    from zhitong.workers.models import Worker

    if not Region.objects.exists():
        say("还没有基础数据，请先运行 zhitong run --prepare-only --no-demo。")
        return 1
    if Worker.objects.exists():
        say("登记册里已经有人，样例城市只能建在空的登记册上。")
        return 1
    build_city(scale=wanted.scale, seed=wanted.seed)
    return 0


def build_city(*, scale: float, seed: int) -> None:
    """Build people, posts, one matching round and what followed from it; says what it does."""
    from zhitong.site.demo.city import City

    workers, posts = max(int(WORKERS * scale), 1000), max(int(POSTS * scale), 60)
    say(f"样例城市：{workers:,} 名劳动者、{posts:,} 个岗位（全部为虚构）")
    city = City(workers=workers, posts=posts, seed=seed)
    for title, step in city.steps():
        began = perf_counter()
        say(f"  {title} …")
        outcome = step()
        say(f"  {title}：{outcome}（{perf_counter() - began:.1f} 秒）")
