import { useEffect } from "preact/hooks";
import { byDay, lastElsewhere, newAddresses, ownAddress } from "../accesses.js";
import { csv, download } from "../files.js";
import { number, today } from "../format.js";
import { T, methodWords, outcomeWords } from "../messages.js";
import { Chart } from "../parts/chart.jsx";
import { useTask } from "../parts/hooks.js";
import { LastAccess } from "../parts/last-access.jsx";
import { Failure, Notice } from "../parts/notice.jsx";
import { Time } from "../parts/time.jsx";
import { View } from "../parts/view.jsx";

/** @param {import("./open.jsx").SessionProps} props */
export function Accesses({ session }) {
  const task = useTask();
  const { statistics } = session.wallet;
  const refresh = () => void task.run(() => session.refresh());
  // what is shown is of the last call, which may be an hour old
  useEffect(refresh, []);
  return (
    <View title="Who has been here" actions={<div class="buttons"><button type="button" disabled={task.busy} onClick={refresh}>Refresh</button></div>}>
      <p class="lead">{T.accesses.lead}</p>
      <Failure text={session.wallet.problem ? null : task.message} />
      <LastAccess session={session} />
      <Elsewhere session={session} />
      <Notice kind="warning">
        <p>{T.accesses.notMe}</p>
        <p><a class="button" href="#password">This was not me: change the password</a></p>
      </Notice>
      {statistics && (
        <>
          <Addresses session={session} statistics={statistics} />
          <Chart days={byDay(statistics)} />
          <Recent session={session} statistics={statistics} />
        </>
      )}
    </View>
  );
}

/** @param {import("./open.jsx").SessionProps} props */
function Elsewhere({ session }) {
  const [last, other] = [session.lastBefore, lastElsewhere(session)];
  if (!other || other.time === last?.time) return null;
  return <p>Last access from another address: <Time at={other.time} />, {methodWords(other.method).toLowerCase()}, from <span class="break">{other.ip}</span>.</p>;
}

/** @typedef {import("./open.jsx").SessionProps & { statistics: NonNullable<import("larimar-client").Wallet["statistics"]> }} TableProps */

/** @param {TableProps} props */
function Addresses({ session, statistics }) {
  const [own, fresh] = [ownAddress(session), newAddresses(session)];
  return (
    <section>
      <h2>Addresses</h2>
      <table class="stacked">
        <thead><tr><th scope="col">Address</th><th scope="col">First</th><th scope="col">Last</th><th scope="col" class="number">Requests</th></tr></thead>
        <tbody>
          {statistics.addresses.map(({ ip, first, last, requests }) => (
            <tr key={ip}>
              <th scope="row"><span class="break">{ip}</span>{ip === own && <span class="tag">yours now</span>}{fresh.has(ip) && <span class="tag new">new this week</span>}</th>
              <td data-label="First"><Time at={first} /></td>
              <td data-label="Last"><Time at={last} /></td>
              <td data-label="Requests" class="number">{number(requests)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** @param {TableProps} props */
function Recent({ session, statistics: { recent, addresses } }) {
  const own = ownAddress(session);
  const firsts = new Map(addresses.map(({ ip, first }) => [ip, first]));
  const save = () => {
    const rows = recent.map(({ time, ip, method, outcome }) => [time, ip, method, outcome]);
    download(`larimar-accesses-${today()}.csv`, csv([["time", "address", "method", "outcome"], ...rows]), "text/csv");
  };
  return (
    <section>
      <div class="head">
        <h2>Recent requests</h2>
        <div class="buttons"><button type="button" onClick={save}>Download as CSV</button></div>
      </div>
      <p class="hint">{T.accesses.limits}</p>
      <table class="stacked">
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Address</th><th scope="col">Outcome</th></tr></thead>
        <tbody>
          {recent.map(({ time, ip, method, outcome }, index) => (
            <tr key={`${time} ${index}`}>
              <td data-label="When"><Time at={time} /></td>
              <td data-label="What">{methodWords(method)}</td>
              <td data-label="Address"><span class="break">{ip}</span>{ip === own && <span class="tag">yours now</span>}{firsts.get(ip) === time && <span class="tag new">first time</span>}</td>
              <td data-label="Outcome">{outcomeWords(outcome)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
