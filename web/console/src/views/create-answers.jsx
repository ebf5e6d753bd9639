import { useState } from "preact/hooks";
import { T } from "../messages.js";
import { Answers } from "../parts/answers.jsx";

/** @param {import("./create-email.jsx").StepProps} props */
export function CreateAnswers({ draft, go }) {
  const [answers, setAnswers] = useState(draft.answers);
  const next = (/** @type {Event} */ event) => {
    event.preventDefault();
    go("warning", { answers });
  };
  return (
    <>
      <p class="lead">{T.create.answersLead}</p>
      <form class="card" onSubmit={next}>
        <Answers answers={answers} onAnswers={setAnswers} />
        <p class="hint">Capital letters and extra spaces make no difference.</p>
        <div class="buttons"><button class="main">{answers.length === 0 ? "Continue without answers" : "Continue"}</button></div>
      </form>
    </>
  );
}
