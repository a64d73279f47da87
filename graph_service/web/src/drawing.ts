/** The drawing, shared by the page, the notebook and the offline file. */

import cytoscape, {
  type Core,
  type EdgeSingular,
  type ElementDefinition,
  type NodeSingular,
} from "cytoscape";
import fcose from "cytoscape-fcose";

import { edgeOf, nodeOf } from "./elements";
import { look, themeNow } from "./look";
import type { Drawn } from "./picture";
import { around, places } from "./placing";
import { svgOf } from "./svg";

cytoscape.use(fcose);

/** With more ties than this, only the lit and the chosen ones carry a label. */
const MOST_LABELS = 60;
/** A picture of three actors does not fill the screen. */
const MOST_ZOOM = 1.6;
/** Letters of a large picture are this much larger, so that they can be read. */
const MOST_SCALE = 1.7;
/** A picture of more actors than this begins with letters of that size, since it is sure to need them. */
const MANY = 150;

export interface Told {
  /** `more` where what is chosen already stays so. */
  choose(kind: "actor" | "tie" | "nothing", id: string, more: boolean): void;
  grow(actor: string): void;
  pinned(pins: string[]): void;
}

export class Drawing {
  readonly cy: Core;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  private readonly watch: ResizeObserver;
  private calm = false;
  private scale = 1;
  private begins = new Map<string, { x: number; y: number }>();

  constructor(
    readonly host: HTMLElement,
    private readonly told: Told,
  ) {
    this.cy = cytoscape({
      container: host,
      minZoom: 0.1,
      maxZoom: 4,
      // Panning moves what was drawn once: at 1,500 ties each frame would take too long.
      textureOnViewport: true,
      hideEdgesOnViewport: false,
      pixelRatio: "auto",
      selectionType: "single",
      boxSelectionEnabled: false,
    });
    this.restyle();
    this.listen();
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(host);
  }

  /** Draws a picture; whoever is in both stays where they are, and what is `out` by now fades. */
  draw(picture: Drawn, pins: string[] = [], out: Drawn = { nodes: [], ties: [] }): void {
    const first = this.cy.nodes().empty();
    const calm = picture.ties.length > MOST_LABELS;
    if (calm !== this.calm) {
      this.calm = calm;
      // Before anybody is there: restyling 1,500 ties takes as long as laying them out.
      if (first && picture.nodes.length > MANY) this.scale = MOST_SCALE;
      this.restyle();
    }
    this.begins = first
      ? this.calm
        ? places(picture)
        : new Map()
      : around(picture.ties, (id) => this.placeOf(id));
    const wanted = new Set(
      [...picture.nodes, ...picture.ties, ...out.nodes, ...out.ties].map((one) => one.id),
    );
    this.cy.batch(() => {
      this.cy
        .elements()
        .filter((element) => !wanted.has(element.id()))
        .remove();
      picture.nodes.forEach((node, at) => this.put(nodeOf(node, at), node.mark));
      out.nodes.forEach((node, at) => this.put(nodeOf(node, picture.nodes.length + at), "out"));
      picture.ties.forEach((tie) => this.put(edgeOf(tie), tie.mark));
      out.ties.forEach((tie) => this.put(edgeOf(tie), "out"));
    });
    this.pin(pins);
    this.settle(first);
  }

  /** Lights these up and fades the rest; nothing lit fades nothing. */
  light(actors: Iterable<string>, ties: Iterable<string>): void {
    const lit = new Set([...actors, ...ties]);
    this.cy.batch(() => {
      this.cy.elements().forEach((element) => {
        element.toggleClass("lit", lit.has(element.id()));
        element.toggleClass("faded", lit.size > 0 && !lit.has(element.id()));
      });
    });
  }

  choose(...ids: string[]): void {
    this.cy.batch(() => {
      this.cy.elements(".chosen").removeClass("chosen");
      ids.forEach((id) => this.cy.getElementById(id).addClass("chosen"));
    });
  }

  /** Fades what does not hold, and what nothing that holds is tied to. */
  fade(holds: (tie: string) => boolean): void {
    this.cy.batch(() => {
      this.cy.edges().forEach((edge) => void edge.toggleClass("out", !holds(edge.id())));
      this.cy
        .nodes()
        .forEach(
          (node) =>
            void node.toggleClass("out", node.degree(false) > 0 && node.connectedEdges().not(".out").empty()),
        );
    });
  }

  /** Leaves out what the filter does not pass. */
  filter(passes: (tie: string) => boolean): void {
    this.cy.batch(() =>
      this.cy.edges().forEach((edge) => void edge.toggleClass("hidden", !passes(edge.id()))),
    );
  }

