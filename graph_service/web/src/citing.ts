/** How to cite an answer: a link that keeps saying the same, a footnote, and the same question elsewhere. */

import type { Api } from "./api";
import { button, h } from "./dom";
import type { CitedClaim, Source } from "./shapes";
import type { Shown } from "./shown";
import { asked, list, print, type State } from "./state";
import { date, inWords, RELIABILITY } from "./words";

const MOST_SOURCES = 12;

/** The state with both clocks stopped: what was known at this moment, of the day that is shown. */
export function stopped(state: State, shown: Shown, now: Date): State {
  const parameters = { ...state.parameters };
  if (state.question !== "changes" && shown.meta.as_of) parameters["as_of"] = shown.meta.as_of;
  if (!parameters["known_from"] && !parameters["known_to"])
    parameters["known_at"] ??= now.toISOString().replace(/\.\d+Z$/, "Z");
  return { ...state, parameters };
}

export async function citation(state: State, shown: Shown, api: Api): Promise<HTMLElement> {
  const fixed = stopped(state, shown, api.now);
  const link = `${location.origin}/explore${print(fixed)}`;
  const url = asked(fixed);
  const note = footnote(shown, await sources(shown, api), link);
  return h(
    "div",
    {},
    h("h2", {}, "Cite this answer"),
    copied("Permanent link", link),
    copied("Footnote", note),
    copied("Over HTTP", `${location.origin}${url}`),
    copied("In Python, as a DataFrame", python(fixed)),
    h(
      "p",
      { class: "note" },
      "The link stops both clocks: it asks for the same day, on what was known at this moment. What is said later does not change it.",
    ),
  );
}

function footnote(shown: Shown, told: Source[], link: string): string {
  const known = shown.meta.as_of
    ? ` As of ${date(shown.meta.as_of)}, up to entry ${shown.meta.sequence}.`
    : ` Up to entry ${shown.meta.sequence}.`;
  const named = told.slice(0, MOST_SOURCES).map((source) => {
    const published = source.published ? inWords(source.published, true) : "undated";
    return `${source.publisher ? `${source.publisher}, ` : ""}“${source.title}”, ${published} (${source.reliability}: ${RELIABILITY[source.reliability] ?? "not rated"})`;
  });
  const more = told.length > MOST_SOURCES ? `; and ${told.length - MOST_SOURCES} more sources` : "";
  return `${shown.heading}.${known} By ${named.join("; ") || "no source"}${more}. ${link}`;
}

async function sources(shown: Shown, api: Api): Promise<Source[]> {
  const claims: CitedClaim[] = shown.picture.ties.flatMap((tie) => tie.claims);
  const ids = [
    ...new Set(claims.flatMap((claim) => [...claim.sources, ...claim.denied_by].map((one) => one.id))),
  ];
  const first = ids
    .slice(0, MOST_SOURCES)
    .map(async (id) => (await api.get<Source>(`/v1/sources/${encodeURIComponent(id)}`)).data);
  const rest = ids.slice(MOST_SOURCES).map((id) => ({
    id,
    title: id,
    publisher: null,
    url: null,
    published: null,
    reliability: "F",
    origin: "",
  }));
  return [...(await Promise.all(first)), ...rest];
}

/** The client's call for the same answer: actors in their order, the rest by the API's names. */
export function python({ question, parameters }: State): string {
  const { id, from, to, between, actors, actor, other, over, ...rest } = parameters;
  const isChanges = question === "changes";
  const ends = isChanges ? [] : [from, to];
  const whom = [id, ...list(between), ...list(actors), actor, other, over, ...ends]
    .filter(Boolean)
    .map((one) => quoted(one));
  const days = isChanges ? { ...(from ? { from_: from } : {}), ...(to ? { to } : {}) } : {};
  const named = Object.entries({ ...days, ...rest }).map(
    ([name, value]) => `${name}=${literal(value ?? "")}`,
  );
  return `from graph_service.client import Client\nanswer = Client(${quoted(location.origin)}).${question}(${[...whom, ...named].join(", ")})\nanswer.df`;
}

function literal(value: string): string {
  if (/^(true|false)$/.test(value)) return value === "true" ? "True" : "False";
  return /^\d+(\.\d+)?$/.test(value) ? value : quoted(value);
}

function quoted(text: string | undefined): string {
  return JSON.stringify(text ?? "");
}

function copied(label: string, text: string): HTMLElement {
  const area = h(
    "textarea",
    { readonly: true, rows: Math.min(6, 1 + Math.ceil(text.length / 60)), "aria-label": label },
    text,
  );
  const done = h("small", { role: "status" });
  const copy = button(
    "Copy",
    () => {
      area.select();
      navigator.clipboard.writeText(text).then(
        () => (done.textContent = "Copied"),
        () => (done.textContent = "Press Ctrl+C"),
      );
    },
    { "aria-label": `Copy: ${label}` },
  );
  return h("section", { class: "copy" }, h("h3", {}, label), area, h("p", {}, copy, " ", done));
}
