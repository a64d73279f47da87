/** The drawing as an SVG file: what is on the canvas, as shapes and text. */

import type { Core, EdgeSingular, NodeSingular } from "cytoscape";

import type { Theme } from "./look";

const MARGIN = 40;
const DASHES: Record<string, string> = { "-": "8 5", "0": "2 3", mixed: "10 3 2 3", "+": "none" };

export function svgOf(cy: Core, theme: Theme): string {
  const box = cy.elements(":visible").boundingBox();
  const size = [box.x1 - MARGIN, box.y1 - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN].map(Math.round);
  const colours: Record<string, string> = {
    "+": theme.plus,
    "-": theme.minus,
    "0": theme.neutral,
    mixed: theme.mixed,
  };
  const edges = cy
    .edges(":visible")
    .map((edge) => edgeOf(edge, colours[edge.data("sign") as string] ?? theme.neutral));
  const nodes = cy.nodes(":visible").map((node) => nodeOf(node, theme));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size.join(" ")}" font-family="system-ui, sans-serif">`,
    `<rect x="${size[0]}" y="${size[1]}" width="${size[2]}" height="${size[3]}" fill="${theme.paper}"/>`,
    ...edges,
    ...nodes,
    "</svg>",
  ].join("\n");
}

function edgeOf(edge: EdgeSingular, colour: string): string {
  const from = edge.sourceEndpoint(),
    to = edge.targetEndpoint();
  const [bend] = edge.controlPoints() ?? [];
  const path = bend ? `M${at(from)} Q${at(bend)} ${at(to)}` : `M${at(from)} L${at(to)}`;
  const middle = edge.midpoint();
  const before = bend ?? from;
  const label = String(edge.style("label") ?? "");
  return [
    `<g fill="none" stroke="${colour}" opacity="${shown(edge)}">`,
    `<path d="${path}" stroke-width="${edge.data("width") as number}" stroke-dasharray="${DASHES[edge.data("sign") as string] ?? "none"}"/>`,
    edge.data("arrow") === "triangle" ? arrow(before, to, colour) : "",
    label
      ? `<text x="${middle.x.toFixed(1)}" y="${(middle.y - 4).toFixed(1)}" font-size="10" text-anchor="middle" fill="${colour}" stroke="none">${escaped(label)}</text>`
      : "",
    "</g>",
  ].join("");
}

function nodeOf(node: NodeSingular, theme: Theme): string {
  const { x, y } = node.position();
  const size = node.width() / 2;
  const fill = node.hasClass("focus") ? theme.ink : theme.soft;
  const bold = node.hasClass("focus") ? ' font-weight="bold"' : "";
  return [
    `<g opacity="${shown(node)}">`,
    form(node.data("form") as string, x, y, size, fill),
    `<text x="${x.toFixed(1)}" y="${(y + size + 15).toFixed(1)}" font-size="12" text-anchor="middle" fill="${theme.ink}"${bold}>${escaped(String(node.data("label")))}</text>`,
    "</g>",
  ].join("");
}

function form(name: string, x: number, y: number, size: number, fill: string): string {
  if (name === "diamond")
    return polygon(
      [
        [x, y - size],
        [x + size, y],
        [x, y + size],
        [x - size, y],
      ],
      fill,
    );
  if (name === "hexagon") {
    const corners = [-size, -size / 2, size / 2, size, size / 2, -size / 2].map((dx, at) => [
      x + dx,
      y + [0, -size, -size, 0, size, size][at]!,
    ]);
    return polygon(corners, fill);
  }
  if (name === "round-rectangle")
    return `<rect x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}" rx="5" fill="${fill}"/>`;
  return `<circle cx="${x}" cy="${y}" r="${size}" fill="${fill}"/>`;
}

function polygon(corners: number[][], fill: string): string {
  return `<polygon points="${corners.map((corner) => corner.map((one) => one.toFixed(1)).join(",")).join(" ")}" fill="${fill}"/>`;
}

function arrow(from: { x: number; y: number }, to: { x: number; y: number }, colour: string): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn: number) => [to.x - 9 * Math.cos(angle + turn), to.y - 9 * Math.sin(angle + turn)];
  return polygon([[to.x, to.y], corner(0.4), corner(-0.4)], colour);
}

function shown(element: NodeSingular | EdgeSingular): string {
  return String(element.effectiveOpacity());
}

function at(point: { x: number; y: number }): string {
  return `${point.x.toFixed(1)},${point.y.toFixed(1)}`;
}

function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, "");
}
