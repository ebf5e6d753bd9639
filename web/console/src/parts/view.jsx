import { useLayoutEffect, useRef } from "preact/hooks";

let first = true;

/**
 * One view: its heading takes the focus, so that a screen reader begins there and the keyboard goes on from there. At once:
 * later, it would be taken away from somebody who is quick.
 * @param {{ title: string, narrow?: boolean, children: import("preact").ComponentChildren, actions?: import("preact").ComponentChildren }} props
 */
export function View({ title, narrow = false, actions, children }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    document.title = `${title} – Larimar`;
    // on loading, the browser's own order is right
    if (!first) heading.current?.focus();
    if (!first) scrollTo(0, 0);
    first = false;
  }, [title]);
  return (
    <main id="main" class={narrow ? "narrow" : "wide"}>
      <div class="head">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {actions}
      </div>
      {children}
    </main>
  );
}
