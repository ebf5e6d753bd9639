import { useState } from "preact/hooks";
import { T } from "../messages.js";
import { NewPassword, useNewPassword } from "../parts/new-password.jsx";

/** @param {import("./create-email.jsx").StepProps} props */
export function CreatePassword({ draft, go }) {
  const state = useNewPassword(draft.email);
  const [tried, setTried] = useState(false);
  const next = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if ((await state.check()) === null) go("answers", { password: state.password });
  };
  return (
    <>
      <p class="lead">{T.create.passwordLead}</p>
      <form class="card" onSubmit={(event) => void next(event)} noValidate>
        <NewPassword email={draft.email} state={state} tried={tried} />
        <div class="buttons"><button class="main">Continue</button></div>
      </form>
    </>
  );
}
