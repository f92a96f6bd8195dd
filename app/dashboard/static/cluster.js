// A cluster: everything said about one question, by whom, and how many voices that really is.

import { Problem, Watched, claim as claimById, get } from "./api.js";
import { chain, claimView } from "./claim.js";
import { counted, differSign, el, listed, sayEmpty } from "./dom.js";
import { Poll } from "./poll.js";
import { relationsView } from "./relations.js";
import { differing } from "./spans.js";

const RARELY = 3; // intervals between looks
const CLAIMS_SHOWN = 8; // of a position, before the rest is folded
const CONFLICTS_SHOWN = 10;
const content = document.getElementById("content");
const empty = document.getElementById("empty");
const watched = new Watched();
let cluster = null;

/** The cluster's claims by id: it may carry them whole or as ids. */
async function claimsOf() {
  const found = await Promise.all((cluster.claims ?? []).map((claim) => (typeof claim === "string" ? claimById(claim) : claim)));
  return new Map(found.filter((claim) => claim).map((claim) => [claim.id, claim]));
}

/** The cluster's conflicts, gravest first; one that is gone meanwhile is left out. */
async function conflictsOf() {
  const ids = (cluster.conflict_ids ?? []).slice(0, CONFLICTS_SHOWN);
  const answers = await Promise.allSettled(ids.map((id) => get(`/v1/conflicts/${encodeURIComponent(id)}`)));
  const found = answers.filter(({ status }) => status === "fulfilled").map(({ value }) => value.body);
  return found.sort((a, b) => b.severity - a.severity);
}

/** Claims with the same words, or copied from the same wire text, in one group; the first of a group stands for it. */
function folded(claims) {
  const copied = new Map((cluster.wire_copies ?? []).flatMap((ids, i) => ids.map((id) => [typeof id === "string" ? id : id.id, `copy ${i}`])));
  const groups = new Map();
  for (const claim of claims) {
    const words = claim.text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const key = copied.get(claim.id) ?? words;
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()];
}

function copyLine(claim) {
  const link = el("a", { href: `/articles/${encodeURIComponent(claim.article_id)}#claim-${encodeURIComponent(claim.id)}` }, "in the article");
  return el("li", {}, chain(claim), link);
}

function groupView([claim, ...same]) {
  const view = claimView(claim, differing(claim, cluster.relations));
  if (same.length === 0) return view;
  const words = `The same words in ${listed(same.map(({ outlet }) => outlet))}`;
  view.append(el("details", { class: "same" }, el("summary", {}, el("span", { dir: "auto" }, words), el("span", { class: "aside" }, ": one origin, counted once")), el("ul", {}, same.map(copyLine))));
  return view;
}

function claimsView(claims) {
  const groups = folded(claims);
  const rest = groups.slice(CLAIMS_SHOWN);
  return [
    groups.slice(0, CLAIMS_SHOWN).map(groupView),
    rest.length > 0 && el("details", { class: "further" }, el("summary", {}, `${counted(rest.length, "more claim")}`), rest.map(groupView)),
  ];
}

function positionView(position, index, claims, alone) {
  const letter = index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
  const who = listed(position.outlets);
  const sources = (position.sources ?? []).filter((name) => !who.includes(name));
  const held = (position.claim_ids ?? []).map((id) => claims.get(id)).filter((claim) => claim);
  return el(
    "section",
    { class: `position position-${index % 4}`, "aria-label": alone ? `Said by ${who}` : `Position ${letter}: ${who}` },
    el(
      "header",
      {},
      !alone && el("span", { class: "letter", "aria-hidden": "true" }, letter),
      el("div", {}, el("h2", { dir: "auto" }, who), sources.length > 0 && el("p", { class: "through", dir: "auto" }, `according to ${listed(sources)}`)),
    ),
    el("div", { class: "claims" }, claimsView(held)),
  );
}

function conflictLine({ id, headline, severity, status }) {
  return el(
    "li",
    {},
    el("a", { href: `/conflicts/${encodeURIComponent(id)}`, dir: "auto" }, differSign(), " ", headline),
    el("span", { class: "aside" }, ` severity ${Number(severity).toFixed(2)}, ${status}`),
  );
}

function facts(claims) {
  const copies = (cluster.wire_copies ?? []).reduce((sum, ids) => sum + Math.max(0, ids.length - 1), 0);
  const told = [
    [claims.size, claims.size === 1 ? "claim" : "claims"],
    [(cluster.outlets ?? []).length, (cluster.outlets ?? []).length === 1 ? "outlet" : "outlets"],
    [cluster.independent_origins ?? 0, cluster.independent_origins === 1 ? "independent origin" : "independent origins"],
    [copies, copies === 1 ? "wire copy folded" : "wire copies folded"],
  ];
  return el("ul", { class: "facts" }, told.map(([number, words]) => el("li", {}, el("strong", {}, String(number)), " ", words)));
}

async function show() {
  const [claims, conflicts] = await Promise.all([claimsOf(), conflictsOf()]);
  const positions = cluster.positions ?? [];
  const placed = new Set(positions.flatMap((position) => position.claim_ids ?? []));
  const loose = [...claims.values()].filter((claim) => !placed.has(claim.id));
  document.title = `${cluster.headline} · Parallax`;
  content.replaceChildren(
    el("p", { class: "back" }, el("a", { href: "/clusters" }, "All clusters")),
    el("h1", { dir: "auto" }, cluster.headline),
    facts(claims),
    el("p", { class: "lead" }, `${cluster.independent_origins === 1 ? "It comes from" : "Independent origins:"} ${listed((cluster.origins ?? []).map(({ outlet }) => outlet))}.`),
    conflicts.length ? el("section", { class: "parting", "aria-label": "Conflicts" }, el("ul", {}, conflicts.map(conflictLine))) : "",
    el("div", { class: "positions" }, positions.map((position, i) => positionView(position, i, claims, positions.length === 1))),
    loose.length ? el("section", { class: "loose" }, el("h2", {}, placed.size ? "Also said" : "Said"), claimsView(loose)) : "",
    relationsView(cluster.relations ?? [], claims),
  );
  content.removeAttribute("aria-busy");
  empty.hidden = true;
}

new Poll(async () => {
  try {
    const body = await watched.get(`/v1/clusters/${encodeURIComponent(document.body.dataset.id)}`);
    if (body && JSON.stringify(body) !== JSON.stringify(cluster)) {
      cluster = body;
      await show();
    }
  } catch (error) {
    watched.forget();
    cluster = null;
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    content.replaceChildren();
    content.removeAttribute("aria-busy");
    sayEmpty(empty, "There is no such cluster.", "Its claims may have been withdrawn. ", el("a", { href: "/clusters" }, "All clusters"));
  }
  return RARELY;
});
