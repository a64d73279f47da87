/** An answer to look at without the service: the drawing, a slider through time, a table, and the claims. */

import { button, h, named, outward } from "./dom";
import { Drawing } from "./drawing";
import type { Line, Node } from "./picture";
import { count, date, GLYPHS, signClass, SIGNS } from "./words";

interface ToldSource {
  title: string;
  about: string;
  url: string | null;
}

/** A claim in words, with the first and the last day on which it may hold. */
interface ToldClaim {
  id: string;
  said: string;
  when: string;
  since: string | null;
  until: string | null;
  sources: ToldSource[];
  denied_by: ToldSource[];
}

interface ToldTie extends Line {
  claims: ToldClaim[];
}

/** What Python gives: an answer as a picture, in words. */
export interface Told {
  heading: string;
  standing: string[];
  nodes: Node[];
  ties: ToldTie[];
  undrawn: number;
}

export interface Heard {
  /** The ties that are chosen now. */
  chosen(ties: string[]): void;
  /** Somebody wants to see more of an actor; null where nobody can give more. */
  expand: ((actor: string) => void) | null;
  /** The day of the slider, empty for all. */
  day(day: string): void;
}

export class Sight {
  private told: Told = { heading: "", standing: [], nodes: [], ties: [], undrawn: 0 };
  private chosen: string[] = [];
  private actor = "";
  private readonly heading = h("h1", { class: "gs-heading" });
  private readonly standing = h("p", { class: "gs-note" });
  private readonly details = h("div", {
    class: "gs-details",
    role: "region",
    "aria-label": "Details",
    tabindex: 0,
  });
  private readonly table = h("tbody");
  private readonly slider = h("input", {
    type: "range",
    min: 0,
    max: 0,
    "aria-label": "Day",
    input: () => this.slid(),
  });
  private readonly day = h("output");
  private readonly drawing: Drawing;
  private days: string[] = [];

  constructor(
    host: HTMLElement,
    private readonly heard: Heard,
  ) {
    const canvas = h("div", {
      class: "gs-canvas __cyt",
      role: "img",
      "aria-label": "Picture of the ties; the table says the same",
    });
    const zoom = h(
      "div",
      { class: "gs-zoom" },
      button("+", () => this.drawing.zoom(1.3), { "aria-label": "Zoom in" }),
      button("−", () => this.drawing.zoom(1 / 1.3), { "aria-label": "Zoom out" }),
      button("Fit", () => this.drawing.fit()),
    );
    host.classList.add("gs-sight");
    host.append(
      this.heading,
      h("div", { class: "gs-stage" }, h("div", { class: "gs-frame" }, canvas, zoom), this.details),
      h("label", { class: "gs-time" }, "As of ", this.slider, this.day),
      h("details", {}, h("summary", {}, "Table of ties"), h("table", {}, this.table)),
      this.standing,
    );
    this.drawing = new Drawing(canvas, {
      choose: (kind, id, more) =>
        this.choose(kind === "tie" ? (more ? [...this.chosen, id] : [id]) : [], kind === "actor" ? id : ""),
      grow: () => undefined,
      pinned: () => undefined,
    });
  }

  /** Draws what is told, keeping in place what was there. */
  show(told: Told, chosen: string[], day: string): void {
    this.told = told;
    this.heading.textContent = told.heading;
    const left = told.undrawn ? [`Not drawn: ${count(told.undrawn, "actor")}.`] : [];
    this.standing.replaceChildren(...[...told.standing, ...left].flatMap((line) => [line, h("br")]));
    this.table.replaceChildren(...told.ties.map((tie) => this.row(tie)));
    this.drawing.draw(told);
    this.days = daysOf(told.ties);
    this.slider.max = String(Math.max(0, this.days.length - 1));
    this.slider.disabled = this.days.length < 2;
    this.turn(day);
    this.mark(chosen, this.actor);
  }

  /** Fades the ties that do not hold on this day; an empty day fades nothing. */
  turn(day: string): void {
    const at = day ? this.days.findLastIndex((one) => one <= day) : this.days.length - 1;
    this.slider.value = String(Math.max(0, at));
    this.day.value = day ? date(day) : "the whole time";
    const ties = new Map(this.told.ties.map((tie) => [tie.id, tie]));
    this.drawing.fade(
      (id) =>
        !day ||
        (ties.get(id)?.claims ?? []).some(
          (claim) => (claim.since ?? "") <= day && day <= (claim.until ?? "9999"),
        ),
    );
  }

