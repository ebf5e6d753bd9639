/** Locks after a time without a touch. The time that the window is hidden, or the computer asleep, counts. */
const WARNING = 30_000;

/**
 * @param {{ minutes: () => number, warn: (soon: boolean) => void, lock: () => void, signal: AbortSignal }} options
 */
export function autolock({ minutes, warn, lock, signal }) {
  let touched = Date.now();
  let warned = false;
  const look = () => {
    const limit = minutes() * 60_000;
    if (limit === 0) return;
    const left = touched + limit - Date.now();
    if (left <= 0) return lock();
    const soon = left <= WARNING;
    if (soon !== warned) warn((warned = soon));
  };
  const touch = () => {
    // first, for a touch that wakes the window long after the time is over must not keep it open
    look();
    if (!signal.aborted) touched = Date.now();
    if (warned) warn((warned = false));
  };
  for (const event of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    addEventListener(event, touch, { signal, passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", look, { signal });
  const timer = setInterval(look, 1000);
  signal.addEventListener("abort", () => clearInterval(timer));
}
