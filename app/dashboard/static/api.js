// Asking the service. One place knows the key, the errors and the entity tags.

const KEY = "parallax-api-key";
const ASKED_AT_ONCE = 6;
const LONGEST_WAIT_MS = 30000;

/** The service did not answer at all. */
export class Unreachable extends Error {}

/** The service answered with an error: `status`, `message` a sentence, and `fields` that were rejected, each `{loc, msg, type}`. */
export class Problem extends Error {
  constructor(status, detail, fields = []) {
    super(detail);
    this.status = status;
    this.fields = fields;
  }

  /** Whether asking again later, unchanged, may succeed. */
  get passing() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

export function storedKey() {
  return sessionStorage.getItem(KEY);
}

export function storeKey(key) {
  if (key) sessionStorage.setItem(KEY, key);
  else sessionStorage.removeItem(KEY);
}

/** One request. Answers `{status, body, etag}`; `body` is null for 304. Throws Unreachable or Problem. */
async function send(path, { method = "GET", etag = null, body = null } = {}) {
  const headers = { Accept: "application/json" };
  const key = storedKey();
  if (key) headers.Authorization = `Bearer ${key}`;
  if (etag) headers["If-None-Match"] = etag;
  if (body) headers["Content-Type"] = "application/json";
  let response;
  let text;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(LONGEST_WAIT_MS) });
    text = await response.text();
  } catch (error) {
    throw new Unreachable("The service did not answer.", { cause: error });
  }
  if (response.status === 304) return { status: 304, body: null, etag };
  const parsed = parse(text);
  if (!response.ok) throw new Problem(response.status, parsed?.detail ?? parsed?.title ?? `The service answered ${response.status}.`, parsed?.errors ?? []);
  if (parsed === undefined) throw new Problem(502, "The answer is not JSON: is this address really Parallax?");
  return { status: response.status, body: parsed, etag: response.headers.get("ETag") };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Opens a stream of text: the answer's body. Throws like the others; ends when `signal` says so. */
export async function open(path, wanted, signal) {
  const headers = { Accept: "text/event-stream", ...wanted };
  const key = storedKey();
  if (key) headers.Authorization = `Bearer ${key}`;
  let response;
  try {
    response = await fetch(path, { headers, cache: "no-store", credentials: "omit", signal });
  } catch (error) {
    throw new Unreachable("The service did not answer.", { cause: error });
  }
  if (response.ok && response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.body;
  response.body?.cancel();
  throw new Problem(response.ok ? 501 : response.status, "There is no stream.");
}

export async function get(path, etag = null) {
  return send(path, { etag });
}

export async function post(path, body) {
  return (await send(path, { method: "POST", body })).body;
}

export async function patch(path, body) {
  return (await send(path, { method: "PATCH", body })).body;
}

/** Remembers the entity tag of one address and asks only for what changed. */
export class Watched {
  #path = null;
  #etag = null;

  /** The body, or null when it is what the last call with the same path gave. */
  async get(path) {
    const answer = await get(path, path === this.#path ? this.#etag : null);
    this.#path = path;
    this.#etag = answer.etag;
    return answer.body;
  }

  forget() {
    this.#path = null;
  }
}

const claims = new Map();
const waiting = [];
let asking = 0;

async function inTurn(task) {
  if (asking >= ASKED_AT_ONCE) await new Promise((go) => waiting.push(go));
  asking += 1;
  try {
    return await task();
  } finally {
    asking -= 1;
    waiting.shift()?.();
  }
}

/** A claim by id, asked for once; null when it has been withdrawn. A failure is not remembered. */
export function claim(id) {
  if (!claims.has(id)) {
    const asked = inTurn(() => get(`/v1/claims/${encodeURIComponent(id)}`)).then(
      (answer) => answer.body,
      (error) => {
        claims.delete(id);
        if (error instanceof Problem && (error.status === 404 || error.status === 410)) return null;
        throw error;
      },
    );
    claims.set(id, asked);
  }
  return claims.get(id);
}
