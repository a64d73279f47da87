/** How much was told of actors in which month or year. */

import type { Happening } from "./shapes";

export interface Bin {
  /** `2024-09` or `2024`. */
  label: string;
  /** Its last day. */
  ends: string;
  count: number;
}

const MOST_MONTHS = 60;

/** By months where everything is at hand and the span is short, else by years. */
export function binsOf(happenings: Happening[], years: Record<string, number>, complete: boolean): Bin[] {
  const months = happenings
    .map((one) => (one.begins ?? one.ends ?? "").slice(0, 7))
    .filter((text) => text.length === 7);
  const bins = complete && months.length ? run(months, nextMonth) : [];
  if (bins.length && bins.length <= MOST_MONTHS)
    return bins.map((label) => ({
      label,
      ends: endOf(label),
      count: months.filter((one) => one === label).length,
    }));
  const told = Object.keys(years);
  return run(told, (year) => String(Number(year) + 1).padStart(4, "0"))
    .slice(-120)
    .map((label) => ({ label, ends: `${label}-12-31`, count: years[label] ?? 0 }));
}

/** From the first to the last, without a gap. */
function run(labels: string[], next: (label: string) => string): string[] {
  const sorted = [...labels].sort();
  const last = sorted.at(-1);
  const all: string[] = [];
  for (
    let label = sorted[0];
    last !== undefined && label !== undefined && label <= last && all.length < 4000;
    label = next(label)
  )
    all.push(label);
  return all;
}

function nextMonth(label: string): string {
  const [year = 0, month = 0] = label.split("-").map(Number);
  return month === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${label.slice(0, 4)}-${String(month + 1).padStart(2, "0")}`;
}

function endOf(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0")}`;
}
