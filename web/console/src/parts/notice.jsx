/**
 * Something to know before going on. `alert` is read out at once.
 * @param {{ kind?: "info" | "good" | "warning" | "danger", alert?: boolean, title?: string, children: import("preact").ComponentChildren }} props
 */
export function Notice({ kind = "info", alert = false, title, children }) {
  return (
    <div class={`notice ${kind}`} role={alert ? "alert" : undefined}>
      {title && <p class="notice-title">{title}</p>}
      {typeof children === "string" ? <p>{children}</p> : children}
    </div>
  );
}

/**
 * What went wrong with what was just tried.
 * @param {{ text: string | null | undefined }} props
 */
export const Failure = ({ text }) => (
  <div role="alert">{text ? <div class="notice danger"><p>{text}</p></div> : null}</div>
);
