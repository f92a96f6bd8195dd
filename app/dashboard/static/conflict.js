// One conflict: the positions side by side, why they part, how it came to be, and what the desk decides.

import { Problem, Watched, claim as claimById, get } from "./api.js";
import { decide, decisionOf, offered } from "./decision.js";
import { el, nameOf, sayEmpty, time } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { Poll } from "./poll.js";
import { positionPanel } from "./position.js";
import { severitySection } from "./severity.js";
import { follow } from "./stream.js";
import { timeline } from "./timeline.js";
import { KINDS, reasonsOf, severityView, statusView } from "./words.js";

const ARTICLES_AT_MOST = 24; // whose text is fetched to show a sentence in its context
const content = document.getElementById("content");
const empty = document.getElementById("empty");
const id = document.body.dataset.id;
const here = `/v1/conflicts/${encodeURIComponent(id)}`;
const watched = new Watched();
const texts = new Map();
const articles = new Map();
let conflict = null;
let cluster = null;
let drawn = null; // what the page shows, as JSON
let cursor = null;

const head = el("header", { class: "conflict-head" });
const buttons = el("div", { class: "buttons decisions" });
const said = el("p", { class: "outcome", role: "status" });
const keys = document.getElementById("keys");
const body = el("div", { class: "conflict-body" });

function showHead() {
  const { headline, kind, between, severity, status, opened_at, updated_at } = conflict;
  document.title = `${headline} · Parallax`;
  head.replaceChildren(
    el(
      "p",
      { class: "meta" },
      severityView(severity),
      statusView(status),
      el("span", {}, `about ${KINDS[kind] ?? kind}, between ${between}`),
      el("span", {}, "opened ", time(opened_at)),
      updated_at !== opened_at && el("span", {}, "changed ", time(updated_at)),
      conflict.diverging === false && el("span", { class: "tag" }, "the divergence is gone"),
    ),
    el("h1", { dir: "auto" }, headline),
  );
  const had = buttons.contains(document.activeElement);
  buttons.replaceChildren(
    ...offered(conflict).map((decision, i) => el("button", { type: "button", class: i === 0 && status === "open" ? "primary" : null, "aria-haspopup": "dialog", "data-to": decision.status, onclick: () => decideTo(decision.status) }, decision.verb)),
  );
  if (had) buttons.querySelector("button")?.focus();
}

async function decideTo(status) {
  const saved = await decide(conflict, status);
  if (!saved) return;
  conflict = saved;
  said.textContent = `Saved: ${saved.status}.`;
  show();
  if (document.activeElement === document.body) buttons.querySelector("button")?.focus();
}

function reasons() {
  const all = reasonsOf(conflict.relations);
  if (all.length === 0) return "";
  return el(
    "section",
    { class: "reasons" },
    el("h2", {}, "Why they cannot both be true"),
    el("ul", {}, all.map(({ detail, type, score }) => el("li", {}, el("span", { class: "tag" }, KINDS[type] ?? type), el("span", { class: "detail", dir: "auto" }, detail), el("span", { class: "aside" }, `probability ${Number(score).toFixed(2)}`)))),
  );
}

function updatesView(updates, known) {
  if (updates.length === 0) return "";
  return el(
    "section",
    { class: "updates" },
    el("h2", {}, "Related updates"),
    el("p", { class: "aside" }, "Told apart by time: the later one replaces the earlier, which is no conflict."),
    el("ul", {}, updates.map(({ a, b, reasons: why }) => {
      const [earlier, later] = [known.get(a), known.get(b)].sort((x, y) => new Date(x.published_at) - new Date(y.published_at));
      return el("li", {}, el("p", {}, el("bdi", {}, nameOf(earlier.outlet)), ": ", el("span", { dir: "auto" }, earlier.content)), el("p", {}, el("span", { "aria-hidden": "true" }, "→ "), el("span", { class: "unseen" }, "replaced by "), el("bdi", {}, nameOf(later.outlet)), ": ", el("span", { dir: "auto" }, later.content)), why?.[0] && el("p", { class: "aside", dir: "auto" }, why[0].detail));
    })),
  );
}

