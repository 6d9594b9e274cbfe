"""The synthetic demo city: people, employers and posts that never existed, drawn to published shares."""

from zhitong.site.demo.demand import Demand, generate_demand
from zhitong.site.demo.population import Population, generate_population

__all__ = ["Demand", "Population", "generate_demand", "generate_population"]
