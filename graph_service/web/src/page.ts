/** The page: its state is its URL, everything else follows from it. */

import { Api, Away, Problem } from "./api";
import { AnswerArea } from "./answer_area";
import { answerList, spoken } from "./answer_list";
import { askedOf, Asking, isWhole, TABS } from "./asking";
import { citation } from "./citing";
import { Clock } from "./clock";
import { Aside } from "./aside";
import { h } from "./dom";
import { Drawing } from "./drawing";
import { filters, passes } from "./filters";
import { Head } from "./head";
import { left, load, sameAnswer } from "./loading";
import type { Tie } from "./picture";
import type { Ontology } from "./shapes";
import type { Shown } from "./shown";
import { start } from "./start";
import { about, fromApi, type Display, type State } from "./state";
import { redo, Steps, undo, type Keep } from "./steps";
import { Stage } from "./stage";
import { take, type Format } from "./taking";
import { disclosed, tieTable } from "./tie_table";
import { troubleShown } from "./trouble";

const AGAIN_MS = 3000;
/** What the buttons in an answer ask for. */
const MORE: Record<string, Record<string, string>> = {
  possible: { dates: "possible" },
  more: { limit: "200" },
};

class Page {
  private readonly api = new Api();
  private ontology: Ontology = { families: {}, channels: {}, definitions: {}, relations: {} };
  private shown: Shown | null = null;
  private turn = 0;
  private readonly steps = new Steps((before) => this.came(before));
  private readonly area = new AnswerArea(element("list"));
  private readonly drawing: Drawing;
  private readonly stage: Stage;
  private readonly asking: Asking;
  private readonly clock: Clock;
  private readonly head: Head;
  private readonly aside: Aside;

