// The list of clusters, searched by meaning.

import { counted, differSign, el, nameOf, time } from "./dom.js";
import { Listing, suggestOutlets } from "./listing.js";

const NAMED = 4; // outlets named before the rest are counted

/** How many voices a cluster has and whether they part: a sign, a word and the sentence behind them. */
function standing({ diverging, independent_origins: origins, outlets }) {
  if (diverging) return { state: "diverge", sign: differSign(), words: "They differ" };
  if (origins > 1) return { state: "agree", sign: "=", words: counted(origins, "independent origin") };
  return { state: "single", sign: "1", words: outlets.length > 1 ? "One origin, repeated" : "One voice" };
}

function names(outlets) {
  const rest = outlets.length - NAMED;
  const shown = rest > 1 ? outlets.slice(0, NAMED) : outlets;
  return [shown.flatMap((outlet, i) => [i > 0 && ", ", el("bdi", {}, nameOf(outlet))]), rest > 1 && ` and ${rest} more`];
}

function row(cluster) {
  const { state, sign, words } = standing(cluster);
  return el(
    "li",
    { class: "row", "data-cluster": cluster.id, "data-standing": state },
    el("p", { class: "standing" }, el("span", { class: "sign", "aria-hidden": "true" }, sign), words),
    el("h2", { dir: "auto" }, el("a", { href: `/clusters/${encodeURIComponent(cluster.id)}` }, cluster.headline || "No words")),
    el("p", { class: "who" }, names(cluster.outlets ?? [])),
    el("p", { class: "when" }, counted(cluster.claim_count, "claim"), " · ", time(cluster.updated_at)),
  );
}

function nothing(filtered) {
  if (filtered) return [el("strong", {}, "No cluster fits."), " Try other words, or ", el("a", { href: "/clusters" }, "show all clusters"), "."];
  return [
    el("strong", {}, "Nothing here yet."),
    " Claims about the same question gather here once articles come in. ",
    el("a", { href: "/paste" }, "Paste an article"),
    " to begin.",
  ];
}

new Listing({ path: "/v1/clusters", noun: "cluster", row, nothing });
suggestOutlets(document.getElementById("outlets"));
