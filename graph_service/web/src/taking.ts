/** What can be taken away: the picture as PNG and SVG, its data as JSON and CSV. */

import type { Drawing } from "./drawing";
import type { Shown } from "./shown";

export type Format = "png" | "svg" | "json" | "csv";

export async function take(format: Format, shown: Shown, drawing: Drawing): Promise<void> {
  const name = `${shown.question}-${shown.focus.join("-") || "graph"}-${shown.meta.as_of ?? "today"}`
    .replace(/[^\w.-]+/g, "_")
    .slice(0, 100);
  const made: Record<Format, () => Promise<Blob> | Blob> = {
    png: () => drawing.png(),
    svg: () => new Blob([drawing.svg()], { type: "image/svg+xml" }),
    json: () => new Blob([JSON.stringify(dataOf(shown), null, 1)], { type: "application/json" }),
    csv: () => new Blob([csvOf(shown)], { type: "text/csv" }),
  };
  save(await made[format](), `${name}.${format}`);
}

/** What is drawn, with the claims behind it, where it stands and where it was asked for. */
export function dataOf(shown: Shown): object {
  return {
    heading: shown.heading,
    asked: shown.url,
    meta: shown.meta,
    notes: shown.notes,
    actors: shown.picture.nodes,
    ties: shown.picture.ties,
    undrawn: shown.picture.undrawn,
  };
}

/** A row a claim, with what the tie says of it. */
export function csvOf(shown: Shown): string {
  const names = new Map(shown.picture.nodes.map((node) => [node.id, node.name]));
  const head = [
    "claim",
    "subject",
    "subject_name",
    "relation",
    "object",
    "object_name",
    "sign",
    "strength",
    "when",
    "state",
    "modality",
    "sources",
    "denied_by",
  ];
  const rows = shown.picture.ties.flatMap((tie) =>
    tie.claims.map((claim) => [
      claim.id,
      claim.subject,
      names.get(claim.subject) ?? "",
      claim.relation,
      claim.object,
      names.get(claim.object) ?? "",
      tie.sign,
      String(tie.strength),
      claim.when,
      claim.state,
      claim.modality,
      claim.sources.map((one) => one.id).join(" "),
      claim.denied_by.map((one) => one.id).join(" "),
    ]),
  );
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A cell that starts like a formula is text for every spreadsheet. */
function cell(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]*(e-?\d+)?$/i.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
