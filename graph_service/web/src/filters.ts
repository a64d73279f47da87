/** What of the picture is left out: families, signs, sources, and what is told with little confidence. */

import { h } from "./dom";
import type { Picture, Tie } from "./picture";
import type { Ontology, Sign } from "./shapes";
import type { Display, State } from "./state";
import { GLYPHS, SIGNS } from "./words";

export function passes(tie: Tie, { without, only, source }: Display): boolean {
  if (without.includes(tie.family) || (only && tie.sign !== only)) return false;
  return (
    !source ||
    tie.claims.some((claim) => [...claim.sources, ...claim.denied_by].some((one) => one.id === source))
  );
}

/** The controls, for what there is in the picture. */
export function filters(
  picture: Picture,
  ontology: Ontology,
  state: State,
  set: (state: State) => void,
): HTMLElement {
  const { display } = state;
  const put = (change: Partial<Display>) => set({ ...state, display: { ...display, ...change } });
  const families = [...new Set([...picture.ties.map((tie) => tie.family), ...display.without])].sort();
  const boxes = families.map((family) => {
    const drawn = !display.without.includes(family);
    const without = drawn ? [...display.without, family] : display.without.filter((one) => one !== family);
    const label = ontology.families[family]?.label ?? "without a family";
    return h(
      "label",
      { title: ontology.families[family]?.definition },
      h("input", {
        id: `family-${family}`,
        type: "checkbox",
        checked: drawn,
        change: () => put({ without }),
      }),
      label,
    );
  });
  return h(
    "details",
    {
      class: "filters",
      open: Boolean(
        display.without.length || display.only || display.source || state.parameters["min_confidence"],
      ),
    },
    h("summary", {}, "Filters"),
    h("fieldset", {}, h("legend", {}, "Families of ties"), ...boxes),
    h(
      "label",
      {},
      "Sign ",
      signs(display.only, (only) => put({ only })),
    ),
    h(
      "label",
      {},
      "Source ",
      sources(picture, display.source, (source) => put({ source })),
    ),
    confidence(state, set),
  );
}

function signs(only: string, put: (only: string) => void): HTMLElement {
  const all = Object.entries(SIGNS).map(([sign, word]) =>
    option(sign, `${GLYPHS[sign as Sign]} ${word}`, only),
  );
  return select("only-sign", [option("", "any", only), ...all], put);
}

function sources(picture: Picture, source: string, put: (source: string) => void): HTMLElement {
  const told = picture.ties.flatMap((tie) =>
    tie.claims.flatMap((claim) => [...claim.sources, ...claim.denied_by]),
  );
  const titles = new Map(told.map((one) => [one.id, one.title]));
  if (source && !titles.has(source)) titles.set(source, source);
  const all = [...titles]
    .slice(0, 200)
    .map(([id, title]) => option(id, title.length > 60 ? `${title.slice(0, 59)}…` : title, source));
  return select("only-source", [option("", "any", source), ...all], put);
}

function confidence(state: State, set: (state: State) => void): HTMLElement {
  const value = state.parameters["min_confidence"] ?? "0";
  const shown = h("output", {}, value);
  const changed = (event: Event) => {
    const { min_confidence: _, ...rest } = state.parameters;
    const given = (event.target as HTMLInputElement).value;
    set({ ...state, parameters: given === "0" ? rest : { ...rest, min_confidence: given } });
  };
  const slider = h("input", {
    id: "least-confidence",
    type: "range",
    min: 0,
    max: 0.9,
    step: 0.1,
    value,
    change: changed,
    input: (event) => (shown.value = (event.target as HTMLInputElement).value),
  });
  return h("label", {}, "Confidence of at least ", slider, shown);
}

function option(value: string, text: string, now: string): HTMLElement {
  return h("option", { value, selected: value === now }, text);
}

function select(id: string, options: HTMLElement[], put: (value: string) => void): HTMLElement {
  return h("select", { id, change: (event) => put((event.target as HTMLSelectElement).value) }, ...options);
}
