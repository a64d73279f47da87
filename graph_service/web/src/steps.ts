/** The states that were gone through, which the browser keeps: back is undo. */

import { parse, print, type State } from "./state";

export type Keep = "push" | "replace";

/** Calls `came` with a state that somebody went back or forward to. */
export class Steps {
  state: State;
  /** What of the link that was opened could not be understood. */
  notices: string[];

  constructor(came: (before: State) => void) {
    ({ state: this.state, notices: this.notices } = parse(location.search));
    addEventListener("popstate", () => {
      const before = this.state;
      ({ state: this.state, notices: this.notices } = parse(location.search));
      came(before);
    });
  }

  /** The state from now on, as a step of its own or in the place of the last one. */
  put(next: State, keep: Keep): void {
    const url = `${location.pathname}${print(next)}`;
    this.state = next;
    if (url === `${location.pathname}${location.search}`) return;
    if (keep === "push") history.pushState({ depth: depth() + 1 }, "", url);
    else history.replaceState({ depth: depth() }, "", url);
  }
}

/** Back to the step before, unless that was another page. */
export function undo(): void {
  if (depth() > 0) history.back();
}

export function redo(): void {
  history.forward();
}

function depth(): number {
  return (history.state as { depth?: number } | null)?.depth ?? 0;
}
