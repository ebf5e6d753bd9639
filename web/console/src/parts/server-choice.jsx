import { useEffect, useState } from "preact/hooks";
import { T } from "../messages.js";
import { HOME, nameOf, peers } from "../places.js";
import { Check } from "./field.jsx";

/**
 * On which servers the wallet is, or is to be. Not shown where there is no choice.
 * @param {{ origins: string[], onOrigins: (origins: string[]) => void, disabled?: boolean }} props
 */
export function ServerChoice({ origins, onOrigins }) {
  const offered = useOffered(origins);
  if (offered.length < 2) return null;
  const toggle = (/** @type {string} */ origin, /** @type {boolean} */ wanted) => {
    const next = offered.filter((one) => (one === origin ? wanted : origins.includes(one)));
    if (next.length > 0) onOrigins(next);
  };
  return (
    <fieldset class="servers-choice">
      <legend>Servers</legend>
      <p class="hint">{T.servers.choice}</p>
      {offered.map((origin) => (
        <Check key={origin} label={<>{nameOf(origin)}{origin === HOME && " (this page’s)"}</>} checked={origins.includes(origin)} onChecked={(wanted) => toggle(origin, wanted)} />
      ))}
    </fieldset>
  );
}

/** This page's own, its peers, and those that were chosen before. @param {string[]} origins */
export function useOffered(origins) {
  const [found, setFound] = useState(/** @type {string[]} */ ([]));
  useEffect(() => void peers().then(setFound), []);
  return [...new Set([HOME, ...found, ...origins])];
}
