/** An answer as the page shows it, whatever the question: a picture, and a list that lights it up. */

import type { Api } from "./api";
import type { CitedClaim, Meta, Named, Ontology, Step } from "./shapes";
import { Sketch, type Picture } from "./picture";

/** A row of the list, and what it lights up in the picture. */
export interface Item {
  id: string;
  group: string;
  title: string;
  /** A value from 0 to 1, drawn as a bar. */
  value: number | null;
  told: string;
  interval: [number, number] | null;
  tier: number | null;
  actors: string[];
  ties: string[];
  steps: Shownstep[];
  notes: string[];
}

/** A step of a path with what it rests on. */
export interface Shownstep {
  heading: string;
  claims: CitedClaim[];
  missing: string[];
}

export interface Shown {
  question: string;
  heading: string;
  items: Item[];
  picture: Picture;
  focus: string[];
  notes: string[];
  /** Why there is nothing, where there is nothing. */
  empty: string | null;
  meta: Meta;
  /** Where the API gives this answer. */
  url: string;
  names: Map<string, Named>;
}

/** What every reading of an answer works with; names are filled in when all of it is read. */
export class Reading {
  readonly items: Item[] = [];
  readonly notes: string[] = [];
  readonly names = new Map<string, Named>();
  readonly sketch: Sketch;
  empty: string | null = null;

  constructor(readonly ontology: Ontology) {
    this.sketch = new Sketch(ontology);
  }

  know(actor: Named): void {
    this.names.set(actor.id, actor);
    this.sketch.actor(actor);
  }

  name(id: string): string {
    return this.names.get(id)?.name ?? id;
  }

  /** Fetches who everybody in these claims and steps is, before anything is put in words. */
  async meet(api: Api, ids: Iterable<string>): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.names.has(id));
    for (const [id, actor] of await api.named(unknown)) this.names.set(id, { ...actor, id });
  }

  add(item: Partial<Item> & Pick<Item, "id" | "title">): void {
    this.items.push({
      group: "",
      value: null,
      told: "",
      interval: null,
      tier: null,
      actors: [],
      ties: [],
      steps: [],
      notes: [],
      ...item,
    });
  }

  /** Draws steps, and gives them in words with the ids of their ties. */
  steps(steps: Step[]): { steps: Shownstep[]; ties: string[] } {
    const ties = steps.flatMap((step) =>
      step.claims.map((claim) => this.sketch.claim(claim, step.value ?? step.strength)),
    );
    const told = steps.map((step) => ({
      heading: `${this.name(step.from)} → ${this.name(step.to)}`,
      claims: step.claims,
      missing: step.missing,
    }));
    return { steps: told, ties };
  }
}

export const ONE_ORIGIN = "All of this rests on one source: nothing here is corroborated.";

export function endsOf(claims: Iterable<CitedClaim>): string[] {
  return [...claims].flatMap((claim) => [claim.subject, claim.object]);
}
