/** Dates and numbers as people read them; the same wording as on the command line. */

import type { Meta, Sign } from "./shapes";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

export const RELIABILITY: Record<string, string> = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "reliability cannot be judged",
};

export const SIGNS: Record<Sign, string> = {
  "+": "friendly",
  "-": "hostile",
  "0": "neutral",
  mixed: "friendly and hostile",
};

/** The class of style that gives a sign its colour. */
export function signClass(sign: Sign): string {
  return `sign-${sign === "mixed" ? "mixed" : SIGNS[sign]}`;
}

/** By form as well as by colour. */
export const GLYPHS: Record<Sign, string> = { "+": "▲", "-": "▼", "0": "●", mixed: "◆" };

/** `2024-07` is July 2024; `[..2024-09]` is by September 2024. */
export function date(text: string): string {
  if (text.startsWith("[..")) return `by ${date(text.slice(3, -1))}`;
  const [year, month, day] = text.split("-");
  const parts = [day?.replace(/^0/, ""), month ? MONTHS[Number(month) - 1] : "", year];
  return parts.filter(Boolean).join(" ");
}

/** When a claim holds; for an event, `A/B` is some day between the two. */
export function inWords(when: string, event: boolean): string {
  if (!when.includes("/")) return date(when);
  const [left = "", right = ""] = when.split("/");
  if (/^\d/.test(left) && /^\d/.test(right)) {
    return event ? `between ${date(left)} and ${date(right)}` : `${date(left)} to ${date(right)}`;
  }
  return `${started(left)}, ${ended(right)}`;
}

function started(text: string): string {
  if (!text) return "start unknown";
  return text.startsWith("[") ? `begun ${date(text)}` : `since ${date(text)}`;
}

function ended(text: string): string {
  if (text === "..") return "ongoing";
  if (!text) return "end unknown";
  return text.startsWith("[") ? `ended ${date(text)}` : `until ${date(text)}`;
}

/** Never more than two decimals, and never 0.00 for something. */
export function twoDecimals(value: number): string {
  if (value > 0 && value < 0.005) return "<0.01";
  if (value >= 0.995 && value < 1) return ">0.99";
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

export function signed(value: number): string {
  const text = value.toFixed(2);
  if (text === "0.00" || text === "-0.00") return "0.00";
  return value > 0 ? `+${text}` : text.replace("-", "−");
}

export function count(number: number, noun: string): string {
  const shown = number.toLocaleString("en");
  return number === 1 ? `${shown} ${noun}` : `${shown} ${noun}s`;
}

/** On which day, and on how much evidence, an answer rests. */
export function standing(meta: Meta): string {
  const parts: string[] = [];
  if (meta.as_of) parts.push(`As of ${date(meta.as_of)}`);
  if (meta.known_at) parts.push(`as known at ${meta.known_at}`);
  parts.push(`up to entry ${meta.sequence}`);
  const told = `${parts.join(", ")}.`;
  const rests = meta.coverage;
  if (!rests) return told;
  const latest = rests.latest_attested ? `, the latest attested on ${rests.latest_attested}` : "";
  return `${told} It rests on ${count(rests.claims, "claim")}, ${count(rests.sources, "source")}, ${count(rests.origins, "origin")}${latest}.`;
}
