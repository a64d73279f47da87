/** The place of the picture: its keys, its buttons, its legend and what a screen reader hears of it. */

import { button, h } from "./dom";
import type { Drawing } from "./drawing";
import type { Shown } from "./shown";
import { count, GLYPHS, signClass, SIGNS } from "./words";
import type { Sign } from "./shapes";

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Acts {
  choose(id: string): void;
  grow(id: string): void;
}

export class Stage {
  readonly canvas: HTMLElement;
  private readonly told = h("p", { id: "picture-told", class: "unseen" });
  private at = "";

  constructor(
    host: HTMLElement,
    private readonly drawing: () => Drawing,
    private readonly acts: Acts,
  ) {
    this.canvas = h("div", { id: "picture", class: "picture __cyt" });
    const frame = h(
      "div",
      {
        class: "frame",
        tabindex: 0,
        role: "application",
        "aria-label": "Picture of the ties",
        "aria-describedby": "picture-told",
        keydown: (event) => this.key(event as KeyboardEvent),
      },
      this.canvas,
    );
    const legend = (Object.keys(SIGNS) as Sign[]).map((sign) =>
      h("li", { class: signClass(sign) }, `${GLYPHS[sign]} ${SIGNS[sign]}`),
    );
    host.append(
      frame,
      this.told,
      h(
        "div",
        { class: "zoom", role: "group", "aria-label": "Zoom" },
        button("+", () => drawing().zoom(1.3), { "aria-label": "Zoom in" }),
        button("−", () => drawing().zoom(1 / 1.3), { "aria-label": "Zoom out" }),
        button("Fit", () => drawing().fit()),
      ),
      h("ul", { class: "legend", "aria-label": "Signs" }, ...legend),
    );
  }

  describe(shown: Shown): void {
    const { nodes, ties } = shown.picture;
    if (!nodes.some((node) => node.id === this.at)) this.at = shown.focus[0] ?? "";
    this.told.textContent = `${shown.heading}: ${count(nodes.length, "actor")} and ${count(ties.length, "tie")} drawn; the table below says the same. Arrow keys go from actor to actor, Enter draws the ties of one, P pins it, plus and minus zoom, 0 fits.`;
  }

  private key(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (arrow) event.shiftKey ? this.drawing().pan(-60 * arrow[0], -60 * arrow[1]) : this.step(arrow);
    else if (event.key === "Enter" && this.at) this.acts.grow(this.at);
    else if (event.key === "+" || event.key === "=") this.drawing().zoom(1.3);
    else if (event.key === "-") this.drawing().zoom(1 / 1.3);
    else if (event.key === "0") this.drawing().fit();
    else if (event.key.toLowerCase() === "p" && this.at) this.drawing().togglePin(this.at);
    else return;
    event.preventDefault();
  }

  private step([x, y]: [number, number]): void {
    const next = this.drawing().next(this.at, x, y);
    if (!next) return;
    this.at = next;
    this.acts.choose(next);
  }
}
