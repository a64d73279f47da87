/** The ties of the picture as a table, for the keyboard, for screen readers, and for reading. */

import { h, named } from "./dom";
import type { Picture, Tie } from "./picture";
import type { Ontology } from "./shapes";
import { count, GLYPHS, inWords, signClass, SIGNS, twoDecimals } from "./words";

const AT_FIRST = 200;

export function tieTable(
  picture: Picture,
  shown: (tie: Tie) => boolean,
  ontology: Ontology,
  chosen: string,
  choose: (tie: Tie) => void,
): HTMLElement {
  const names = new Map(picture.nodes.map((node) => [node.id, node.name]));
  const ties = picture.ties.filter(shown);
  const rows = (some: Tie[]) => some.map((tie) => row(tie, names, ontology, chosen, choose));
  const body = h("tbody", {}, ...rows(ties.slice(0, AT_FIRST)));
  const rest = ties.length - AT_FIRST;
  const more = h(
    "button",
    { type: "button", click: () => (body.append(...rows(ties.slice(AT_FIRST))), more.remove()) },
    `Show ${count(rest, "more row")}`,
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": "Ties" },
    h(
      "table",
      {},
      h("caption", {}, `${count(ties.length, "tie")} of ${count(picture.nodes.length, "actor")}, as drawn`),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...["Sign", "Who", "Does what", "To whom", "When", "Strength", "Sources"].map((text) =>
            h("th", { scope: "col" }, text),
          ),
        ),
      ),
      body,
    ),
    rest > 0 ? more : null,
  );
}

function row(
  tie: Tie,
  names: Map<string, string>,
  ontology: Ontology,
  chosen: string,
  choose: (tie: Tie) => void,
): HTMLElement {
  const event = ontology.relations[tie.relation]?.temporal === "event";
  const [first] = tie.claims;
  const when = first ? inWords(first.when, event) : "";
  const others = tie.claims.length - 1;
  const sources = new Set(tie.claims.flatMap((claim) => claim.sources.map((source) => source.id)));
  const denied = tie.claims.some((claim) => claim.denied_by.length > 0);
  return h(
    "tr",
    { "data-tie": tie.id, "aria-current": tie.id === chosen ? "true" : null },
    h(
      "td",
      { class: signClass(tie.sign) },
      h("span", { role: "img", "aria-label": SIGNS[tie.sign] }, GLYPHS[tie.sign]),
    ),
    h("td", {}, named(names.get(tie.from) ?? tie.from)),
    h("td", {}, h("button", { type: "button", click: () => choose(tie) }, tie.label)),
    h("td", {}, named(names.get(tie.to) ?? tie.to)),
    h("td", {}, others > 0 ? `${when}; ${count(others, "more claim")}` : when),
    h("td", { class: "number" }, twoDecimals(tie.strength)),
    h("td", { class: "number" }, `${sources.size}${denied ? ", denied by others" : ""}`),
  );
}

/** The table under its heading, open or not. */
export function disclosed(table: HTMLElement, open: boolean, toggled: (open: boolean) => void): HTMLElement {
  const details = h("details", { open }, h("summary", {}, "Table of ties"), table);
  details.addEventListener("toggle", () => details.open !== open && toggled(details.open));
  return details;
}
