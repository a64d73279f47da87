/** Where actors of a large picture begin: whoever has ties of their own stands apart, with these around them. */

import type { Drawn } from "./picture";

type Place = { x: number; y: number };

const GOLDEN = 2.399963;
const APART = 46;

/** A place for everybody, the same every time; the layout only has to smooth it. */
export function places({ nodes, ties }: Drawn): Map<string, Place> {
  const near = neighbours(ties);
  const found = new Map<string, Place>();
  let right = 0;
  for (const { id } of nodes) {
    if (found.has(id)) continue;
    const children = tree(id, near, found);
    const reach = disc(children.get(id)?.length ?? 0);
    spread(id, { x: right + reach, y: 0 }, children, found);
    right += 2 * reach + 2 * APART;
  }
  return found;
}

/** A place for everybody new, around somebody who is drawn already. */
export function around(ties: Drawn["ties"], placeOf: (id: string) => Place | null): Map<string, Place> {
  const found = new Map<string, Place>();
  const ends = ties.flatMap(
    ({ from, to }) =>
      [
        [from, to],
        [to, from],
      ] as const,
  );
  for (const [there, fresh] of ends) {
    const at = placeOf(there);
    if (at && !placeOf(fresh) && !found.has(fresh))
      found.set(fresh, beside(at, APART * Math.sqrt(found.size + 4), found.size * GOLDEN));
  }
  return found;
}

function neighbours(ties: Drawn["ties"]): Map<string, string[]> {
  const near = new Map<string, string[]>();
  for (const { from, to } of ties) {
    near.set(from, [...(near.get(from) ?? []), to]);
    near.set(to, [...(near.get(to) ?? []), from]);
  }
  return near;
}

/** Whom each actor brought in, seen from one of them, the nearest first. */
function tree(root: string, near: Map<string, string[]>, placed: Map<string, Place>): Map<string, string[]> {
  const children = new Map<string, string[]>([[root, []]]);
  for (const [id, own] of children) {
    for (const other of near.get(id) ?? []) {
      if (children.has(other) || placed.has(other)) continue;
      children.set(other, []);
      own.push(other);
    }
  }
  return children;
}

function spread(id: string, at: Place, children: Map<string, string[]>, found: Map<string, Place>): void {
  found.set(id, at);
  const own = children.get(id) ?? [];
  const leaves = own.filter((child) => !children.get(child)?.length);
  const branches = own.filter((child) => children.get(child)?.length);
  leaves.forEach((child, place) =>
    found.set(child, beside(at, APART * Math.sqrt(place + 2), place * GOLDEN)),
  );
  branches.forEach((child, place) => {
    const away = disc(leaves.length) + disc(children.get(child)?.length ?? 0) + APART;
    spread(child, beside(at, away, (2 * Math.PI * place) / branches.length), children, found);
  });
}

/** The room that so many actors take. */
function disc(actors: number): number {
  return APART * Math.sqrt(actors + 2);
}

function beside(at: Place, away: number, angle: number): Place {
  return { x: at.x + away * Math.cos(angle), y: at.y + away * Math.sin(angle) };
}
