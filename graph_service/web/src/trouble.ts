/** What went wrong, and what can be done about it. */

import { Away, type Problem } from "./api";
import { button, h, named } from "./dom";
import type { State } from "./state";

export interface Ways {
  go(state: State): void;
  again(): void;
  key(key: string): void;
}

export function troubleShown(error: Away | Problem, state: State, ways: Ways): HTMLElement[] {
  if (error instanceof Away) {
    return [
      h(
        "div",
        { class: "trouble", role: "alert" },
        h("h1", {}, "The service does not answer"),
        h(
          "p",
          {},
          "What is drawn stays as it is. The page tries again by itself as soon as the service is back.",
        ),
        button("Try again now", ways.again),
      ),
    ];
  }
  if (error.status === 401 || error.status === 403) return [keyForm(error, ways)];
  const given = /'([^']+)'/.exec(error.message)?.[1];
  const offers = error.suggestions.map((id) =>
    h(
      "li",
      {},
      button(id, () => ways.go(instead(state, given, id))),
    ),
  );
  return [
    h(
      "div",
      { class: "trouble", role: "alert" },
      h("h1", {}, "This cannot be answered"),
      h("p", {}, named(error.message, 600)),
      ...(offers.length ? [h("p", {}, "Did you mean"), h("ul", { class: "offers" }, ...offers)] : []),
    ),
  ];
}

/** The state with one actor in the place of another. */
function instead(state: State, given: string | undefined, id: string): State {
  const put = (text: string) =>
    text
      .split(",")
      .map((one) => (one === given ? id : one))
      .join(",");
  const parameters = Object.fromEntries(
    Object.entries(state.parameters).map(([name, value]) => [name, put(value)]),
  );
  return { ...state, parameters, display: { ...state.display, grown: state.display.grown.map(put) } };
}

/** A key is kept for this tab alone, and never stands in a link. */
function keyForm(error: Problem, ways: Ways): HTMLElement {
  const input = h("input", { id: "key", type: "password", autocomplete: "off" });
  return h(
    "form",
    { class: "trouble", submit: (event) => (event.preventDefault(), ways.key(input.value)) },
    h("h1", {}, "This service asks for a key"),
    h("p", { role: "alert" }, error.message),
    h("label", { for: "key" }, "Key"),
    input,
    h("button", { type: "submit" }, "Use it"),
  );
}