  constructor() {
    this.head = new Head(element("head"), this.api, {
      understood: (url, told) => this.understood(url, told),
      suggested: (shown) => this.area.put(shown),
      cite: () => void this.cite(),
      take: (format) => void this.take(format),
    });
    this.aside = new Aside(element("details"), this.api, {
      close: () => this.display({ chosen: "" }),
      grow: (id) => this.grow(id),
      pin: (id) => this.drawing.togglePin(id),
      ask: (question, id) => this.ask(question, id),
      trouble: (error) => this.trouble(error),
    });
    this.asking = new Asking(element("asking"), this.api, (next) => this.go(next));
    this.stage = new Stage(element("stage"), () => this.drawing, {
      choose: (id) => this.display({ chosen: id }),
      grow: (id) => this.grow(id),
    });
    this.drawing = new Drawing(this.stage.canvas, {
      choose: (_, id) => this.display({ chosen: id }),
      grow: (id) => this.state.question === "neighbours" && this.grow(id),
      pinned: (pins) => this.display({ pins }),
    });
    this.clock = new Clock(element("clock"), this.api, (next, keep) => this.go(next, keep));
    element("list").addEventListener("click", (event) => this.acted(event));
    addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.drawing.restyle());
  }

  private get state(): State {
    return this.steps.state;
  }

  /** Shows what the URL says. */
  async open(): Promise<void> {
    document.body.classList.toggle("asked", Boolean(this.state.question));
    this.asking.show(this.state, this.shown?.names ?? new Map());
    if (!this.state.question) return this.welcome();
    if (!isWhole(this.state)) return this.half();
    await this.fetch();
  }

  private go(next: State, keep: Keep = "push"): void {
    if (keep === "push") this.clock.stop();
    this.steps.notices = [];
    this.steps.put(next, keep);
    void this.open();
  }

  private came(before: State): void {
    this.clock.stop();
    if (this.shown && sameAnswer(before, this.state)) this.render();
    else void this.open();
  }

  /** Changes how the answer is shown, and not what is asked. */
  private display(change: Partial<Display>): void {
    const keep = change.chosen !== undefined || change.pins !== undefined ? "replace" : "push";
    this.steps.put({ ...this.state, display: { ...this.state.display, ...change } }, keep);
    this.render(false);
  }

  private grow(id: string): void {
    const { grown } = this.state.display;
    if (grown.includes(id) || about(this.state).includes(id)) return;
    this.go({ ...this.state, display: { ...this.state.display, grown: [...grown, id], chosen: id } });
  }

  private async fetch(): Promise<void> {
    const turn = ++this.turn;
    document.body.setAttribute("aria-busy", "true");
    try {
      const before = this.shown;
      const shown = await load(this.state, this.api);
      if (turn !== this.turn) return;
      this.shown = shown;
      this.drawing.draw(shown.picture, this.state.display.pins, left(before, shown));
      this.render();
      element("live").textContent = spoken(shown);
      void this.clock.show(this.state);
      if (this.state.question === "leverage") await this.sure(turn);
    } catch (error) {
      if (turn === this.turn) this.trouble(error);
    } finally {
      if (turn === this.turn) document.body.removeAttribute("aria-busy");
    }
  }

  /** Intervals and tiers take longer than the ranking, and come when they are there. */
  private async sure(turn: number): Promise<void> {
    const shown = await load(this.state, this.api, { uncertainty: "true" }).catch(() => null);
    if (turn !== this.turn || !shown) return;
    this.shown = shown;
    this.render(false);
  }

  private render(redraw = true): void {
    const shown = this.shown;
    if (!shown) return;
    const { display } = this.state;
    document.title = `${shown.heading} · graph-service`;
    this.asking.show(this.state, shown.names);
    this.area.put(this.answer(shown), this.steps.notices);
    const visible = (tie: Tie) => passes(tie, display);
    const ties = new Map(shown.picture.ties.map((tie) => [tie.id, tie]));
    this.drawing.filter((id) => !ties.has(id) || visible(ties.get(id) as Tie));
    this.light(shown, ties);
    const table = tieTable(shown.picture, visible, this.ontology, display.chosen, (tie) =>
      this.display({ chosen: tie.id }),
    );
    element("table").replaceChildren(
      disclosed(table, display.table, (open) => this.display({ table: open })),
    );
    this.stage.describe(shown);
    if (redraw) this.drawing.choose(display.chosen);
    this.aside.show(display.chosen, shown, this.ontology);
  }

  private answer(shown: Shown): HTMLElement[] {
    const list = answerList(shown, this.state.display.chosen, (item) =>
      this.display({ chosen: this.state.display.chosen === item.id ? "" : item.id }),
    );
    return [list, filters(shown.picture, this.ontology, this.state, (next) => this.filtered(next))];
  }

  private filtered(next: State): void {
    if (sameAnswer(this.state, next)) this.display(next.display);
    else this.go(next);
  }

  private light(shown: Shown, ties: Map<string, Tie>): void {
    const { chosen } = this.state.display;
    const item = shown.items.find((one) => one.id === chosen && one.ties.length);
    const tie = ties.get(chosen);
    this.drawing.choose(chosen);
    if (item) this.drawing.light(item.actors, item.ties);
    else if (tie) this.drawing.light([tie.from, tie.to], [tie.id]);
    else this.drawing.light([], []);
  }

  private ask(question: string, id: string): void {
    this.go(askedOf(id, question, this.state));
  }

  private understood(url: string, told: string[]): void {
    const next = fromApi(url);
    if (!next)
      return this.area.put([
        h("p", {}, ...told),
        h("p", {}, h("a", { href: url }, "The answer as the API gives it")),
      ]);
    this.go(next);
    this.steps.notices = told;
  }

  private acted(event: Event): void {
    const act = (event.target as HTMLElement).dataset["act"];
    const also: Record<string, string> | undefined = MORE[act ?? ""];
    if (also) this.go({ ...this.state, parameters: { ...this.state.parameters, ...also } });
  }

  private welcome(): void {
    this.nothing();
    document.title = "graph-service: who has leverage over whom";
    start(this.api, (next) => this.go(next)).then(
      (shown) => this.area.put([shown], this.steps.notices),
      (error: unknown) => this.trouble(error),
    );
  }

  private half(): void {
    this.nothing();
    const label =
      TABS.find((tab) => tab.question === this.state.question)?.fields.find(
        (field) => field.needed && !field.read(this.state.parameters),
      )?.label ?? "";
    this.area.put([h("p", { class: "note" }, `Choose an actor for “${label}”.`)]);
    void this.clock.show(this.state);
  }

  private nothing(): void {
    this.turn++;
    this.shown = null;
    this.aside.hide();
    element("table").replaceChildren();
    this.drawing.draw({ nodes: [], ties: [] });
  }

  private trouble(error: unknown): void {
    if (error instanceof Away) {
      setTimeout(
        () =>
          void fetch("/healthz").then(
            () => void this.begin(),
            () => this.trouble(error),
          ),
        AGAIN_MS,
      );
    } else if (!(error instanceof Problem)) throw error;
    this.area.put(
      troubleShown(error, this.state, {
        go: (next) => this.go(next),
        again: () => void this.open(),
        key: (key) => (this.api.key(key), void this.open()),
      }),
    );
    if (!(error instanceof Away)) this.drawing.draw({ nodes: [], ties: [] });
    document.body.removeAttribute("aria-busy");
  }

  private async cite(): Promise<void> {
    if (this.shown) this.head.show(await citation(this.state, this.shown, this.api));
  }

  private async take(format: Format): Promise<void> {
    if (this.shown) await take(format, this.shown, this.drawing);
  }

  private key(event: KeyboardEvent): void {
    const writing =
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLTextAreaElement ||
      event.target instanceof HTMLSelectElement;
    if (event.key === "/" && !writing) this.head.focus();
    else if (event.key === "Escape" && this.state.display.chosen && !writing) this.display({ chosen: "" });
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !writing)
      event.shiftKey ? redo() : undo();
    else return;
    event.preventDefault();
  }

  async begin(): Promise<void> {
    try {
      this.ontology = await this.api.ontology();
    } catch (error) {
      return this.trouble(error);
    }
    await this.open();
  }
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

void new Page().begin();
