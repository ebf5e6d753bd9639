/**
 * A bar, which a screen reader hears of in steps of 25 %.
 * @param {{ label: string, fraction: number, onCancel?: () => void }} props
 */
export function Progress({ label, fraction, onCancel }) {
  const step = Math.floor(fraction * 4) * 25;
  return (
    <div class="progress">
      <p id="progress-label">{label}</p>
      <progress max={1} value={fraction} aria-labelledby="progress-label" />
      <p class="unseen" role="status">{`${step} %`}</p>
      {onCancel && <button type="button" onClick={onCancel}>Cancel</button>}
    </div>
  );
}