  /** Shows what is chosen from outside, unless that is what was chosen here. */
  follow(chosen: string[]): void {
    if (chosen.join() !== this.chosen.join()) this.mark(chosen);
  }

  /** Shows these ties, or an actor, as chosen. */
  mark(chosen: string[], actor = ""): void {
    this.chosen = chosen;
    this.actor = actor;
    this.drawing.choose(...chosen, actor);
    const ties = this.told.ties.filter((tie) => chosen.includes(tie.id));
    this.drawing.light(
      ties.flatMap((tie) => [tie.from, tie.to]),
      chosen,
    );
    for (const row of this.table.rows)
      row.toggleAttribute("aria-current", chosen.includes(row.dataset["tie"] ?? ""));
    this.details.replaceChildren(...(actor ? this.ofActor(actor) : ties.map((tie) => this.ofTie(tie))));
  }

  destroy(): void {
    this.drawing.destroy();
  }

  private choose(chosen: string[], actor = ""): void {
    this.mark([...new Set(chosen)], actor);
    this.heard.chosen(this.chosen);
  }

  private slid(): void {
    const at = Number(this.slider.value);
    const day = at >= this.days.length - 1 ? "" : (this.days[at] ?? "");
    this.turn(day);
    this.heard.day(day);
  }

  private name(id: string): string {
    return this.told.nodes.find((node) => node.id === id)?.name ?? id;
  }

  private ofActor(id: string): HTMLElement[] {
    const ties = this.told.ties.filter((tie) => tie.from === id || tie.to === id);
    const { expand } = this.heard;
    return [
      h("h4", {}, named(this.name(id))),
      h("p", {}, `${count(ties.length, "tie")} drawn`),
      ...(expand ? [button("Draw all its ties", () => expand(id))] : []),
      h(
        "ul",
        {},
        ...ties.map((tie) =>
          h(
            "li",
            {},
            button(`${GLYPHS[tie.sign]} ${this.name(tie.from)} ${tie.label} ${this.name(tie.to)}`, () =>
              this.choose([tie.id]),
            ),
          ),
        ),
      ),
    ];
  }

  private ofTie(tie: ToldTie): HTMLElement {
    return h(
      "section",
      {},
      h("h4", {}, named(this.name(tie.from)), ` ${tie.label} `, named(this.name(tie.to))),
      ...tie.claims.map(claimShown),
    );
  }

  private actorButton(id: string): HTMLElement {
    const shown = button("", () => this.choose([], id));
    shown.append(named(this.name(id)));
    return shown;
  }

  private row(tie: ToldTie): HTMLElement {
    const [claim] = tie.claims;
    return h(
      "tr",
      { "data-tie": tie.id },
      h(
        "td",
        { class: signClass(tie.sign) },
        h("span", { role: "img", "aria-label": SIGNS[tie.sign] }, GLYPHS[tie.sign]),
      ),
      h("td", {}, this.actorButton(tie.from)),
      h(
        "td",
        {},
        button(tie.label, () => this.choose([tie.id])),
      ),
      h("td", {}, this.actorButton(tie.to)),
      h("td", {}, claim?.when ?? ""),
    );
  }
}

function claimShown(claim: ToldClaim): HTMLElement {
  return h(
    "div",
    { class: "gs-claim" },
    h("p", {}, named(claim.said, 500)),
    ...claim.sources.map((source) => h("p", { class: "gs-note" }, ...sourceShown(source))),
    ...claim.denied_by.map((source) => h("p", { class: "gs-note" }, "Denied by: ", ...sourceShown(source))),
  );
}

function sourceShown(source: ToldSource): (HTMLElement | string)[] {
  return [outward(source.title, source.url), `. ${source.about}`];
}

/** The days on which something begins or ends, in order. */
function daysOf(ties: ToldTie[]): string[] {
  const days = ties.flatMap((tie) => tie.claims.flatMap((claim) => [claim.since, claim.until]));
  return [...new Set(days.filter((day): day is string => day !== null && /^\d{4}-/.test(day)))].sort();
}
