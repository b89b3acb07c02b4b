import { drawChart } from './draw-chart.js';
import { drawMap } from './draw-map.js';
import { rememberDataset } from './recently-viewed.js';
import { watchProblemForm } from './problem-form.js';

const canvas = document.querySelector('[data-chart]');
const drawing = JSON.parse(canvas.dataset.chart);

watchProblemForm(document.querySelector('[data-problem]'));
rememberDataset(drawing.dataset);

const response = await fetch(`/api/records?dataset=${drawing.dataset}`);
const { results } = await response.json();
drawChart(canvas, results, drawing);
drawMap(document.querySelector('[data-map]'), results, drawing);
