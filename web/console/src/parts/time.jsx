import { ago, moment } from "../format.js";

/**
 * How long ago, and when exactly.
 * @param {{ at: string | undefined }} props
 */
export const Time = ({ at }) => (
  <time dateTime={at} class="time"><span class="ago">{ago(at)}</span> <span class="moment">{moment(at)}</span></time>
);
