import { useState } from "preact/hooks";
import { T } from "../messages.js";
import { Answers } from "../parts/answers.jsx";
import { BackupButton } from "../parts/backup-button.jsx";
import { Check } from "../parts/field.jsx";
import { useTask } from "../parts/hooks.js";
import { NewPassword, useNewPassword } from "../parts/new-password.jsx";
import { Failure, Notice } from "../parts/notice.jsx";
import { Progress } from "../parts/progress.jsx";
import { View } from "../parts/view.jsx";
import { awayOf } from "../several.js";

/** @param {import("./open.jsx").SessionProps} props */
export function Password({ session }) {
  const { email } = session.person;
  const state = useNewPassword(email);
  const [answers, setAnswers] = useState(/** @type {string[]} */ ([]));
  const [understood, setUnderstood] = useState(false);
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const task = useTask();

  const change = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if ((await state.check()) !== null) return;
    void task.run(async (options) => {
      await session.changePassword({ password: state.password, answers }, options);
      setDone(true);
    });
  };

  if (done) {
    return (
      <View title="The password is changed" narrow>
        <Notice kind="good">{T.password.done}</Notice>
        {awayOf(session) && <Notice kind="warning">{T.password.doneButFor(awayOf(session))}</Notice>}
        <div class="buttons"><BackupButton session={session} /><a class="button main" href="#entries">Go to the entries</a></div>
      </View>
    );
  }
  return (
    <View title="Change the password" narrow>
      <p class="lead">{T.password.lead}</p>
      {session.unsaved && <Notice>{T.password.backupFirst}</Notice>}
      <Failure text={session.changes && !task.busy && task.message ? T.password.unknown : task.message} />
      {task.busy && <Progress label={task.fraction < 1 ? T.unlock.working : T.unlock.asking} fraction={task.fraction} />}
      <form class="card" onSubmit={(event) => void change(event)} hidden={task.busy}>
        <NewPassword email={email} state={state} tried={tried} />
        <Answers answers={answers} onAnswers={setAnswers} />
        <p class="hint">{T.password.answers}</p>
        <Check label={T.create.understood} required checked={understood} onChecked={setUnderstood} />
        <div class="buttons"><button class="main">Change the password</button><a class="button" href="#settings">Cancel</a></div>
      </form>
    </View>
  );
}
