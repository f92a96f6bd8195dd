// An outlet's page; with another outlet named in the address, the propositions that the two share.

import { Problem, get } from "./api.js";
import { counted, differSign, el, listed, nameOf, sayEmpty, time } from "./dom.js";
import { pairAddress } from "./matrix.js";
import { PairList } from "./pair.js";
import { Poll } from "./poll.js";

const RARELY = 6; // intervals between looks
const QUOTED = 20;
const content = document.getElementById("content");
const empty = document.getElementById("empty");
const id = document.body.dataset.id;
const other = new URLSearchParams(location.search).get("with");
const KINDS = { person: "", organization: "", anonymous: "unnamed", document: "document", outlet: "outlet", publisher: "" };
let shown = null;
let pairs = null;

function percent(share) {
  return `${Math.round(share * 100)}%`;
}

function facts({ articles, claims, own_claims: own, reported_claims: reported, copied_claims: copied, wire_share: share, open_conflicts: open }) {
  const told = [
    [articles, articles === 1 ? "article" : "articles"],
    [claims, `${claims === 1 ? "claim" : "claims"}: ${own} in its own voice, ${reported} reported`],
    [percent(share), `copied from others (${counted(copied, "claim")})`],
    [open, open === 1 ? "open conflict" : "open conflicts"],
  ];
  return el("ul", { class: "facts" }, told.map(([number, words]) => el("li", {}, el("strong", {}, String(number)), " ", words)));
}

function ways({ name, wire, domains, aliases }) {
  const outlet = new URLSearchParams({ outlet: name });
  const known = [wire && "a news agency", domains.length && listed(domains), aliases.length && `also called ${listed(aliases)}`].filter(Boolean);
  return [
    known.length ? el("p", { class: "lead", dir: "auto" }, known.join(" · ")) : "",
    el("p", { class: "ways" }, el("a", { href: `/?${outlet}` }, "Its conflicts"), el("a", { href: `/clusters?${outlet}` }, "Its clusters"), el("a", { href: `/articles?${outlet}` }, "Its articles")),
  ];
}

function number(count, address) {
  return el("td", {}, count ? el("a", { href: address }, String(count)) : "0");
}

function othersView({ id: own, others }) {
  if (others.length === 0) return el("section", {}, el("h2", {}, "With others"), el("p", { class: "aside" }, "It shares no proposition with another outlet yet."));
  return el(
    "section",
    { class: "with-others" },
    el("h2", {}, "With others"),
    el(
      "div",
      { class: "wide" },
      el(
        "table",
        { class: "table" },
        el("caption", { class: "unseen" }, "What it shares with each other outlet"),
        el("thead", {}, el("tr", {}, ["Outlet", "Shared", "Agree", "Differ"].map((words) => el("th", { scope: "col" }, words)))),
        el(
          "tbody",
          {},
          others.map(({ outlet, shared, agree, diverge }) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, el("a", { href: `/outlets/${encodeURIComponent(outlet.id)}`, dir: "auto" }, nameOf(outlet))),
              number(shared, pairAddress(own, outlet.id)),
              number(agree, pairAddress(own, outlet.id, "agree")),
              number(diverge, pairAddress(own, outlet.id, "diverge")),
            ),
          ),
        ),
      ),
    ),
  );
}

function quotesView({ quotes }) {
  return el(
    "section",
    {},
    el("h2", {}, "Whom it quotes"),
    quotes.length
      ? el("ol", { class: "pairs" }, quotes.slice(0, QUOTED).map(({ name, kind, claims }) => el("li", {}, el("bdi", {}, name), KINDS[kind] && el("span", { class: "tag" }, KINDS[kind]), el("span", { class: "aside" }, counted(claims, "claim")))))
      : el("p", { class: "aside" }, "Nobody yet: all its claims are in its own voice."),
  );
}

function firstView({ first, first_count: count }) {
  const title = el("h2", {}, "What it carried first");
  if (count === 0) return el("section", {}, title, el("p", { class: "aside" }, "Nothing that others carried too."));
  return el(
    "section",
    {},
    title,
    el("p", { class: "aside" }, first.length < count ? `The newest ${first.length} of ${count}.` : `${counted(count, "proposition")} that others carried later.`),
    el(
      "ul",
      { class: "pairs" },
      first.map((cluster) =>
        el(
          "li",
          {},
          el("a", { href: `/clusters/${encodeURIComponent(cluster.id)}`, dir: "auto" }, cluster.headline),
          el("span", { class: "aside" }, cluster.diverging && [differSign(), " they differ · "], counted(cluster.outlets.length, "outlet"), " · ", time(cluster.updated_at)),
        ),
      ),
    ),
  );
}

function showProfile(profile) {
  document.title = `${profile.name} · Parallax`;
  content.replaceChildren(
    el("p", { class: "back" }, el("a", { href: "/outlets" }, "All outlets")),
    el("h1", { dir: "auto" }, profile.name),
    ...ways(profile),
    facts(profile),
    el("div", { class: "halves" }, othersView(profile), el("div", {}, quotesView(profile), firstView(profile))),
  );
}

function showPair(profile) {
  const cell = profile.others.find(({ outlet }) => outlet.id === other) ?? { outlet: { id: other, name: other }, shared: 0, agree: 0, diverge: 0 };
  const names = [el("bdi", {}, profile.name), " and ", el("bdi", {}, nameOf(cell.outlet))];
  document.title = `${profile.name} and ${nameOf(cell.outlet)} · Parallax`;
  pairs ??= new PairList(profile, cell);
  pairs.count(cell);
  content.replaceChildren(
    el("p", { class: "back" }, el("a", { href: "/outlets" }, "All outlets"), " · ", el("a", { href: `/outlets/${encodeURIComponent(profile.id)}` }, el("bdi", {}, profile.name)), " · ", el("a", { href: `/outlets/${encodeURIComponent(cell.outlet.id)}` }, el("bdi", {}, nameOf(cell.outlet)))),
    el("h1", {}, names),
    pairs.node,
  );
}

new Poll(async () => {
  try {
    const { body } = await get(`/v1/outlets/${encodeURIComponent(id)}`);
    const drawn = JSON.stringify(body);
    if (drawn !== shown && !(shown && content.contains(document.activeElement))) {
      if (other === null) showProfile(body);
      else showPair(body);
      shown = drawn;
    }
    await pairs?.load();
    content.removeAttribute("aria-busy");
    empty.hidden = true;
  } catch (error) {
    if (!(error instanceof Problem) || error.passing || error.status === 401) throw error;
    content.replaceChildren();
    content.removeAttribute("aria-busy");
    shown = null;
    sayEmpty(empty, error.status === 404 ? "There is no such outlet." : `This cannot be shown: ${error.message}`, el("a", { href: "/outlets" }, "All outlets"));
  }
  return RARELY;
});
