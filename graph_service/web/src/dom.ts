/** Elements made in code: text goes in as text, so that no name is ever read as markup. */

type Child = Node | string | null | undefined | false;
type Handler = (event: Event) => void;
type Properties = Record<string, string | number | boolean | Handler | null | undefined>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.filter((one): one is Node | string => one !== null && one !== undefined && one !== false),
  );
  return element;
}

/** A name of the world: read in its own direction, and kept apart from what stands around it. */
export function named(text: string, most = 60): HTMLElement {
  return h(
    "bdi",
    { title: text.length > most ? text : null },
    text.length > most ? `${text.slice(0, most - 1)}…` : text,
  );
}

/** A link to a source, where its address is one of the web. */
export function outward(text: string, url: string | null): HTMLElement {
  const safe = url !== null && /^https?:\/\//i.test(url);
  const whole = named(text, 300);
  return safe ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, whole) : whole;
}

export function button(text: string, click: () => void, properties: Properties = {}): HTMLButtonElement {
  return h("button", { type: "button", click, ...properties }, text);
}
