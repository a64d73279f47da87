/** From the answer of each question to what is shown of it. */

import type { Api } from "./api";
import { readOther } from "./others";
import type {
  Changes,
  CitedClaim,
  Entry,
  Mediators,
  Named,
  Neighbourhood,
  Ranking,
  Reply,
  Timeline,
  Way,
} from "./shapes";
import { endsOf, ONE_ORIGIN, Reading } from "./shown";
import { count, date, inWords, signed, twoDecimals } from "./words";

type Reader = (reading: Reading, reply: Reply<never>, api: Api) => Promise<string> | string;

/** Reads an answer into the reading and gives its heading. */
export async function readAnswer(
  question: string,
  reading: Reading,
  reply: Reply,
  api: Api,
): Promise<string> {
  const reader = READERS[question] ?? readOther(question);
  return reader(reading, reply as Reply<never>, api);
}

const READERS: Record<string, Reader> = {
  neighbours: readNeighbours,
  leverage: readRanking,
  influence: readRanking,
  paths: readPaths,
  mediators: readMediators,
  timeline: readTimeline,
  changes: readChanges,
};

/** Draws who is tied to an actor; used as well for each actor that was grown. */
export function readNeighbours(reading: Reading, { data }: Reply<Neighbourhood>): string {
  reading.know(data.actor);
  for (const [hop, ring] of data.hops.entries()) {
    for (const { actor, ties } of ring) {
      reading.know(actor);
      const drawn = ties.flatMap((tie) =>
        tie.claims.map((claim) => reading.sketch.claim(claim, tie.strength, tie.sign)),
      );
      reading.add({
        id: actor.id,
        group: data.hops.length > 1 ? `${hop + 1} steps away` : "",
        title: actor.name,
        told: [
          ...new Set(ties.map((tie) => relationLabel(reading, tie.relation, tie.object === actor.id))),
        ].join(", "),
        value: Math.max(...ties.map((tie) => tie.strength)),
        actors: [data.actor.id, actor.id],
        ties: [...new Set(drawn)],
        steps: [{ heading: "", claims: ties.flatMap((tie) => tie.claims), missing: [] }],
      });
    }
  }
  if (reading.items.length === 0)
    reading.empty = `No tie of ${data.actor.name} is told that holds on this day.`;
  return `Ties of ${data.actor.name}`;
}

function relationLabel(reading: Reading, relation: string, outward: boolean): string {
  const found = reading.ontology.relations[relation];
  return (outward ? found?.label : found?.inverse) ?? relation;
}

async function readRanking(reading: Reading, { data }: Reply<Ranking>, api: Api): Promise<string> {
  const centre = (data.target ?? data.actor) as Named;
  const towards = data.target !== undefined;
  reading.know(centre);
  const entries = [...data.ranking, ...data.coercion];
  for (const entry of entries) reading.names.set(entry.actor.id, entry.actor);
  await reading.meet(
    api,
    entries.flatMap((entry) => entry.paths.flatMap(idsOf)),
  );
  if (data.one_origin) reading.notes.push(ONE_ORIGIN);
  const groups = towards
    ? ["Leverage: who can move it", "Coercion: who can hurt it, directly or through others"]
    : ["Leverage: whom it can move", "Coercion: whom it can hurt, directly or through others"];
  for (const entry of data.ranking) addEntry(reading, entry, groups[0] ?? "", "leverage");
  for (const entry of data.coercion) addEntry(reading, entry, groups[1] ?? "", "coercion");
  if (entries.length === 0) {
    reading.empty = towards
      ? `Nobody is told to have leverage over ${centre.name} on this day.`
      : `${centre.name} is told to have leverage over nobody on this day.`;
  }
  return towards ? `Who has leverage over ${centre.name}` : `Over whom ${centre.name} has leverage`;
}

