// A cluster: everything said about one question, by whom, and how many voices that really is.

import { Problem, Watched, claim as claimById } from "./api.js";
import { positionView } from "./card.js";
import { claimView } from "./claim.js";
import { counted, el, listed } from "./dom.js";
import { Poll } from "./poll.js";
import { differing } from "./spans.js";

const content = document.getElementById("content");
const empty = document.getElementById("empty");
const watched = new Watched();
const KINDS = ["contradicts", "updates", "refines", "corroborates"];
let cluster = null;

function idOf(claim) {
  return typeof claim === "string" ? claim : claim.id;
}

/** The cluster's claims by id: it may carry them whole or as ids. */
async function claimsOf() {
  const found = await Promise.all((cluster.claims ?? []).map((claim) => (typeof claim === "string" ? claimById(claim) : claim)));
  return new Map(found.filter((claim) => claim).map((claim) => [claim.id, claim]));
}

function positions(claims) {
  return (cluster.positions ?? []).map((position, i) =>
    positionView(
      position,
      i,
      "outlets",
      (position.claim_ids ?? []).filter((id) => claims.has(id)).map((id) => claimView(claims.get(id), differing(claims.get(id), cluster.relations))),
    ),
  );
}

function relations(claims) {
  const told = (cluster.relations ?? []).filter(({ kind, a, b }) => KINDS.includes(kind) && claims.has(a) && claims.has(b));
  told.sort((x, y) => KINDS.indexOf(x.kind) - KINDS.indexOf(y.kind) || y.score - x.score);
  return told.map(({ a, b, kind, score, reasons }) =>
    el(
      "li",
      { "data-kind": kind },
      el("p", { class: "kind" }, kind, el("span", { class: "aside" }, ` probability ${Number(score).toFixed(2)}`)),
      [a, b].map((id) => el("p", { class: "side", dir: "auto" }, el("bdi", {}, `${listed([claims.get(id).outlet])}: `), claims.get(id).text)),
      (reasons ?? []).map(({ detail }) => el("p", { class: "why", dir: "auto" }, detail)),
    ),
  );
}

async function show() {
  const claims = await claimsOf();
  const placed = new Set((cluster.positions ?? []).flatMap((position) => position.claim_ids ?? []));
  const loose = [...claims.values()].filter((claim) => !placed.has(claim.id));
  const copies = (cluster.wire_copies ?? []).map((ids) => ids.filter((id) => claims.has(idOf(id))).map((id) => claims.get(idOf(id)).outlet));
  const told = relations(claims);
  document.title = `${cluster.headline} · Parallax`;
  content.replaceChildren(
    el("p", { class: "back" }, el("a", { href: "/" }, "All conflicts")),
    el("h1", { dir: "auto" }, cluster.headline),
    el("p", { class: "lead" }, `${counted(claims.size, "claim")} in ${counted((cluster.outlets ?? []).length, "outlet")}, from ${counted(cluster.independent_origins ?? 0, "independent origin")}: ${listed((cluster.origins ?? []).map((o) => o.outlet))}.`),
    ...copies.filter((outlets) => outlets.length > 1).map((outlets) => el("p", { class: "copies" }, `The same words, one origin: ${listed(outlets)}.`)),
    ...(cluster.conflict_ids ?? []).map((id) => el("p", { class: "copies" }, el("a", { href: `/conflicts/${encodeURIComponent(id)}` }, "There is a conflict about this"))),
    el("div", { class: "positions" }, positions(claims)),
    ...(loose.length ? [el("section", { class: "loose" }, el("h2", {}, placed.size ? "Also said" : "Said"), loose.map((claim) => claimView(claim)))] : []),
    ...(told.length ? [el("section", {}, el("h2", {}, "How the claims stand to each other"), el("ul", { class: "relations" }, told))] : []),
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
    empty.replaceChildren(el("strong", {}, "There is no such cluster."), " ", el("a", { href: "/" }, "All conflicts"));
    empty.hidden = false;
  }
});
