// Why a conflict is as grave as it is, factor by factor.

import { el } from "./dom.js";
import { severityView } from "./words.js";

const NAMES = { distance: "How far apart", certainty: "How certain", origins: "How many voices", between: "Who parts" };

function partView({ name, value, detail }) {
  const bar = el("span", { class: "measure", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(value));
  return el("li", {}, el("p", {}, el("strong", {}, NAMES[name] ?? name), el("span", { class: "figure" }, Number(value).toFixed(2))), bar, el("p", { class: "aside", dir: "auto" }, detail));
}

/** The factors that the severity is the product of, each with its reason; "" where the service gives none. */
export function severitySection({ severity, severity_parts: parts }) {
  if (!parts?.length) return "";
  const product = `${parts.map(({ value }) => Number(value).toFixed(2)).join(" × ")} = ${Number(severity).toFixed(2)}`;
  return el("section", { class: "gravity" }, el("h2", {}, "Why it is ", severityView(severity)), el("ul", {}, parts.map(partView)), el("p", { class: "aside figure" }, product));
}