function addEntry(reading: Reading, entry: Entry, group: string, measure: "leverage" | "coercion"): void {
  const ways = entry.paths.map((way) => drawWay(reading, way));
  const channels = Object.entries(entry.channels ?? {}).filter(([, value]) => value > 0);
  const through = channels.map(
    ([name, value]) => `${reading.ontology.channels[name]?.label ?? name} ${twoDecimals(value)}`,
  );
  const ofLeverage = measure === "leverage";
  reading.add({
    id: `${ofLeverage ? "over" : "coerces"}:${entry.actor.id}`,
    group,
    title: entry.actor.name,
    value: entry[measure],
    told: ofLeverage
      ? [through.join(", "), `net ${signed(entry.net)}`].filter(Boolean).join(" · ")
      : (entry.paths[0]?.actors.slice(1, -1) ?? []).map((id) => reading.name(id)).join(" → "),
    interval: ofLeverage ? (entry.interval ?? null) : null,
    tier: ofLeverage ? (entry.tier ?? null) : null,
    actors: [...new Set(entry.paths.flatMap((way) => way.actors))],
    ties: [...new Set(ways.flatMap((way) => way.ties))],
    steps: ways.flatMap((way) => way.steps),
    notes: ofLeverage ? bounds(entry) : [],
  });
}

function bounds({ floor, ceiling }: Entry): string[] {
  if (typeof floor !== "number" || typeof ceiling !== "number") return [];
  return [
    `Between ${twoDecimals(floor)}, if only what two independent origins say counts, and ${twoDecimals(ceiling)}, with everything that is proposed.`,
  ];
}

function drawWay(reading: Reading, way: Way): ReturnType<Reading["steps"]> {
  for (const id of way.actors) {
    const actor = reading.names.get(id);
    if (actor) reading.sketch.actor(actor);
  }
  return reading.steps(way.steps);
}

async function readPaths(
  reading: Reading,
  { data }: Reply<{ paths: Way[]; nearest: unknown }>,
  api: Api,
): Promise<string> {
  await reading.meet(api, data.paths.flatMap(idsOf));
  data.paths.forEach((way, at) => {
    reading.add({
      id: `path:${at + 1}`,
      title: way.actors.map((id) => reading.name(id)).join(" – "),
      value: way.strength ?? null,
      told: way.steps
        .map((step) =>
          [
            ...new Set(
              step.claims.map((claim) => reading.ontology.relations[claim.relation]?.label ?? claim.relation),
            ),
          ].join(", "),
        )
        .join(" · "),
      actors: way.actors,
      ...drawWay(reading, way),
    });
  });
  if (data.paths.length === 0) reading.empty = "No path of this length joins the two on this day.";
  return "How they connect";
}

function readMediators(reading: Reading, { data }: Reply<Mediators>): string {
  data.parties.forEach((party) => reading.know(party));
  if (data.one_origin) reading.notes.push(ONE_ORIGIN);
  for (const { actor, score, bias, record, sides } of data.ranking) {
    reading.know(actor);
    const drawn = sides.map((side) =>
      reading.steps([
        { from: actor.id, to: side.party, strength: side.value, claims: side.claims, missing: side.missing },
      ]),
    );
    reading.add({
      id: actor.id,
      title: actor.name,
      value: score,
      told: `bias ${signed(bias)}, record ${twoDecimals(record)} · ${sides.map((side) => `${reading.name(side.party)}: leverage ${twoDecimals(side.leverage)}, alignment ${signed(side.alignment)}`).join(" · ")}`,
      actors: [actor.id, ...data.parties.map((party) => party.id)],
      ties: drawn.flatMap((one) => one.ties),
      steps: drawn.flatMap((one) => one.steps),
    });
  }
  if (data.ranking.length === 0) reading.empty = data.reason ?? "Nobody is told to be tied to both.";
  return `Who could mediate between ${data.parties.map((party) => party.name).join(" and ")}`;
}

