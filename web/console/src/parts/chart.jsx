import { day, number } from "../format.js";
import { T } from "../messages.js";

const WIDTH = 600;
const HEIGHT = 120;
const FOOT = 18;

/**
 * Bars of the last 30 days, with a table that says the same.
 * @param {{ days: { day: Date, count: number }[] }} props
 */
export function Chart({ days }) {
  const most = Math.max(...days.map(({ count }) => count), 1);
  const step = WIDTH / days.length;
  const height = (/** @type {number} */ count) => (count / most) * (HEIGHT - FOOT - 14);
  const busy = days.filter(({ count }) => count > 0);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure class="chart">
      <figcaption><h2>{T.accesses.chart}</h2><p class="hint">{T.accesses.chartLimits}</p></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} class="axis" />
        {days.map(({ day: date, count }, index) => (
          <g key={index}>
            <rect x={index * step + 3} width={step - 6} y={HEIGHT - FOOT - height(count)} height={height(count)} rx="2" class="bar"><title>{`${day(date)}: ${number(count)}`}</title></rect>
            {count > 0 && <text x={index * step + step / 2} y={HEIGHT - FOOT - height(count) - 3} text-anchor="middle">{number(count)}</text>}
          </g>
        ))}
      </svg>
      <div class="ends" aria-hidden="true"><span>{first && day(first.day)}</span><span>{last && day(last.day)}</span></div>
      <details>
        <summary>The same as a table</summary>
        {busy.length === 0 ? <p>No listed request in these days.</p> : (
          <table>
            <caption class="unseen">{T.accesses.chart}</caption>
            <thead><tr><th scope="col">Day</th><th scope="col" class="number">Requests</th></tr></thead>
            <tbody>{busy.toReversed().map(({ day: date, count }) => <tr key={date.getTime()}><th scope="row">{day(date)}</th><td class="number">{number(count)}</td></tr>)}</tbody>
          </table>
        )}
        <p class="hint">Days without a listed request are left out.</p>
      </details>
    </figure>
  );
}
