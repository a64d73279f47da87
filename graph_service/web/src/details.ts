/** What stands behind an actor, a tie or a path: claims with their dates, sources, dissent and history. */

import type { Api } from "./api";
import { button, h, named, outward } from "./dom";
import type { Tie } from "./picture";
import type { CitedClaim, Claim, Evidence, Named, Ontology, Source } from "./shapes";
import type { Item } from "./shown";
import { count, date, GLYPHS, inWords, RELIABILITY, signClass, SIGNS, twoDecimals } from "./words";

const CLAIMS_AT_ONCE = 5;

export interface About {
  api: Api;
  ontology: Ontology;
  name: (id: string) => string;
}

/** A tie: every claim of it, each with its evidence. */
export function tieDetails(tie: Tie, about: About): HTMLElement {
  return h(
    "div",
    {},
    h("h2", {}, glyph(tie), " ", named(about.name(tie.from)), ` ${tie.label} `, named(about.name(tie.to))),
    h(
      "p",
      { class: "note" },
      `${SIGNS[tie.sign]}, strength ${twoDecimals(tie.strength)} of 1. ${about.ontology.relations[tie.relation]?.definition ?? ""}`,
    ),
    claimList(tie.claims, about),
  );
}

/** A row of the list: its steps, each with its claims and what there is to doubt. */
export function itemDetails(item: Item, about: About): HTMLElement {
  return h(
    "div",
    {},
    h("h2", {}, named(item.value === null ? item.title : `${item.title}: ${twoDecimals(item.value)}`, 200)),
    ...item.notes.map((note) => h("p", { class: "note" }, note)),
    ...item.steps.map((step) =>
      h(
        "section",
        {},
        step.heading ? h("h3", {}, named(step.heading, 200)) : null,
        doubts(step.missing),
        claimList(step.claims, about),
      ),
    ),
  );
}

interface ActorData extends Named {
  aliases: { text: string; scope: string }[];
  ids: Record<string, string>;
  description: string | null;
  ties: { relation: string; direction: string; count: number }[];
  neo4j_browser: string | null;
}

/** An actor: other names, identifiers, how many ties of which kind, and where to go from there. */
export async function actorDetails(
  id: string,
  about: About,
  go: (question: string, id: string) => void,
  more: HTMLElement[],
): Promise<HTMLElement> {
  const { data } = await about.api.get<ActorData>(`/v1/actors/${encodeURIComponent(id)}`);
  const aliases = data.aliases.map((alias) => alias.text).join(", ");
  const ids = Object.entries(data.ids)
    .map(([scheme, value]) => `${scheme} ${value}`)
    .join(", ");
  const ties = data.ties
    .slice(0, 12)
    .map((tie) => `${label(about, tie.relation, tie.direction)} (${tie.count.toLocaleString("en")})`)
    .join(", ");
  return h(
    "div",
    {},
    h("h2", {}, named(data.name)),
    h("p", { class: "note" }, about.ontology.definitions[data.kind]?.label ?? data.kind),
    data.description ? h("p", { dir: "auto" }, data.description) : null,
    h("dl", {}, ...pair("Also called", aliases), ...pair("Identifiers", ids), ...pair("Ties", ties)),
    h(
      "p",
      { class: "acts" },
      ...more,
      button("Who has leverage over it", () => go("leverage", id)),
      button("Over whom it has leverage", () => go("influence", id)),
      button("Its ties", () => go("neighbours", id)),
      button("Its timeline", () => go("timeline", id)),
    ),
    data.neo4j_browser ? h("p", {}, outward("Open in Neo4j Browser", data.neo4j_browser)) : null,
  );
}

function label(about: About, relation: string, direction: string): string {
  const found = about.ontology.relations[relation];
  return (direction === "in" ? found?.inverse : found?.label) ?? relation;
}

function pair(term: string, text: string): HTMLElement[] {
  return text ? [h("dt", {}, term), h("dd", {}, named(text, 600))] : [];
}

function glyph(tie: Tie): HTMLElement {
  return h(
    "span",
    { role: "img", "aria-label": SIGNS[tie.sign], class: signClass(tie.sign) },
    GLYPHS[tie.sign],
  );
}

function doubts(missing: string[]): HTMLElement | null {
  return missing.length ? h("p", { class: "note" }, `But: ${missing.join(", ")}.`) : null;
}

