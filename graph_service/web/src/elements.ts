/** Actors and ties as the drawing library takes them. */

import type { ElementDefinition } from "cytoscape";

import { formOf } from "./look";
import type { Line, Node } from "./picture";
import { GLYPHS } from "./words";

const LONGEST_LABEL = 28;
/** Marks that turn the direction of text around would do so for everything after them. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function nodeOf(node: Node, at: number): ElementDefinition {
  return { group: "nodes", data: { id: node.id, label: shortened(node.name), form: formOf(node.kind), at } };
}

export function edgeOf(tie: Line): ElementDefinition {
  return {
    group: "edges",
    data: {
      id: tie.id,
      source: tie.from,
      target: tie.to,
      sign: tie.sign,
      width: 1.2 + 4 * tie.strength,
      label: `${GLYPHS[tie.sign]} ${tie.label}`,
      arrow: tie.directed ? "triangle" : "none",
    },
  };
}

function shortened(name: string): string {
  const plain = name.replace(DIRECTION, "");
  return plain.length > LONGEST_LABEL ? `${plain.slice(0, LONGEST_LABEL - 1)}…` : plain;
}