  zoom(factor: number): void {
    this.cy.zoom({
      level: this.cy.zoom() * factor,
      renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 },
    });
  }

  fit(): void {
    this.cy.resize();
    this.cy.fit(this.cy.elements(":visible"), 40);
    if (this.cy.zoom() > MOST_ZOOM) this.cy.zoom(MOST_ZOOM);
    this.cy.center(this.cy.elements(":visible"));
    const scale = Math.min(MOST_SCALE, Math.max(1, 1 / this.cy.zoom()));
    if (Math.abs(scale - this.scale) < 0.05) return;
    this.scale = scale;
    this.restyle();
  }

  pan(x: number, y: number): void {
    this.cy.panBy({ x, y });
  }

  togglePin(id: string): void {
    const node = this.cy.getElementById(id);
    node.toggleClass("pinned");
    this.told.pinned(this.pins());
  }

  pins(): string[] {
    return this.cy
      .nodes(".pinned")
      .map((node) => `${node.id()}@${Math.round(node.position("x"))}@${Math.round(node.position("y"))}`);
  }

  png(): Promise<Blob> {
    return this.cy.png({
      output: "blob-promise",
      full: true,
      scale: 2,
      bg: themeNow().paper,
      maxWidth: 8000,
      maxHeight: 8000,
    });
  }

  svg(): string {
    return svgOf(this.cy, themeNow());
  }

  restyle(): void {
    this.cy.style(look(themeNow(), this.calm, this.scale));
  }

  /** The actor that comes next in a direction, seen from another one. */
  next(from: string, x: number, y: number): string {
    const here = this.cy.getElementById(from) as NodeSingular;
    const start = here.empty() ? this.middle() : here.position();
    let best = "",
      least = Infinity;
    this.cy.nodes().forEach((node) => {
      const dx = node.position("x") - start.x,
        dy = node.position("y") - start.y;
      const ahead = dx * x + dy * y;
      if (node.id() === from || ahead <= 0) return;
      const distance = Math.hypot(dx, dy) * (2 - ahead / Math.hypot(dx, dy));
      if (distance < least) [best, least] = [node.id(), distance];
    });
    return best;
  }

  destroy(): void {
    this.watch.disconnect();
    this.cy.destroy();
  }

  private put(element: ElementDefinition, mark: string): void {
    const there = this.cy.getElementById(String(element.data.id));
    if (there.nonempty()) there.data(element.data);
    else this.cy.add({ ...element, ...(element.group === "nodes" ? { position: this.place(element) } : {}) });
    const now = this.cy.getElementById(String(element.data.id));
    for (const one of ["focus", "new", "gone", "out"]) now.toggleClass(one, one === mark);
  }

  /** Where somebody new begins: a spiral that is the same every time. */
  private place(element: ElementDefinition): { x: number; y: number } {
    const { id, at } = element.data as { id: string; at: number };
    const begun = this.begins.get(id);
    if (begun) return begun;
    const angle = at * 2.399963,
      radius = 70 * Math.sqrt(at);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  }

  private placeOf(id: string): { x: number; y: number } | null {
    const node = this.cy.getElementById(id);
    return node.nonempty() && node.isNode() ? node.position() : null;
  }

  private pin(pins: string[]): void {
    this.cy.nodes(".pinned").removeClass("pinned");
    for (const pin of pins) {
      const [id = "", x, y] = pin.split("@");
      const node = this.cy.getElementById(id);
      if (node.nonempty()) node.position({ x: Number(x) || 0, y: Number(y) || 0 }).addClass("pinned");
    }
  }

  private settle(first: boolean): void {
    const fixed = this.cy
      .nodes(".pinned")
      .map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
    const options = {
      name: "fcose",
      randomize: false,
      quality: "default",
      animate: !this.still && !first,
      animationDuration: 300,
      fit: first,
      padding: 40,
      nodeRepulsion: 12000,
      idealEdgeLength: 125,
      gravity: 0.15,
      nodeDimensionsIncludeLabels: true,
      packComponents: true,
      fixedNodeConstraint: fixed.length ? fixed : undefined,
    };
    if (this.cy.nodes().empty()) return;
    const layout = this.cy.layout(options as unknown as cytoscape.LayoutOptions);
    layout.one("layoutstop", () => this.fit());
    layout.run();
  }

  private middle(): { x: number; y: number } {
    const box = this.cy.elements().boundingBox();
    return { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  }

  private listen(): void {
    this.cy.on("tap", "node", (event) => {
      const node = event.target as NodeSingular;
      this.told.choose("actor", node.id(), false);
      this.told.grow(node.id());
    });
    this.cy.on("tap", "edge", (event) => {
      const { shiftKey, ctrlKey, metaKey } = event.originalEvent as MouseEvent;
      this.told.choose("tie", (event.target as EdgeSingular).id(), shiftKey || ctrlKey || metaKey);
    });
    this.cy.on("tap", (event) => event.target === this.cy && this.told.choose("nothing", "", false));
    this.cy.on("dragfree", "node", (event) => {
      (event.target as NodeSingular).addClass("pinned");
      this.told.pinned(this.pins());
    });
  }
}
