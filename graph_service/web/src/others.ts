/** Questions without a view of their own: what their answers cite is drawn, and told part by part. */

import type { Api } from "./api";
import type { CitedClaim, Named, Reply } from "./shapes";
import { endsOf, ONE_ORIGIN, type Reading } from "./shown";
import { signed } from "./words";

const HEADINGS: Record<string, string> = {
  alignment: "How aligned the two are",
  comparison: "How the two compare",
  balance: "Who does not go together",
  blocs: "Who stands with whom against whom",
  brokers: "Through whom others have influence",
  latent: "Which states may support it unseen (inferred: no source says so)",
  coverage: "What the graph does not know",
};

const NUMBERS = [
  "alignment",
  "friendly",
  "hostile",
  "change",
  "agreement",
  "brokerage",
  "pairs",
  "leverage",
  "score",
  "stability",
  "cohesion",
  "ties",
  "single",
  "stale",
  "triads",
  "frustrated",
];
const QUIET = new Set(["meta", "trend", "years", "available"]);

type Value = Record<string, unknown>;

export function readOther(question: string) {
  return async (reading: Reading, { data }: Reply<Value>, api: Api): Promise<string> => {
    const held = [...holders(data, "")];
    for (const actor of actorsIn(data)) reading.names.set(actor.id, actor);
    await reading.meet(
      api,
      held.flatMap(({ value, claims }) => [...endsOf(claims), ...idsIn(value)]),
    );
    if (data["one_origin"] === true) reading.notes.push(ONE_ORIGIN);
    if (typeof data["note"] === "string") reading.notes.push(data["note"]);
    const overall = facts(data);
    if (overall) reading.notes.push(overall);
    held.forEach(({ value, claims, part }, at) => add(reading, value, claims, part, at));
    if (typeof data["reason"] === "string") reading.empty = data["reason"];
    else if (reading.items.length === 0) reading.empty = "Nothing is told of it on this day.";
    return HEADINGS[question] ?? question;
  };
}

function add(reading: Reading, value: Value, claims: CitedClaim[], part: string, at: number): void {
  const said = [
    ...new Set(
      claims.map(
        (claim) =>
          `${reading.name(claim.subject)} ${reading.ontology.relations[claim.relation]?.label ?? claim.relation} ${reading.name(claim.object)}`,
      ),
    ),
  ];
  const missing = Array.isArray(value["missing"]) ? (value["missing"] as string[]) : [];
  const between = idsIn(value)
    .map((id) => reading.name(id))
    .join(" – ");
  reading.add({
    id: `part:${at}`,
    group: part,
    title: between || said.slice(0, 2).join("; ") || part,
    told: [facts(value), between ? said.slice(0, 2).join("; ") : ""].filter(Boolean).join(" · "),
    actors: [...new Set(endsOf(claims))],
    ties: claims.map((claim) => reading.sketch.claim(claim)),
    steps: [{ heading: "", claims, missing }],
  });
}

/** Every part of an answer that cites claims. */
function* holders(
  value: unknown,
  part: string,
): Generator<{ value: Value; claims: CitedClaim[]; part: string }> {
  if (Array.isArray(value)) {
    for (const one of value) yield* holders(one, part);
  } else if (isValue(value)) {
    const claims = value["claims"];
    if (Array.isArray(claims) && claims.length) yield { value, claims: claims as CitedClaim[], part };
    else
      for (const [name, inner] of Object.entries(value))
        if (!QUIET.has(name)) yield* holders(inner, name.replaceAll("_", " "));
  }
}

function* actorsIn(value: unknown): Generator<Named> {
  if (Array.isArray(value)) for (const one of value) yield* actorsIn(one);
  else if (isValue(value)) {
    if (
      typeof value["id"] === "string" &&
      typeof value["name"] === "string" &&
      typeof value["kind"] === "string"
    )
      yield value as unknown as Named;
    else for (const inner of Object.values(value)) yield* actorsIn(inner);
  }
}

function idsIn(value: Value): string[] {
  const actors = value["actors"];
  if (Array.isArray(actors)) return actors.filter((one): one is string => typeof one === "string");
  const { from, to } = value;
  return typeof from === "string" && typeof to === "string" ? [from, to] : [];
}

function facts(value: Value): string {
  const told = NUMBERS.filter((name) => typeof value[name] === "number");
  return told.map((name) => `${name} ${number(value[name] as number)}`).join(", ");
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : signed(value);
}

function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null;
}
