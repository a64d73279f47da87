/** From a state to what is shown: the answer, the ties of those who were grown, and everybody's name. */

import { readAnswer, readNeighbours } from "./answers";
import type { Api } from "./api";
import type { Neighbourhood, Reply } from "./shapes";
import type { Drawn } from "./picture";
import { Reading, type Shown } from "./shown";
import { about, asked, type State } from "./state";
import { count } from "./words";

/** What the page asks for beyond what the state says. */
const WITH: Record<string, Record<string, string>> = { timeline: { limit: "100" }, changes: { limit: "50" } };
const GROWN = "50";
/** What holds for the ties of those who were grown, too. */
const SHARED = [
  "as_of",
  "known_at",
  "dates",
  "min_confidence",
  "fold",
  "since",
  "sign",
  "families",
  "relations",
];

export async function load(state: State, api: Api, more: Record<string, string> = {}): Promise<Shown> {
  const ontology = await api.ontology();
  const url = asked(state, { ...WITH[state.question], ...more, ...state.parameters });
  const reply = await api.get(url);
  const reading = new Reading(ontology);
  const heading = await readAnswer(state.question, reading, reply, api);
  if (reply.meta.next_cursor && state.question === "neighbours")
    reading.notes.push(await drawnOf(state, api, reading));
  await grow(state, api, reading);
  const unnamed = await api.named(reading.sketch.unnamed());
  for (const [id, actor] of [...unnamed, ...reading.names]) api.learn({ ...actor, id });
  const focus = about(state);
  const names = new Map([...unnamed, ...reading.names, ...(await api.named(focus))]);
  return {
    question: state.question,
    heading,
    items: reading.items,
    notes: reading.notes,
    empty: reading.empty,
    picture: reading.sketch.picture([...focus, ...state.display.grown], names),
    focus,
    meta: reply.meta,
    url: asked(state),
    names,
  };
}

/** How much of a hub is drawn. */
async function drawnOf(state: State, api: Api, reading: Reading): Promise<string> {
  const { id = "", as_of, known_at, dates } = state.parameters;
  const clocks = Object.entries({ as_of, known_at, dates }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const { data } = await api.get<{ ties: { count: number }[] }>(
    `/v1/actors/${encodeURIComponent(id)}?${new URLSearchParams(clocks).toString()}`,
  );
  const all = data.ties.reduce((sum, tie) => sum + tie.count, 0);
  return `Drawn are those tied to ${reading.name(id)} most strongly: ${count(reading.items.length, "actor")}, of ${count(all, "tie")} in all.`;
}

async function grow(state: State, api: Api, reading: Reading): Promise<void> {
  const shared = Object.fromEntries(
    SHARED.flatMap((name) => (state.parameters[name] ? [[name, state.parameters[name]]] : [])),
  );
  const grown = state.display.grown.map((id) => {
    const query = new URLSearchParams({ limit: GROWN, ...shared }).toString();
    return api.get<Neighbourhood>(`/v1/actors/${encodeURIComponent(id)}/neighbours?${query}`);
  });
  for (const reply of await Promise.all(grown)) drawOnly(reading, reply);
}

/** Draws the ties, but lists the answer's own alone. */
function drawOnly(reading: Reading, reply: Reply<Neighbourhood>): void {
  const { items, notes, empty } = reading;
  const before = [items.length, notes.length] as const;
  readNeighbours(reading, reply);
  items.length = before[0];
  notes.length = before[1];
  reading.empty = empty;
}

/** What was drawn before and does not hold any more, where only the day is another one. */
export function left(before: Shown | null, now: Shown): Drawn {
  if (
    !before ||
    before.question !== "neighbours" ||
    now.question !== "neighbours" ||
    before.focus.join() !== now.focus.join()
  )
    return { nodes: [], ties: [] };
  const here = new Set([...now.picture.nodes, ...now.picture.ties].map((one) => one.id));
  return {
    nodes: before.picture.nodes.filter((one) => !here.has(one.id)),
    ties: before.picture.ties.filter((one) => !here.has(one.id)),
  };
}

/** Whether two states differ in how the answer is shown alone. */
export function sameAnswer(one: State, other: State): boolean {
  return (
    asked(one) === asked(other) &&
    one.question === other.question &&
    one.display.grown.join() === other.display.grown.join()
  );
}
