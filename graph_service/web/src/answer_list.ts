/** The answer as a list beside the picture: rank, value with its interval, tier; a row lights its paths up. */

import { h, named } from "./dom";
import type { Item, Shown } from "./shown";
import { count, standing, twoDecimals } from "./words";

const AT_FIRST = 100;
/** So many actors the API gives at once. */
const MOST_AT_ONCE = 200;

export function answerList(shown: Shown, chosen: string, choose: (item: Item) => void): HTMLElement {
  const groups = [...new Set(shown.items.map((item) => item.group))];
  return h(
    "div",
    {},
    h("h1", {}, named(shown.heading, 200)),
    ...shown.notes.map((note) => h("p", { class: "note" }, note)),
    undrawn(shown),
    shown.empty ? h("p", { class: "empty" }, shown.empty) : null,
    ...groups.map((group) =>
      groupList(
        group,
        shown.items.filter((item) => item.group === group),
        chosen,
        choose,
      ),
    ),
    h("p", { class: "standing" }, standing(shown.meta)),
    ...asides(shown),
  );
}

function groupList(group: string, items: Item[], chosen: string, choose: (item: Item) => void): HTMLElement {
  const list = h(
    "ol",
    { class: "items" },
    ...items.slice(0, AT_FIRST).map((item) => row(item, chosen, choose)),
  );
  if (items.length > AT_FIRST) {
    const rest = h(
      "button",
      {
        type: "button",
        click: () => (
          list.append(...items.slice(AT_FIRST).map((item) => row(item, chosen, choose))),
          rest.remove()
        ),
      },
      `Show ${count(items.length - AT_FIRST, "more row")}`,
    );
    return h("section", {}, group ? h("h2", {}, named(group, 200)) : null, list, rest);
  }
  return h("section", {}, group ? h("h2", {}, named(group, 200)) : null, list);
}

function row(item: Item, chosen: string, choose: (item: Item) => void): HTMLElement {
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        "data-item": item.id,
        "aria-pressed": String(item.id === chosen),
        click: () => choose(item),
      },
      h("span", { class: "title" }, named(item.title, 160)),
      item.value === null ? null : h("span", { class: "value" }, twoDecimals(item.value)),
      item.value === null ? null : bar(item.value, item.interval),
      item.interval
        ? h(
            "small",
            {},
            `between ${item.interval.map(twoDecimals).join(" and ")}${item.tier === null ? "" : `, tier ${item.tier}`}`,
          )
        : null,
      item.told ? h("small", { dir: "auto" }, item.told) : null,
    ),
  );
}

function bar(value: number, interval: [number, number] | null): HTMLElement {
  const filled = h("i", { class: "filled" });
  filled.style.width = `${Math.max(0, Math.min(1, value)) * 100}%`;
  if (!interval) return h("span", { class: "bar", "aria-hidden": "true" }, filled);
  const [low, high] = interval;
  const whisker = h("i", { class: "whisker" });
  whisker.style.left = `${low * 100}%`;
  whisker.style.width = `${Math.max(0.01, high - low) * 100}%`;
  return h("span", { class: "bar", "aria-hidden": "true" }, filled, whisker);
}

function undrawn(shown: Shown): HTMLElement | null {
  const { nodes, ties } = shown.picture.undrawn;
  if (!nodes && !ties) return null;
  return h(
    "p",
    { class: "note" },
    `Not drawn: ${count(nodes, "actor")} and ${count(ties, "tie")} beyond what a picture can show. The API gives all of them.`,
  );
}

function asides(shown: Shown): HTMLElement[] {
  const held = shown.meta.coverage?.held_back ?? 0;
  const told: HTMLElement[] = [];
  if (held)
    told.push(
      h(
        "p",
        { class: "note" },
        `${count(held, "claim")} held back, since the dates leave open whether they hold: `,
        h("button", { type: "button", "data-act": "possible" }, "count what possibly holds"),
      ),
    );
  if (shown.question === "neighbours" && shown.meta.next_cursor)
    told.push(
      h(
        "p",
        { class: "note" },
        shown.items.length < MOST_AT_ONCE
          ? h("button", { type: "button", "data-act": "more" }, "Draw more of them")
          : "The API pages through all of them, and through one relation at a time.",
      ),
    );
  if (shown.meta.truncated) told.push(h("p", { class: "note" }, `Cut short: ${shown.meta.truncated}`));
  return told;
}

/** What a screen reader hears of an answer that has come. */
export function spoken({ heading, items, empty }: Shown): string {
  if (empty) return empty;
  const first = items.slice(0, 3).map((item) => item.title);
  const rest = items.length - first.length;
  return `${heading}: ${first.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
