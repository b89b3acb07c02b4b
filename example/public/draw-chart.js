const COLOURS = ['#0d5c63', '#e0812f', '#7a4fa3', '#3f8efc', '#8aa624', '#c2415b'];

/** Draws records with Chart.js: bars that stand side by side for years, and are stacked for anything else. */
export function drawChart(canvas, records, { type, along, series, measure, unit }) {
  const labels = [...new Set(records.map((record) => record[along]))];
  const stacked = type === 'bar' && series !== 'year';
  const datasets = [...new Set(records.map((record) => record[series]))].map((name, i) => ({
    label: String(name),
    data: labels.map((label) => total(records, (record) => record[along] === label && record[series] === name, measure)),
    backgroundColor: COLOURS[i % COLOURS.length],
    borderColor: COLOURS[i % COLOURS.length],
    borderRadius: 3,
    tension: 0.25,
  }));
  // As the page around it, which is light or dark.
  window.Chart.defaults.color = getComputedStyle(canvas).color;
  new window.Chart(canvas, {
    type,
    data: { labels, datasets },
    options: {
      maintainAspectRatio: false,
      animation: false,
      plugins: { legend: { position: 'bottom', labels: { boxWidth: 12, boxHeight: 12 } } },
      scales: {
        x: { stacked, grid: { display: false } },
        y: { stacked, beginAtZero: type === 'bar', title: { display: true, text: unit } },
      },
    },
  });
}

function total(records, wanted, measure) {
  const found = records.filter(wanted);
  return found.length > 0 ? found.reduce((sum, record) => sum + record[measure], 0) : null;
}