async function readTimeline(reading: Reading, { data, meta }: Reply<Timeline>, api: Api): Promise<string> {
  data.actors.forEach((actor) => reading.know(actor));
  if (data.one_origin) reading.notes.push(ONE_ORIGIN);
  const all = data.chapters.flatMap((chapter) => chapter.happenings.flatMap((one) => one.claims));
  await reading.meet(api, endsOf(all));
  data.chapters.forEach((chapter) => {
    chapter.happenings.forEach((happening) => {
      const [claim] = happening.claims;
      if (!claim) return;
      reading.add({
        id: `told:${claim.id}`,
        group: chapter.name ?? chapter.episode ?? "",
        title: `${inWords(claim.when, happening.temporal === "event")}: ${sentence(reading, claim)}`,
        told: happening.claims.length > 1 ? `and ${happening.claims.length - 1} more like it` : "",
        actors: endsOf(happening.claims),
        ties: happening.claims.map((one) => reading.sketch.claim(one, 0.3, happening.sign)),
        steps: [{ heading: "", claims: happening.claims, missing: [] }],
      });
    });
  });
  if (all.length === 0) reading.empty = data.reason ?? "Nothing dated is told of them.";
  if (meta.next_cursor) {
    const told = Object.values(data.years).reduce((sum, claims) => sum + claims, 0);
    reading.notes.push(
      `Listed are the first ${all.length} of ${count(told, "claim")}: set From to begin later.`,
    );
  }
  return `What was told of ${data.actors.map((actor) => actor.name).join(" and ")}, in the order of time`;
}

async function readChanges(reading: Reading, { data }: Reply<Changes>, api: Api): Promise<string> {
  data.actors.forEach((actor) => reading.know(actor));
  if (data.one_origin) reading.notes.push(ONE_ORIGIN);
  const claims = Object.values(data.claims).flatMap((part) => part.claims);
  const moved = data.leverage.flatMap((one) => [
    one.actor.id,
    one.over,
    ...(one.path_after?.actors ?? []),
    ...(one.path_before?.actors ?? []),
  ]);
  await reading.meet(api, [...endsOf(claims.map((one) => one.claim)), ...moved]);
  for (const cause of data.order) {
    for (const { claim, before, after } of data.claims[cause]?.claims ?? []) {
      const tie = reading.sketch.claim(claim, Math.max(before, after));
      reading.sketch.mark(tie, before === 0 ? "new" : after === 0 ? "gone" : "");
      reading.add({
        id: `${cause}:${claim.id}`,
        group: `Claims: ${cause}`,
        title: sentence(reading, claim),
        told: `counted for ${twoDecimals(before)}, now ${twoDecimals(after)}`,
        actors: [claim.subject, claim.object],
        ties: [tie],
        steps: [{ heading: "", claims: [claim], missing: [] }],
      });
    }
  }
  for (const one of data.leverage) {
    const way = one.path_after ?? one.path_before;
    reading.add({
      id: `moved:${one.actor.id}:${one.over}`,
      group: "Leverage that moved",
      title: `${reading.name(one.actor.id)} over ${reading.name(one.over)} ${signed(one.change)}`,
      told: `${twoDecimals(one.before)}, now ${twoDecimals(one.after)}: ${Object.entries(one.causes)
        .map(([cause, part]) => `${cause} ${signed(part)}`)
        .join(", ")}`,
      actors: way?.actors ?? [one.actor.id, one.over],
      ...(way ? drawWay(reading, way) : {}),
    });
  }
  for (const [moment, when] of [
    [data.before, "then"],
    [data.after, "now"],
  ] as const) {
    if (moment.held_back)
      reading.notes.push(
        `${moment.held_back} claims do not count ${when} (${date(moment.as_of)}), since their dates leave open whether they held.`,
      );
  }
  if (reading.items.length === 0) reading.empty = data.reason ?? "Nothing changed between the two.";
  return `What changed for ${data.actors.map((actor) => actor.name).join(" and ")} from ${date(data.before.as_of)} to ${date(data.after.as_of)}`;
}

function sentence(reading: Reading, claim: CitedClaim): string {
  const label = reading.ontology.relations[claim.relation]?.label ?? claim.relation;
  return `${reading.name(claim.subject)} ${label} ${reading.name(claim.object)}`;
}

function idsOf(way: Way): string[] {
  return [...way.actors, ...endsOf(way.steps.flatMap((step) => step.claims))];
}
