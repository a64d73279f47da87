/** The whole state of the page, which is its URL: a question with the API's own parameters, and how it is shown. */

export const VERSION = "1";

/** The questions, where the API answers them, and what of an actor they are asked of. */
export const PLACES: Record<string, string> = {
  neighbours: "/v1/actors/{id}/neighbours",
  leverage: "/v1/actors/{id}/leverage",
  influence: "/v1/actors/{id}/influence",
  latent: "/v1/actors/{id}/latent",
  paths: "/v1/paths",
  mediators: "/v1/mediators",
  timeline: "/v1/timeline",
  changes: "/v1/changes",
  alignment: "/v1/alignment",
  comparison: "/v1/comparison",
  balance: "/v1/balance",
  blocs: "/v1/blocs",
  brokers: "/v1/brokers",
  coverage: "/v1/coverage",
};

const PARAMETERS = new Set([
  "id",
  "from",
  "to",
  "between",
  "actors",
  "actor",
  "other",
  "over",
  "by",
  "among",
  "as_of",
  "known_at",
  "known_from",
  "known_to",
  "dates",
  "min_confidence",
  "fold",
  "hops",
  "k",
  "order",
  "sign",
  "direction",
  "relations",
  "families",
  "channels",
  "since",
  "until",
  "limit",
  "paths",
  "together",
  "belligerents",
  "one_sided",
  "step",
  "size",
  "uncertainty",
]);

/** How it is shown; lists are written with commas. */
export interface Display {
  /** Actors whose ties are drawn as well. */
  grown: string[];
  /** What is chosen: an actor, a tie, or a row of the list. */
  chosen: string;
  /** Families of ties that are not drawn. */
  without: string[];
  /** The only sign that is drawn, or empty. */
  only: string;
  /** The only source whose ties are drawn, or empty. */
  source: string;
  /** Places of actors that were put somewhere: `id@x@y`. */
  pins: string[];
  /** Whether the table is open. */
  table: boolean;
}

export interface State {
  question: string;
  parameters: Record<string, string>;
  display: Display;
}

export function blank(): State {
  return { question: "", parameters: {}, display: plain() };
}

export function plain(): Display {
  return { grown: [], chosen: "", without: [], only: "", source: "", pins: [], table: false };
}

/** The state that a query says, and what of it could not be understood. */
export function parse(query: string): { state: State; notices: string[] } {
  const state = blank();
  const left: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "v" || value === "") continue;
    if (name === "question" && value in PLACES) state.question = value;
    else if (PARAMETERS.has(name)) state.parameters[name] = value;
    else if (!shown(state.display, name, value)) left.push(name === "question" ? `question=${value}` : name);
  }
  const notices =
    left.length === 0
      ? []
      : [
          `This link says something that this version of the page does not know: ${left.join(", ")}. It is left out.`,
        ];
  return { state, notices };
}

function shown(display: Display, name: string, value: string): boolean {
  if (name === "grown" || name === "without" || name === "pins") display[name] = value.split(",");
  else if (name === "chosen" || name === "only" || name === "source") display[name] = value;
  else if (name === "table") display.table = value === "true";
  else return false;
  return true;
}

/** The query that says this state; equal states give equal queries. */
export function print(state: State): string {
  if (!state.question) return "";
  const query = new URLSearchParams({ question: state.question });
  for (const name of Object.keys(state.parameters).sort()) query.set(name, state.parameters[name] ?? "");
  const { grown, chosen, without, only, source, pins, table } = state.display;
  const lists = { grown, without, pins };
  for (const [name, values] of Object.entries(lists)) if (values.length) query.set(name, values.join(","));
  for (const [name, value] of Object.entries({ chosen, only, source })) if (value) query.set(name, value);
  if (table) query.set("table", "true");
  query.set("v", VERSION);
  // Commas, colons, @ and ~ need no escape in a query, and read better without.
  return `?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@").replaceAll("%7E", "~")}`;
}

/** Where the API answers the question of this state. */
export function asked(state: State, more: Record<string, string> = {}): string {
  const { id, ...rest } = { ...state.parameters, ...more };
  const path = (PLACES[state.question] ?? "").replace("{id}", encodeURIComponent(id ?? ""));
  const query = new URLSearchParams(rest).toString();
  return query ? `${path}?${query}` : path;
}

/** The state that asks what a URL of the API asks. */
export function fromApi(url: string): State | null {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  for (const [question, place] of Object.entries(PLACES)) {
    const found = new RegExp(`^${place.replace("{id}", "([^/]+)")}$`).exec(pathname);
    if (!found) continue;
    const parameters = Object.fromEntries(searchParams);
    if (found[1] !== undefined) parameters["id"] = decodeURIComponent(found[1]);
    return { question, parameters, display: plain() };
  }
  return null;
}

/** The actors that a state is about, in order. */
export function about(state: State): string[] {
  const { id, from, to, between, actors, actor, other, over } = state.parameters;
  const isPath = state.question === "paths";
  const given = isPath ? [from, to] : [id, ...list(between), ...list(actors), actor, other, over];
  return given.filter((one): one is string => Boolean(one));
}

export function list(text: string | undefined): string[] {
  return text ? text.split(",").filter(Boolean) : [];
}