function claimList(claims: CitedClaim[], about: About): HTMLElement {
  const unique = [...new Map(claims.map((claim) => [claim.id, claim])).values()];
  const list = h(
    "div",
    { class: "claims" },
    ...unique.slice(0, CLAIMS_AT_ONCE).map((claim) => claimCard(claim, about)),
  );
  const rest = unique.slice(CLAIMS_AT_ONCE);
  if (rest.length) {
    const more = button(
      `Show ${count(rest.length, "more claim")}`,
      () => (more.remove(), list.append(...rest.map((claim) => claimCard(claim, about)))),
    );
    list.append(more);
  }
  return list;
}

function claimCard(claim: CitedClaim, about: About): HTMLElement {
  const relation = about.ontology.relations[claim.relation];
  const weighed = [claim.modality === "done" ? "" : claim.modality, claim.strength ?? "", claim.outcome ?? ""]
    .filter(Boolean)
    .join(", ");
  const evidence = h("div", { class: "evidence" }, h("p", { class: "note" }, "Fetching the evidence …"));
  void evidenceOf(claim, about).then((shown) => evidence.replaceChildren(...shown));
  return h(
    "article",
    { class: "claim", "data-claim": claim.id },
    h(
      "p",
      { class: "said" },
      named(about.name(claim.subject)),
      ` ${relation?.label ?? claim.relation} `,
      named(about.name(claim.object)),
      weighed ? ` (${weighed})` : "",
    ),
    h(
      "p",
      {},
      h("time", { title: claim.when }, inWords(claim.when, relation?.temporal === "event")),
      claim.state === "accepted" ? "" : ` · ${claim.state}`,
    ),
    evidence,
  );
}

async function evidenceOf(cited: CitedClaim, about: About): Promise<HTMLElement[]> {
  try {
    const { data: claim } = await about.api.get<Claim>(`/v1/claims/${cited.id}`);
    const sources = new Map<string, Source>();
    for (const id of new Set(claim.evidence.map((one) => one.source))) {
      sources.set(id, (await about.api.get<Source>(`/v1/sources/${encodeURIComponent(id)}`)).data);
    }
    const dissent = claim.evidence.filter((one) => one.stance === "denied");
    const told = claim.evidence.filter((one) => one.stance !== "denied");
    return [
      ...bySource(told, sources),
      ...(dissent.length ? [h("h4", {}, "Denied by")] : []),
      ...bySource(dissent, sources),
      history(claim),
    ];
  } catch (error) {
    return [
      h(
        "p",
        { class: "note" },
        `The evidence could not be fetched: ${error instanceof Error ? error.message : String(error)}`,
      ),
    ];
  }
}

/** Each source once, with every place in which it says so. */
function bySource(evidence: Evidence[], sources: Map<string, Source>): HTMLElement[] {
  return [...new Set(evidence.map((one) => one.source))].map((id) => {
    const pieces = evidence.filter((one) => one.source === id);
    return h("div", { class: "source" }, sourceShown(id, sources.get(id)), ...pieces.flatMap(pieceShown));
  });
}

function sourceShown(id: string, source: Source | undefined): HTMLElement {
  const published = source?.published ? inWords(source.published, true) : "undated";
  const reliability = source ? `${source.reliability}: ${RELIABILITY[source.reliability] ?? ""}` : "";
  return h(
    "p",
    {},
    outward(source?.title ?? id, source?.url ?? null),
    `. ${source?.publisher ? `${source.publisher}, ` : ""}${published}. `,
    h("small", {}, reliability),
  );
}

function pieceShown(evidence: Evidence): (HTMLElement | null)[] {
  const amount =
    evidence.amount === null ? "" : `${evidence.amount.toLocaleString("en")} ${evidence.unit ?? ""}`;
  const facts = [
    evidence.locator ?? "",
    `confidence ${twoDecimals(evidence.confidence)}`,
    evidence.modality === "done" ? "" : evidence.modality,
    amount,
    evidence.status === "accepted" ? "" : evidence.status,
  ];
  return [
    h(
      "p",
      { class: "note" },
      facts.filter(Boolean).join(" · "),
      evidence.coder ? ` · coded by ${evidence.coder}` : "",
    ),
    evidence.attributed_to ? h("p", {}, "Said by ", named(evidence.attributed_to)) : null,
    evidence.passage ? h("blockquote", { dir: "auto" }, evidence.passage) : null,
  ];
}

function history(claim: Claim): HTMLElement {
  const lines = claim.history.map((one) =>
    h(
      "li",
      {},
      `${date(one.at.slice(0, 10))}: ${one.what} by ${one.by}`,
      one.reason ? `, ${one.reason}` : "",
    ),
  );
  return h(
    "details",
    {},
    h("summary", {}, `History of the claim (${claim.history.length})`),
    h("ul", {}, ...lines),
    h("p", {}, h("a", { href: `/v1/claims/${claim.id}` }, claim.id)),
  );
}
