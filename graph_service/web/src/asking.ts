/** Which question is asked, of whom, as of which day: a form that writes the state. */

import type { Api } from "./api";
import { button, h } from "./dom";
import { ActorField } from "./search";
import type { Named } from "./shapes";
import { list, plain, type State } from "./state";

interface Tab {
  question: string;
  label: string;
  /** The fields for actors: where in the parameters each stands. */
  fields: {
    label: string;
    read: (p: Record<string, string>) => string;
    write: (p: Record<string, string>, id: string) => void;
    needed: boolean;
  }[];
}

const one = (name: string, label: string, needed = true) => ({
  label,
  needed,
  read: (p: Record<string, string>) => p[name] ?? "",
  write: (p: Record<string, string>, id: string) => void (id ? (p[name] = id) : delete p[name]),
});

const place = (name: string, at: number, label: string, needed = true) => ({
  label,
  needed,
  read: (p: Record<string, string>) => list(p[name])[at] ?? "",
  write: (p: Record<string, string>, id: string) => {
    const all = list(p[name]);
    all[at] = id;
    const given = all.filter(Boolean);
    if (given.length) p[name] = given.join(",");
    else delete p[name];
  },
});

export const TABS: Tab[] = [
  { question: "leverage", label: "Leverage", fields: [one("id", "Who has leverage over")] },
  { question: "influence", label: "Influence", fields: [one("id", "Over whom has leverage")] },
  { question: "neighbours", label: "Ties", fields: [one("id", "Whom is tied to")] },
  { question: "paths", label: "Paths", fields: [one("from", "From"), one("to", "To")] },
  {
    question: "mediators",
    label: "Mediators",
    fields: [place("between", 0, "Between"), place("between", 1, "And")],
  },
  {
    question: "changes",
    label: "Changes",
    fields: [one("actor", "What changed for"), one("other", "And (may be empty)", false)],
  },
  {
    question: "timeline",
    label: "Timeline",
    fields: [place("actors", 0, "What was told of"), place("actors", 1, "And (may be empty)", false)],
  },
];

export class Asking {
  private drawn = "";
  private fields: ActorField[] = [];
  private now: State | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly api: Api,
    private readonly ask: (state: State) => void,
  ) {}

  /** Shows the question of this state, with the names of its actors. */
  show(state: State, names: Map<string, Named>): void {
    this.now = state;
    const tab = TABS.find((one) => one.question === state.question);
    if (this.drawn !== state.question) this.build(state.question, tab);
    tab?.fields.forEach((field, at) => {
      const id = field.read(state.parameters);
      this.fields[at]?.show(id ? (names.get(id) ?? { id, name: id, kind: "" }) : null);
    });
  }

  private build(question: string, tab: Tab | undefined): void {
    this.drawn = question;
    const tabs = TABS.map((other) =>
      button(other.label, () => this.now && this.ask(moved(this.now, other)), {
        "aria-pressed": String(other === tab),
      }),
    );
    this.fields = (tab?.fields ?? []).map(
      (field, at) =>
        new ActorField(this.api, `actor-${at}`, field.label, (actor) => this.chosen(field, actor)),
    );
    this.host.replaceChildren(
      h("div", { class: "tabs", role: "group", "aria-label": "Kind of question" }, ...tabs),
      h("div", { class: "fields" }, ...this.fields.map((field) => field.element)),
    );
    this.fields.forEach((field, at) =>
      field.input.addEventListener("change", () => this.cleared(tab?.fields[at], field.input.value)),
    );
  }

  private chosen(field: Tab["fields"][number], actor: Named): void {
    if (!this.now) return;
    const parameters = { ...this.now.parameters };
    field.write(parameters, actor.id);
    this.ask({ ...this.now, parameters, display: plain() });
  }

  private cleared(field: Tab["fields"][number] | undefined, text: string): void {
    if (!this.now || !field || field.needed || text.trim()) return;
    const parameters = { ...this.now.parameters };
    field.write(parameters, "");
    this.ask({ ...this.now, parameters, display: plain() });
  }
}

/** Whether a question has all the actors that it needs. */
export function isWhole(state: State): boolean {
  const tab = TABS.find((one) => one.question === state.question);
  return !tab || tab.fields.every((field) => !field.needed || field.read(state.parameters));
}

/** The same actors and dates, asked another question of. */
function moved(now: State, to: Tab): State {
  const from = TABS.find((one) => one.question === now.question);
  const ids = from ? from.fields.map((field) => field.read(now.parameters)).filter(Boolean) : [];
  const parameters: Record<string, string> = {};
  for (const name of ["known_at", "dates", "min_confidence", "fold"]) {
    const value = now.parameters[name];
    if (value) parameters[name] = value;
  }
  to.fields.forEach((field, at) => field.write(parameters, ids[at] ?? ""));
  const day = dayOf(now);
  if (to.question === "changes") Object.assign(parameters, between(day));
  else if (day) parameters["as_of"] = day;
  return { question: to.question, parameters, display: plain() };
}

/** The day that a state is of; empty where that is today. */
export function dayOf({ question, parameters }: State): string {
  return (question === "changes" ? parameters["to"] : parameters["as_of"]) ?? "";
}

function between(day: string): Record<string, string> {
  const to = day || new Date().toISOString().slice(0, 10);
  return { from: yearBefore(to), to };
}

export function yearBefore(day: string): string {
  const [year = "", rest = ""] = [day.slice(0, 4), day.slice(4)];
  return `${String(Number(year) - 1).padStart(4, "0")}${rest === "-02-29" ? "-02-28" : rest}`;
}

/** Another question, asked of one actor on the day and on the knowledge of this state. */
export function askedOf(id: string, question: string, now: State): State {
  const { known_at, dates } = now.parameters;
  const given = Object.entries({ as_of: dayOf(now), known_at, dates });
  const kept = given.filter((pair): pair is [string, string] => Boolean(pair[1]));
  const whom: Record<string, string> = question === "timeline" ? { actors: id } : { id };
  return { question, parameters: { ...whom, ...Object.fromEntries(kept) }, display: plain() };
}
