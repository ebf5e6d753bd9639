import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { PasswordField } from "./field.jsx";

const MOST = 10;

/**
 * Security answers, none at first.
 * @param {{ answers: string[], onAnswers: (answers: string[]) => void }} props
 */
export function Answers({ answers, onAnswers }) {
  const box = useRef(/** @type {HTMLFieldSetElement | null} */ (null));
  const [added, setAdded] = useState(false);
  useLayoutEffect(() => {
    if (added) [...(box.current?.querySelectorAll("input") ?? [])].at(-1)?.focus();
    setAdded(false);
  }, [added]);
  return (
    <fieldset class="answers" ref={box}>
      <legend>Security answers</legend>
      {answers.map((answer, index) => (
        <PasswordField key={index} label={`Answer ${index + 1}`} value={answer} required autocomplete="off"
          onValue={(value) => onAnswers(answers.with(index, value))} />
      ))}
      <div class="buttons">
        {answers.length < MOST && (
          <button type="button" class="quiet" onClick={() => (onAnswers([...answers, ""]), setAdded(true))}>
            {answers.length === 0 ? "Add a security answer" : "Add another answer"}
          </button>
        )}
        {answers.length > 0 && (
          <button type="button" class="quiet" onClick={() => onAnswers(answers.slice(0, -1))}>Remove the last answer</button>
        )}
      </div>
    </fieldset>
  );
}
