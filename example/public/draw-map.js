const LARGEST_PIXELS = 26;
const SMALLEST_PIXELS = 5;

/** Draws a circle for each country with Leaflet; its area stands for the country's sum. */
export function drawMap(element, records, { measure, unit }) {
  const L = window.L;
  const map = L.map(element, { scrollWheelZoom: false, minZoom: 1, maxZoom: 7 });
  L.tileLayer(element.dataset.map, { attribution: 'Natural Earth' }).addTo(map);

  const countries = Map.groupBy(records, ({ country }) => country);
  const circles = [...countries].map(([country, ofCountry]) => ({
    country,
    point: [ofCountry[0].geo_point.lat, ofCountry[0].geo_point.lon],
    sum: ofCountry.reduce((sum, record) => sum + record[measure], 0),
  }));
  const largest = Math.max(...circles.map(({ sum }) => sum));
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  for (const { country, point, sum } of circles) {
    const radius = Math.max(SMALLEST_PIXELS, LARGEST_PIXELS * Math.sqrt(sum / largest));
    L.circleMarker(point, { radius, color: '#0d5c63', weight: 1.5, fillColor: '#12939a', fillOpacity: 0.55 })
      .bindTooltip(`${country}: ${number.format(sum)} ${unit}`)
      .addTo(map);
  }
  map.fitBounds(L.latLngBounds(circles.map(({ point }) => point)).pad(0.15));
}
