/** The place of the answer: what is put there anew keeps the focus, the scroll, and open filters. */

import { h } from "./dom";

export class AnswerArea {
  constructor(private readonly host: HTMLElement) {}

  put(shown: HTMLElement[], notices: string[] = []): void {
    const focused = this.focused();
    const open = this.host.querySelector("details.filters[open]") !== null;
    const top = this.host.scrollTop;
    this.host.replaceChildren(...notices.map((notice) => h("p", { class: "note notice" }, notice)), ...shown);
    if (open) this.host.querySelector("details.filters")?.setAttribute("open", "");
    this.host.scrollTop = top;
    if (focused) this.host.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  }

  /** How to find again what has the focus. */
  private focused(): string {
    const now = document.activeElement;
    if (!(now instanceof HTMLElement) || !this.host.contains(now)) return "";
    if (now.id) return `#${CSS.escape(now.id)}`;
    const item = now.dataset["item"];
    return item === undefined ? "" : `[data-item="${CSS.escape(item)}"]`;
  }
}
