/** Files that the user keeps: the encrypted backup, tables, what is not entries. */
import { revisionOf } from "larimar-client";

/** @typedef {{ server: string, publickey: string, date: string, blob: Uint8Array }} Backup */

/**
 * @param {string} name
 * @param {string | Uint8Array} content
 * @param {string} type
 */
export function download(name, content, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * The encrypted wallet in a file: as safe as the password, and of use without this server.
 * @param {Backup} backup
 */
export function backupText({ server, publickey, date, blob }) {
  const encrypted_data = btoa(Array.from(blob, (byte) => String.fromCharCode(byte)).join(""));
  return `${JSON.stringify({ larimar_backup: 1, server, publickey, date, encrypted_data }, null, 2)}\n`;
}

/**
 * Reads such a file; `null` if it is another.
 * @param {string} text
 * @returns {Backup | null}
 */
export function readBackup(text) {
  try {
    const { larimar_backup, server, publickey, date, encrypted_data } = JSON.parse(text);
    const blob = Uint8Array.from(atob(encrypted_data), (character) => character.charCodeAt(0));
    const whole = larimar_backup === 1 && [server, publickey, date].every((value) => typeof value === "string");
    return whole && revisionOf(blob) ? { server, publickey, date, blob } : null;
  } catch {
    return null;
  }
}

/**
 * A table for spreadsheets (RFC 4180). What a program would take for a formula gets an apostrophe in front.
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function csv(rows) {
  const cell = (/** @type {string | number} */ value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
