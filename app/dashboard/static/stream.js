// The stream of changes, read with fetch because an EventSource cannot send the key. It only hastens what polling would find.

import { open } from "./api.js";
import { INTERVAL_MS } from "./poll.js";

const SILENCE_MS = 45000; // the service sends at least a comment every 15 s
const SLOWEST_FACTOR = 12;
const HIDDEN_MS = 30000; // a browser keeps six connections to a host: tabs nobody looks at give theirs back

/** Reads server-sent events from `chunks` of text; yields `{type, id, data}` for each that has data or an id. */
export async function* events(chunks) {
  let rest = "";
  let event = { type: "message", id: null, data: [] };
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === "") {
        if (event.data.length || event.id) yield { ...event, data: event.data.join("\n") };
        event = { type: "message", id: null, data: [] };
        continue;
      }
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "data") event.data.push(value);
      else if (field === "event") event.type = value;
      else if (field === "id") event.id = value;
    }
  }
}

async function* textOf(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    yield value;
  }
}

function visible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((done) => document.addEventListener("visibilitychange", done, { once: true })).then(visible);
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** One connection, until it ends. True when it had opened. */
async function listen(poll, path, cursor, take) {
  const stop = new AbortController();
  let silence = setTimeout(() => stop.abort(), SILENCE_MS);
  let hiding = null;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => stop.abort(), SILENCE_MS);
  };
  const seen = () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(() => stop.abort(), HIDDEN_MS);
  };
  const left = () => stop.abort();
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", left);
  let opened = false;
  try {
    const body = await open(path, { "Last-Event-ID": cursor() }, stop.signal);
    opened = true;
    poll.streaming = true;
    // An id alone says that nothing up to there is for this page.
    for await (const { type, id, data } of events(textOf(body, heard))) take(type === "conflict" ? JSON.parse(data) : null, id);
  } finally {
    stop.abort();
    clearTimeout(silence);
    clearTimeout(hiding);
    document.removeEventListener("visibilitychange", seen);
    removeEventListener("pagehide", left);
    if (opened) poll.streaming = false; // asks at once: says so if the service is down, and catches up if not
  }
}

/** Follows the changes of conflicts for as long as the page is open.
 *
 * `cursor()` is where the page stands, null before it has loaded; `take(conflict, cursor)` takes one change in (null: the
 * page merely stands further on). A stream that is cut
 * resumes after the last change taken; where there is none, `poll` goes on at its own pace.
 */
export async function follow(poll, { cursor, take, path = "/v1/conflicts/stream" }) {
  let failures = 0;
  for (;;) {
    await visible();
    if (cursor() === null || failures > 0) await poll.answer();
    if (cursor() === null) continue;
    const began = performance.now();
    let factor = 1;
    try {
      await listen(poll, path, cursor, take);
    } catch (error) {
      // A service that has no stream is not asked for one again and again.
      if ([404, 405, 406, 422, 501].includes(error.status)) factor = SLOWEST_FACTOR;
    }
    failures = performance.now() - began > SILENCE_MS ? 1 : failures + 1;
    await pause(INTERVAL_MS * Math.min(factor * 2 ** (failures - 1), SLOWEST_FACTOR) * (0.5 + Math.random() / 2));
  }
}
