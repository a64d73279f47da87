/** The column beside the picture: what stands behind whatever is chosen. */

import type { Api } from "./api";
import { actorDetails, itemDetails, tieDetails, type About } from "./details";
import { button, h } from "./dom";
import type { Ontology } from "./shapes";
import type { Item, Shown } from "./shown";

export interface Ways {
  close(): void;
  grow(actor: string): void;
  pin(actor: string): void;
  ask(question: string, actor: string): void;
  trouble(error: unknown): void;
}

export class Aside {
  /** What is shown, so that it is not fetched again. */
  private of = "";

  constructor(
    private readonly host: HTMLElement,
    private readonly api: Api,
    private readonly ways: Ways,
  ) {}

  hide(): void {
    this.of = "";
    this.host.hidden = true;
  }

  /** Shows a tie, a row of the list or an actor, whichever is chosen; else nothing. */
  show(chosen: string, shown: Shown, ontology: Ontology): void {
    const of = `${chosen} ${shown.url}`;
    if (of === this.of) return;
    this.of = of;
    const about: About = { api: this.api, ontology, name: (id) => nameOf(id, shown) };
    const tie = shown.picture.ties.find((one) => one.id === chosen);
    const item = shown.items.find((one) => one.id === chosen);
    const isActor = shown.picture.nodes.some((one) => one.id === chosen);
    if (tie) this.put(tieDetails(tie, about));
    else if (item && (!isActor || tells(item)))
      this.put(itemDetails(item, about), isActor ? this.acts(chosen) : []);
    else if (isActor) void this.actor(chosen, about, of);
    else this.hide();
  }

  private async actor(id: string, about: About, of: string): Promise<void> {
    try {
      const shown = await actorDetails(id, about, this.ways.ask, this.changes(id));
      if (of === this.of) this.put(shown);
    } catch (error) {
      this.ways.trouble(error);
    }
  }

  /** What can be done with an actor whose ties are told here. */
  private acts(id: string): HTMLElement[] {
    const asked = [
      button("Who has leverage over it", () => this.ways.ask("leverage", id)),
      button("Its ties", () => this.ways.ask("neighbours", id)),
    ];
    return [h("p", { class: "acts" }, ...this.changes(id), ...asked)];
  }

  private changes(id: string): HTMLElement[] {
    return [button("Draw its ties", () => this.ways.grow(id)), button("Pin", () => this.ways.pin(id))];
  }

  private put(shown: HTMLElement, more: HTMLElement[] = []): void {
    this.host.replaceChildren(button("Close", this.ways.close, { class: "close" }), shown, ...more);
    this.host.hidden = false;
  }
}

function tells(item: Item): boolean {
  return item.steps.some((step) => step.claims.length > 0);
}

function nameOf(id: string, shown: Shown): string {
  return shown.names.get(id)?.name ?? shown.picture.nodes.find((node) => node.id === id)?.name ?? id;
}
