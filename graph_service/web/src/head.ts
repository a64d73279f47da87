/** The top of the page: a question in plain words, undo, and what can be taken away. */

import { Away, Problem, type Api } from "./api";
import { button, h } from "./dom";
import type { Asked } from "./shapes";
import { redo, undo } from "./steps";
import type { Format } from "./taking";

export interface Heard {
  understood(url: string, told: string[]): void;
  suggested(shown: HTMLElement[]): void;
  cite(): void;
  take(format: Format): void;
}

const FORMATS: Record<Format, string> = {
  png: "PNG picture",
  svg: "SVG picture",
  json: "JSON data",
  csv: "CSV table",
};

export class Head {
  private readonly input = h("input", {
    id: "ask",
    type: "search",
    name: "q",
    autocomplete: "off",
    maxlength: 300,
    dir: "auto",
    placeholder: "Ask in plain words: who has leverage over …?",
  });
  private readonly dialog = h("dialog", { "aria-label": "Cite" });

  constructor(
    host: HTMLElement,
    private readonly api: Api,
    private readonly heard: Heard,
  ) {
    const form = h(
      "form",
      { role: "search", submit: (event) => (event.preventDefault(), void this.ask(this.input.value)) },
      h("label", { for: "ask", class: "unseen" }, "A question in plain words"),
      this.input,
      h("button", { type: "submit" }, "Ask"),
    );
    const formats = Object.entries(FORMATS).map(([format, label]) =>
      button(label, () => this.heard.take(format as Format)),
    );
    host.append(
      h("a", { href: "/explore", class: "brand" }, "graph-service"),
      form,
      h(
        "nav",
        { "aria-label": "Tools" },
        button("↶", undo, { "aria-label": "Undo", title: "Undo (Ctrl+Z)" }),
        button("↷", redo, { "aria-label": "Redo", title: "Redo (Ctrl+Shift+Z)" }),
        button("Cite", () => this.heard.cite()),
        h("details", { class: "menu" }, h("summary", {}, "Export"), ...formats),
        h("a", { href: "/docs" }, "API"),
      ),
      this.dialog,
    );
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  show(content: HTMLElement): void {
    this.dialog.replaceChildren(
      button("Close", () => this.dialog.close(), { class: "close" }),
      content,
    );
    this.dialog.showModal();
  }

  private async ask(words: string): Promise<void> {
    if (!words.trim()) return;
    try {
      const { data } = await this.api.get<Asked>(`/v1/ask?q=${encodeURIComponent(words.trim())}`);
      if (data.understood)
        this.heard.understood(data.understood.url, [
          `Understood as: ${data.understood.words}`,
          ...data.understood.notes,
        ]);
      else this.heard.suggested(this.refused(data));
    } catch (error) {
      if (!(error instanceof Away || error instanceof Problem)) throw error;
      this.heard.suggested([h("p", { class: "note", role: "alert" }, error.message)]);
    }
  }

  private refused({ asked, why, suggestions }: Asked): HTMLElement[] {
    const offers = (suggestions ?? []).map(({ words, url }) =>
      h(
        "li",
        {},
        button(words, () => ((this.input.value = words), this.heard.understood(url, []))),
      ),
    );
    return [
      h("h1", {}, "Not understood"),
      h("p", { dir: "auto" }, asked),
      h("p", { class: "note", role: "alert" }, why ?? ""),
      ...(offers.length ? [h("h2", {}, "What can be asked"), h("ul", { class: "offers" }, ...offers)] : []),
    ];
  }
}
