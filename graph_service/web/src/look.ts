/** How actors and ties look: sign by colour, by dash and by glyph, kind by form. */

import type { StylesheetJson } from "cytoscape";

/** The colours of the page at this moment, light or dark. */
export interface Theme {
  ink: string;
  soft: string;
  paper: string;
  chosen: string;
  plus: string;
  minus: string;
  neutral: string;
  mixed: string;
}

export const LIGHT: Theme = {
  ink: "#1c2128",
  soft: "#59636e",
  paper: "#ffffff",
  chosen: "#7a3fb5",
  plus: "#1f6fbf",
  minus: "#c2410c",
  neutral: "#6b7280",
  mixed: "#8a5a2b",
};

export const DARK: Theme = {
  ink: "#e6edf3",
  soft: "#9aa4af",
  paper: "#12161c",
  chosen: "#c79bf2",
  plus: "#6cb0f5",
  minus: "#ff8a5c",
  neutral: "#9aa4af",
  mixed: "#d2a273",
};

export function themeNow(): Theme {
  return matchMedia("(prefers-color-scheme: dark)").matches ? DARK : LIGHT;
}

const FORMS: Record<string, string> = {
  state: "round-rectangle",
  government: "round-rectangle",
  legislature: "round-rectangle",
  agency: "round-rectangle",
  court: "round-rectangle",
  person: "ellipse",
  armed_group: "diamond",
  armed_force: "diamond",
  people: "ellipse",
  igo: "hexagon",
  organisation: "hexagon",
  advocacy: "hexagon",
  party: "hexagon",
  coalition: "hexagon",
};

export function formOf(kind: string): string {
  return FORMS[kind] ?? "ellipse";
}

/** The style of the picture; `calm` is without labels on ties, where there are many; letters grow by `scale`. */
export function look(theme: Theme, calm: boolean, scale: number): StylesheetJson {
  const line = (sign: string, colour: string, style: object) => ({
    selector: `edge[sign = "${sign}"]`,
    style: { "line-color": colour, "target-arrow-color": colour, color: colour, ...style },
  });
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        shape: "data(form)",
        width: 26,
        height: 26,
        "font-size": 12 * scale,
        "font-family": "system-ui, sans-serif",
        "text-valign": "bottom",
        "text-margin-y": 4,
        color: theme.ink,
        "text-outline-color": theme.paper,
        "text-outline-width": 2,
        "background-color": theme.soft,
        "border-color": theme.paper,
        "border-width": 2,
        "min-zoomed-font-size": 7,
      },
    },
    {
      selector: "node.focus",
      style: {
        width: 38,
        height: 38,
        "background-color": theme.ink,
        "font-size": 15 * scale,
        "font-weight": "bold",
      },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier",
        "control-point-step-size": 34,
        width: "data(width)",
        "target-arrow-shape": "data(arrow)",
        "arrow-scale": 0.9,
        label: calm ? "" : "data(label)",
        "font-size": 10 * scale,
        "text-rotation": "autorotate",
        "text-outline-color": theme.paper,
        "text-outline-width": 2,
        "min-zoomed-font-size": 8,
      },
    },
    line("+", theme.plus, { "line-style": "solid" }),
    line("-", theme.minus, { "line-style": "dashed", "line-dash-pattern": [8, 5] }),
    line("0", theme.neutral, { "line-style": "dotted" }),
    line("mixed", theme.mixed, { "line-style": "dashed", "line-dash-pattern": [10, 3, 2, 3] }),
    { selector: ".hidden", style: { display: "none" } },
    { selector: "edge.gone, edge.out, node.out", style: { opacity: 0.25 } },
    {
      selector: "edge.new",
      style: { "underlay-color": theme.chosen, "underlay-opacity": 0.18, "underlay-padding": 5 },
    },
    { selector: ".faded", style: { opacity: 0.22 } },
    { selector: "node.lit", style: { "border-color": theme.chosen, "border-width": 3 } },
    {
      selector: "edge.lit",
      style: {
        label: "data(label)",
        "z-index": 5,
        "underlay-color": theme.chosen,
        "underlay-opacity": 0.15,
        "underlay-padding": 4,
      },
    },
    {
      selector: ".chosen",
      style: { "overlay-color": theme.chosen, "overlay-opacity": 0.2, "overlay-padding": 6, opacity: 1 },
    },
    {
      selector: "node.pinned",
      style: { "border-color": theme.ink, "border-style": "double", "border-width": 5 },
    },
  ] as StylesheetJson;
}
