// How the pages name kinds, severities and statuses; each with a mark that can be told without colour.

import { el, listed, nameOf } from "./dom.js";

export const KINDS = {
  quantity: "a figure", date: "a date", place: "a place", identity: "who did it", negation: "whether it is so",
  antonym: "opposite words", certainty: "how certain it is", characterisation: "how it is described", model: "meaning",
};
const SHOWN_NAMES = 3;

/** "grave", "notable" or "minor" for 0..1. */
export function severityWord(severity) {
  if (severity >= 0.67) return "grave";
  return severity >= 0.34 ? "notable" : "minor";
}

/** Rank of a severity's word: 2 for grave, 1 for notable, 0 for minor. */
export function severityRank(severity) {
  return ["minor", "notable", "grave"].indexOf(severityWord(severity));
}

/** The severity as bars, a word and a figure. */
export function severityView(severity) {
  const word = severityWord(severity);
  return el(
    "span",
    { class: `severity severity-${word}` },
    el("span", { class: "unseen" }, "Severity: "),
    el("span", { class: "bars", "aria-hidden": "true" }),
    `${word} `,
    el("span", { class: "figure" }, Number(severity).toFixed(2)),
  );
}

/** The status as a shape and a word. */
export function statusView(status) {
  return el("span", { class: "status", "data-status": status }, status);
}

/** The letter of a position: A, B, … Z, then numbers. */
export function letter(index) {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}

export function letterView(index) {
  return el("span", { class: `letter hue-${index % 4}`, "aria-hidden": "true" }, letter(index));
}

/** Those who take a position, and through whom: the sources in a conflict between sources, else the outlets. */
export function whoTakes(position, between) {
  const outlets = (position.outlets ?? []).map(nameOf);
  const sources = (position.sources ?? []).map(nameOf).filter((name) => !outlets.includes(name));
  const bySource = between === "sources" && sources.length > 0;
  return {
    names: bySource ? sources : outlets,
    who: listed(bySource ? sources : outlets),
    through: bySource ? `in ${listed(outlets)}` : sources.length ? `according to ${listed(sources)}` : "",
  };
}

/** The first few names, and how many more there are. */
export function shortList(names) {
  const all = [...new Set(names)];
  if (all.length <= SHOWN_NAMES) return listed(all);
  return `${all.slice(0, SHOWN_NAMES - 1).join(", ")} and ${all.length - SHOWN_NAMES + 1} more`;
}

/** What makes two reasons one: "30 minutes against 45 minutes: 50% more" is "45 minutes against 30 minutes: 33% less" the other way round. */
function pointOf(detail) {
  return detail.split(": ")[0].split(" against ").sort().join(" against ");
}

/** Why the positions part, in words, the surest reason first: `{detail, type, score}`, each point once. */
export function reasonsOf(relations) {
  const found = new Map();
  for (const relation of relations ?? []) {
    if (relation.kind !== "contradicts") continue;
    for (const { detail, type } of relation.reasons ?? []) {
      const point = pointOf(detail);
      if ((found.get(point)?.score ?? -1) < relation.score) found.set(point, { detail, type, score: relation.score });
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}