function show() {
  const state = JSON.stringify([conflict, cluster?.relations, cluster?.origins, cluster?.wire_copies, [...articles].map(([key, { revision }]) => [key, revision])]);
  if (state === drawn) return;
  showHead();
  const known = new Map((cluster?.claims ?? []).filter((claim) => claim?.id).map((claim) => [claim.id, claim]));
  const positionOf = new Map((conflict.positions ?? []).flatMap((position, i) => (position.claim_ids ?? []).map((claim) => [claim, i])));
  const updates = (cluster?.relations ?? []).filter(({ kind, a, b }) => kind === "updates" && known.has(a) && known.has(b));
  const origins = cluster?.origins ?? [];
  const copies = cluster?.wire_copies ?? [];
  const { between, relations } = conflict;
  const open = new Set([...body.querySelectorAll("details[open]")].map((node) => node.dataset.fold));
  body.replaceChildren(
    reasons(),
    el("section", { "aria-label": "Positions" }, el("h2", { class: "unseen" }, "Positions"), el("div", { class: "positions" }, (conflict.positions ?? []).map((position, i) => positionPanel(position, i, { between, relations, known, texts, origins, copies })))),
    el(
      "div",
      { class: "beside" },
      el("section", { class: "past" }, el("h2", {}, "Who said what when, and what changed"), timeline({ conflict, known, articles: [...articles.values()], positionOf, updates })),
      el("aside", { "aria-label": "About this conflict" }, severitySection(conflict), updatesView(updates, known), el("p", { class: "onward" }, el("a", { href: `/clusters/${encodeURIComponent(conflict.cluster_id)}` }, "Everything said about this question"))),
    ),
  );
  [...body.querySelectorAll("details")].forEach((node, i) => {
    node.dataset.fold = String(i);
    node.open ||= open.has(String(i));
  });
  if (!content.hasChildNodes()) content.replaceChildren(el("p", { class: "back" }, el("a", { href: "/" }, "All conflicts")), head, el("div", { class: "act" }, buttons, said, keys), body);
  content.removeAttribute("aria-busy");
  empty.hidden = true;
  drawn = state;
}

/** The cluster around the conflict; a cluster merged away meanwhile leaves the claims, asked for one by one. */
async function fetchAround() {
  try {
    cluster = (await get(`/v1/clusters/${encodeURIComponent(conflict.cluster_id)}`)).body;
  } catch (error) {
    if (!(error instanceof Problem) || error.passing || error.status === 401) throw error;
    const ids = (conflict.positions ?? []).flatMap((position) => position.claim_ids ?? []);
    cluster = { claims: await Promise.all(ids.map(claimById)), relations: [], origins: [], wire_copies: [] };
  }
  const missing = (conflict.positions ?? []).flatMap((position) => position.claim_ids ?? []).filter((claim) => !cluster.claims.some((known) => known?.id === claim));
  cluster.claims.push(...(await Promise.all(missing.map(claimById))));
  show();
  const shown = new Set((conflict.positions ?? []).flatMap((position) => position.claim_ids ?? []));
  const wanted = [...new Set(cluster.claims.filter((claim) => shown.has(claim?.id)).map((claim) => claim.article_id))];
  const answers = await Promise.allSettled(wanted.slice(0, ARTICLES_AT_MOST).map((article) => get(`/v1/articles/${encodeURIComponent(article)}?claims=false`)));
  for (const { value } of answers) {
    if (!value) continue; // one withdrawn meanwhile: its sentence stands without its context
    articles.set(value.body.id, value.body);
    texts.set(value.body.id, value.body.text);
  }
  drawn = null;
  show();
}

async function take(found) {
  if (conflict && new Date(found.updated_at) < new Date(conflict.updated_at)) return;
  const compared = (one) => JSON.stringify([one?.positions, one?.relations, one?.cluster_id]);
  const around = !cluster || compared(conflict) !== compared(found);
  conflict = found;
  if (around) await fetchAround();
  else show();
}

const poll = new Poll(async () => {
  try {
    cursor ??= (await get("/v1/conflicts?limit=1")).body.cursor;
    const found = await watched.get(here);
    if (found) await take(found);
  } catch (error) {
    watched.forget();
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    content.replaceChildren();
    content.removeAttribute("aria-busy");
    conflict = null;
    cluster = null;
    drawn = null;
    sayEmpty(empty, "There is no such conflict.", el("a", { href: "/" }, "All conflicts"));
  }
});

follow(poll, {
  cursor: () => cursor,
  take(found, at) {
    cursor = at ?? cursor;
    if (found?.id === id) take(found).catch(() => poll.now());
  },
});

listenToKeys(
  ["a", "r", "d", "o"].map((key) => ({
    keys: [key],
    does: `${decisionOf(key).verb} it, with a note`,
    run() {
      if (!conflict) return false;
      const { status, verb } = decisionOf(key);
      if (offered(conflict).some((option) => option.status === status)) decideTo(status);
      else said.textContent = `${verb} is not offered: it is ${conflict.status}.`;
      return true;
    },
  })),
  keys,
);
