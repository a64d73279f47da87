/** What is drawn: actors, and a tie for each relation that somebody claims between two of them. */

import type { CitedClaim, Named, Ontology, Sign } from "./shapes";

/** More than this nobody reads, and no screen draws smoothly. */
export const MOST_NODES = 400;
export const MOST_TIES = 1500;

/** What of a tie is drawn. */
export interface Line {
  id: string;
  from: string;
  to: string;
  label: string;
  sign: Sign;
  directed: boolean;
  strength: number;
  mark: "" | "new" | "gone";
}

export interface Tie extends Line {
  relation: string;
  family: string;
  claims: CitedClaim[];
}

export interface Node extends Named {
  mark: "" | "focus";
}

/** What can be drawn. */
export interface Drawn {
  nodes: Node[];
  ties: Line[];
}

export interface Picture extends Drawn {
  ties: Tie[];
  /** How many are left out. */
  undrawn: { nodes: number; ties: number };
}

export function tieId(subject: string, relation: string, object: string): string {
  return `${subject}~${relation}~${object}`;
}

/** A picture being made out of an answer; actors are kept in the order in which they are met. */
export class Sketch {
  private readonly actors = new Map<string, Named | null>();
  private readonly ties = new Map<string, Tie>();

  constructor(private readonly ontology: Ontology) {}

  actor(actor: Named): void {
    this.actors.set(actor.id, actor);
  }

  /** Draws a claim and gives the id of its tie. */
  claim(claim: CitedClaim, strength = 0.3, sign?: Sign): string {
    const id = tieId(claim.subject, claim.relation, claim.object);
    for (const end of [claim.subject, claim.object]) if (!this.actors.has(end)) this.actors.set(end, null);
    const tie = this.ties.get(id) ?? this.tie(id, claim, sign);
    tie.strength = Math.max(tie.strength, strength);
    if (!tie.claims.some((one) => one.id === claim.id)) tie.claims.push(claim);
    this.ties.set(id, tie);
    return id;
  }

  mark(tie: string, mark: Tie["mark"]): void {
    const found = this.ties.get(tie);
    if (found) found.mark = mark;
  }

  /** The ids of actors that nobody has named yet. */
  unnamed(): string[] {
    return [...this.actors].filter(([, actor]) => actor === null).map(([id]) => id);
  }

  /** The picture, with those in focus first and what is too much left out. */
  picture(focus: string[], names: Map<string, Named>): Picture {
    const ids = [...new Set([...focus.filter((id) => this.actors.has(id)), ...this.actors.keys()])];
    const drawn = new Set(ids.slice(0, MOST_NODES));
    const within = [...this.ties.values()].filter((tie) => drawn.has(tie.from) && drawn.has(tie.to));
    const ties = within.sort((one, other) => other.strength - one.strength).slice(0, MOST_TIES);
    const nodes = [...drawn].map((id) => ({
      ...(this.actors.get(id) ?? names.get(id) ?? { id, name: id, kind: "unknown" }),
      mark: focus.includes(id) ? ("focus" as const) : ("" as const),
    }));
    return { nodes, ties, undrawn: { nodes: ids.length - nodes.length, ties: this.ties.size - ties.length } };
  }

  private tie(id: string, claim: CitedClaim, sign?: Sign): Tie {
    const relation = this.ontology.relations[claim.relation];
    return {
      id,
      from: claim.subject,
      to: claim.object,
      relation: claim.relation,
      label: relation?.label ?? claim.relation,
      family: relation?.family ?? "none",
      sign: sign ?? relation?.polarity ?? "0",
      directed: !(relation?.symmetric ?? false),
      strength: 0.05,
      claims: [],
      mark: "",
    };
  }
}
