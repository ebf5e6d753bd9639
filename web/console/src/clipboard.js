/** Copying a secret, and taking it out of the clipboard again. */
const SECONDS = 30;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let holds = false;
let waits = new AbortController();

/**
 * Copies it; 30 seconds later the clipboard is emptied.
 * @param {string} secret
 */
export async function copy(secret) {
  await navigator.clipboard.writeText(secret);
  holds = true;
  waits.abort();
  clearTimeout(timer);
  timer = setTimeout(emptyClipboard, SECONDS * 1000);
}

/**
 * Empties the clipboard if a secret was copied there: now, or as soon as the person is back at the page, since without the focus
 * (some browsers: without a touch or a key) it may not.
 */
export async function emptyClipboard() {
  clearTimeout(timer);
  waits.abort();
  if (!holds) return;
  const { signal } = (waits = new AbortController());
  try {
    await navigator.clipboard.writeText("");
    if (!signal.aborted) holds = false;
  } catch {
    if (signal.aborted) return;
    for (const event of ["focus", "pointerdown", "keydown"]) window.addEventListener(event, () => void emptyClipboard(), { once: true, signal });
  }
}
