/** A field in which an actor is found by any name: the combobox pattern of ARIA. */

import { Away, Problem, type Api } from "./api";
import { h, named } from "./dom";
import type { Named } from "./shapes";

interface Found extends Named {
  matched: string | null;
  score: number | null;
}

const SHOWN = 12;
const PAUSE_MS = 120;

/** Calls `chosen` with the actor that somebody picks; more than one field may be on a page. */
export class ActorField {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly options: HTMLUListElement;
  private found: Found[] = [];
  private at = -1;
  private timer = 0;
  private typing = false;
  private stands = "";
  private last: AbortController | null = null;

  constructor(
    private readonly api: Api,
    name: string,
    label: string,
    private readonly chosen: (actor: Named) => void,
  ) {
    const list = `${name}-options`;
    this.options = h("ul", {
      id: list,
      role: "listbox",
      "aria-label": `Actors found for ${label}`,
      hidden: true,
    });
    this.input = h("input", {
      id: name,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
      maxlength: 200,
      "aria-expanded": "false",
      "aria-controls": list,
      "aria-autocomplete": "list",
      placeholder: "Name, alias, capital …",
      input: () => this.soon(),
      keydown: (event) => this.key(event as KeyboardEvent),
      blur: () => this.left(),
    });
    this.element = h("div", { class: "field" }, h("label", { for: name }, label), this.input, this.options);
  }

  /** Shows who stands in the field, unless somebody is typing in it. */
  show(actor: Named | null): void {
    this.stands = actor?.name ?? "";
    if (!this.typing) this.input.value = this.stands;
  }

  private left(): void {
    setTimeout(() => this.close(), 150);
    this.typing = false;
    this.input.value = this.stands;
  }

  private soon(): void {
    this.typing = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), PAUSE_MS);
  }

  private async search(): Promise<void> {
    const text = this.input.value.trim();
    this.last?.abort();
    if (!text) return this.close();
    this.last = new AbortController();
    try {
      const url = `/v1/actors?limit=${SHOWN}&q=${encodeURIComponent(text)}`;
      const { data } = await this.api.get<Found[]>(url, this.last.signal);
      const more = data.length === SHOWN ? "There may be more: type on." : "";
      this.list(data, data.length ? more : `Nobody is called “${text}”.`);
    } catch (error) {
      if (error instanceof Away || error instanceof Problem) this.list([], error.message);
      else if (!(error instanceof DOMException)) throw error;
    }
  }

  private list(found: Found[], note: string): void {
    this.found = found;
    this.at = found.length ? 0 : -1;
    const close = found.length > 0 && (found[0]?.score ?? 1) < 0.7;
    this.options.replaceChildren(
      ...(close ? [h("li", { class: "note", role: "presentation" }, "Did you mean")] : []),
      ...found.map((actor, at) => this.option(actor, at)),
      ...(note ? [h("li", { class: "note", role: "presentation" }, note)] : []),
    );
    this.options.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private option(actor: Found, at: number): HTMLLIElement {
    const alias =
      actor.matched !== null && actor.matched !== actor.name
        ? h("small", {}, " also called ", named(actor.matched))
        : null;
    return h(
      "li",
      {
        role: "option",
        id: `${this.input.id}-${at}`,
        mousedown: (event) => (event.preventDefault(), this.pick(at)),
      },
      named(actor.name),
      " ",
      h("small", {}, actor.kind.replaceAll("_", " ")),
      alias,
    );
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && this.found.length) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && this.at >= 0) this.pick(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private mark(): void {
    const options = this.options.querySelectorAll("[role=option]");
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.at)));
    this.input.setAttribute("aria-activedescendant", this.at < 0 ? "" : `${this.input.id}-${this.at}`);
  }

  private pick(at: number): void {
    const actor = this.found[at];
    this.close();
    if (!actor) return;
    this.typing = false;
    this.show(actor);
    this.api.learn(actor);
    this.chosen(actor);
  }

  private close(): void {
    this.options.hidden = true;
    this.found = [];
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
