// Who said what when, and what changed: the claims, the articles' revisions and the conflict's own life in one order.

import { articleAddress } from "./claim.js";
import { el, nameOf, time } from "./dom.js";
import { letter, letterView } from "./words.js";

const SHOWN = 40;

function speaker(claim) {
  const first = claim.chain?.length > 1 ? claim.chain[0] : null;
  return first && (first.name ?? first.source?.text ?? "an unnamed source");
}

function said(claim, index) {
  const by = speaker(claim);
  return {
    at: claim.published_at,
    kind: "said",
    mark: letterView(index),
    words: [
      el("span", { class: "unseen" }, `Position ${letter(index)}: `),
      el("strong", {}, el("bdi", {}, nameOf(claim.outlet))),
      by && [", according to ", el("bdi", {}, by)],
      ": ",
      el("a", { href: articleAddress(claim), dir: "auto" }, claim.content),
    ],
  };
}

function replaced({ a, b, reasons }, known) {
  const [earlier, later] = [known.get(a), known.get(b)].sort((x, y) => new Date(x.published_at) - new Date(y.published_at));
  return {
    at: later.published_at,
    kind: "update",
    words: [el("strong", {}, "Update"), ": ", el("bdi", {}, nameOf(later.outlet)), " replaces what ", el("bdi", {}, nameOf(earlier.outlet)), " had. ", el("bdi", { class: "aside" }, reasons?.[0]?.detail ?? "")],
  };
}

function revised(article) {
  return (article.revisions ?? [])
    .filter(({ revision }) => revision > 1)
    .map(({ revision, received_at }) => ({
      at: received_at,
      kind: "revision",
      words: [el("strong", {}, el("bdi", {}, nameOf(article.outlet))), " changed its article ", el("a", { href: `/articles/${encodeURIComponent(article.id)}`, dir: "auto" }, article.title || "without a title"), ` (revision ${revision})`],
    }));
}

function decided(step) {
  const by = !step.by || step.by === "parallax" ? "Parallax itself" : step.by;
  const change = !step.from ? "Conflict opened" : step.from === step.to ? "Noted" : `${step.from} → ${step.to}`;
  return {
    at: step.at,
    kind: "status",
    words: [el("strong", {}, change), el("span", { class: "aside" }, " by ", el("bdi", {}, by)), step.note && el("q", { dir: "auto" }, step.note)],
  };
}

function line({ at, kind, mark, words }) {
  return el("li", { class: `event event-${kind}` }, el("span", { class: "mark" }, mark ?? el("span", { class: "dot", "aria-hidden": "true" })), el("div", {}, time(at), el("p", {}, words.flat())));
}

/** The events as lines, earliest first. `positionOf` gives a claim's position, undefined for one that takes none. */
export function timeline({ conflict, known, articles, positionOf, updates }) {
  const claims = [...known.values()].filter(({ id }) => positionOf.has(id));
  const history = conflict.history?.length ? conflict.history : [{ at: conflict.opened_at, from: null, to: "open" }];
  const events = [
    ...claims.map((claim) => said(claim, positionOf.get(claim.id))),
    ...updates.map((update) => replaced(update, known)),
    ...articles.flatMap(revised),
    ...history.map(decided),
  ];
  const order = ["said", "revision", "update", "status"];
  events.sort((a, b) => new Date(a.at) - new Date(b.at) || order.indexOf(a.kind) - order.indexOf(b.kind));
  const early = events.slice(0, Math.max(0, events.length - SHOWN));
  return [
    early.length > 0 && el("details", { class: "folded" }, el("summary", {}, `${early.length} earlier`), el("ol", { class: "timeline" }, early.map(line))),
    el("ol", { class: "timeline" }, events.slice(early.length).map(line)),
  ];
}
