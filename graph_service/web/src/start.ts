/** The page before anything is asked: what can be asked of this store. */

import type { Api } from "./api";
import { button, h, named } from "./dom";
import { ActorField } from "./search";
import type { Named } from "./shapes";
import { plain, type State } from "./state";
import { count } from "./words";

const SOME = 8;

export async function start(api: Api, ask: (state: State) => void): Promise<HTMLElement> {
  const { data, meta } = await api.get<Named[]>(`/v1/actors?limit=${SOME}`);
  if (data.length === 0) return empty();
  const field = new ActorField(api, "find", "Find an actor", (actor) => ask(about("neighbours", actor.id)));
  const offers = data.map((actor) =>
    h(
      "li",
      {},
      named(actor.name),
      " ",
      button("Leverage over it", () => ask(about("leverage", actor.id)), {
        "aria-label": `Leverage over it: ${actor.name}`,
      }),
      " ",
      button("Its ties", () => ask(about("neighbours", actor.id)), {
        "aria-label": `Its ties: ${actor.name}`,
      }),
    ),
  );
  return h(
    "div",
    { class: "start" },
    h("h1", {}, "Who has leverage over whom?"),
    h(
      "p",
      {},
      "Ask in plain words above, or begin with an actor. Every step of an answer shows a date and a source.",
    ),
    field.element,
    h("h2", {}, `Some of ${count(meta.total?.value ?? data.length, "actor")}`),
    h("ul", { class: "offers" }, ...offers),
  );
}

function about(question: string, id: string): State {
  return { question, parameters: { id }, display: plain() };
}

function empty(): HTMLElement {
  return h(
    "div",
    { class: "start" },
    h("h1", {}, "Nothing is in this store yet"),
    h("p", {}, "Take in the dossier that ships, or claims of your own, and load this page again:"),
    h("pre", {}, "graph-service import native gaza-mediation"),
    h("pre", {}, "graph-service import table ties.csv"),
  );
}
