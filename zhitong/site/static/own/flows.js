// Draws the flow diagrams from the data on the page. The table below them says the same without scripts.
(function () {
  "use strict";
  var source = document.getElementById("diagram-data");
  if (!source || !window.echarts) return;
  document.querySelectorAll(".diagram-card").forEach(function (card) { card.hidden = false; });
  var data = JSON.parse(source.textContent);
  var narrow = window.matchMedia("(max-width: 700px)").matches;
  var palette = ["#1f6f8b", "#c8553d", "#588b8b", "#8f5f9e", "#b5892e", "#4a6fa5", "#7a8b3a", "#a23b72"];
  var tooltip = { renderMode: "richText", confine: true };

  function chart(id, option) {
    var element = document.getElementById(id);
    if (!element) return;
    var drawn = window.echarts.init(element, null, { renderer: "svg" });
    drawn.setOption(option);
    window.addEventListener("resize", function () { drawn.resize(); });
  }

  chart("sankey", {
    color: palette,
    tooltip: Object.assign({ trigger: "item" }, tooltip),
    series: [{
      type: "sankey", data: data.nodes, links: data.links, nodeAlign: "justify", draggable: false,
      left: 8, right: narrow ? 64 : 96, top: 12, bottom: 12, nodeGap: narrow ? 4 : 7, nodeWidth: 14,
      label: { fontSize: narrow ? 11 : 13, color: "#26323a" },
      lineStyle: { color: "source", opacity: 0.32, curveness: 0.5 },
      emphasis: { focus: "adjacency" }, animation: false
    }]
  });

  var most = data.points.reduce(function (high, one) { return Math.max(high, one.value); }, 1);
  var all = data.points.map(function (one) { return one.at; }).concat([data.home]);
  function range(axis) {
    var values = all.map(function (one) { return one[axis]; });
    return { min: Math.min.apply(null, values) - 1.5, max: Math.max.apply(null, values) + 3 };
  }
  function hidden(axis) { return Object.assign({ type: "value", show: false }, range(axis)); }
  chart("flow-lines", {
    color: palette,
    tooltip: tooltip,
    grid: { left: 12, right: narrow ? 40 : 70, top: 16, bottom: 16 },
    xAxis: hidden(0),
    yAxis: hidden(1),
    series: [
      {
        type: "lines", coordinateSystem: "cartesian2d", animation: false, silent: true,
        lineStyle: { curveness: 0.22, opacity: 0.55, color: palette[0] },
        data: data.points.map(function (one) {
          return { coords: [data.home, one.at], lineStyle: { width: 1 + 9 * Math.sqrt(one.value / most) } };
        })
      },
      {
        type: "scatter", animation: false,
        data: data.points.map(function (one) { return { name: one.name, value: one.at.concat([one.value]) }; }),
        symbolSize: function (value) { return 6 + 18 * Math.sqrt(value[2] / most); },
        itemStyle: { color: palette[1], opacity: 0.85 },
        label: {
          show: true, position: "right", color: "#26323a", fontSize: narrow ? 11 : 13,
          formatter: function (one) { return one.name + " " + one.value[2].toLocaleString("zh-CN"); }
        },
        labelLayout: { hideOverlap: true },
        tooltip: { formatter: function (one) { return one.name + "  " + one.value[2].toLocaleString("zh-CN"); } }
      }
    ]
  });
})();
