/** Copying a secret, and taking it out of the clipboard again. */
const SECONDS = 30;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let holds = false;

/**
 * Copies it; 30 seconds later the clipboard is emptied.
 * @param {string} secret
 */
export async function copy(secret) {
  await navigator.clipboard.writeText(secret);
  holds = true;
  clearTimeout(timer);
  timer = setTimeout(emptyClipboard, SECONDS * 1000);
}

/** Empties the clipboard if a secret was copied there: now, or as soon as the window has the focus, without which it may not. */
export async function emptyClipboard() {
  clearTimeout(timer);
  if (!holds) return;
  try {
    await navigator.clipboard.writeText("");
    holds = false;
  } catch {
    window.addEventListener("focus", () => void emptyClipboard(), { once: true });
  }
}
