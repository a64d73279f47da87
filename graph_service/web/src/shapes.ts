/** What the API answers, as far as the page reads it. */

export type Sign = "+" | "-" | "0" | "mixed";

export interface Named {
  id: string;
  name: string;
  kind: string;
}

export interface CitedSource {
  id: string;
  title: string;
  published: string | null;
  reliability: string;
}

export interface CitedClaim {
  id: string;
  relation: string;
  subject: string;
  object: string;
  when: string;
  state: string;
  modality: string;
  strength: string | null;
  outcome: string | null;
  sources: CitedSource[];
  denied_by: CitedSource[];
}

export interface Coverage {
  claims: number;
  sources: number;
  origins: number;
  latest_attested: string | null;
  held_back: number;
  hint: string | null;
}

export interface Meta {
  as_of: string | null;
  known_at: string | null;
  sequence: number;
  truncated: string | null;
  coverage: Coverage | null;
  next_cursor?: string | null;
  total?: { value: number; relation: string };
}

export interface Reply<T = unknown> {
  data: T;
  meta: Meta;
}

export interface Relation {
  label: string;
  inverse: string;
  family: string | null;
  temporal: "event" | "state";
  symmetric: boolean;
  polarity: Sign;
  definition: string;
}

export interface Ontology {
  families: Record<string, { label: string; definition: string }>;
  channels: Record<string, { label: string; definition: string }>;
  definitions: Record<string, { label: string; definition: string }>;
  relations: Record<string, Relation>;
}

export interface NeighbourTie {
  subject: string;
  relation: string;
  object: string;
  sign: Sign;
  strength: number;
  claims: CitedClaim[];
}

export interface Neighbourhood {
  actor: Named;
  hops: { actor: Named; ties: NeighbourTie[] }[][];
}

export interface Step {
  from: string;
  to: string;
  value?: number;
  strength?: number;
  claims: CitedClaim[];
  missing: string[];
}

export interface Way {
  actors: string[];
  steps: Step[];
  kind?: string;
  share?: number;
  strength?: number;
  sign?: Sign;
}

export interface Entry {
  actor: Named;
  leverage: number;
  coercion: number;
  net: number;
  exclusivity: number;
  /** What follows stands in answers about leverage over somebody alone. */
  channels?: Record<string, number>;
  paths: Way[];
  tier?: number | null;
  interval?: [number, number] | null;
  floor?: number | null;
  ceiling?: number | null;
}

export interface Ranking {
  target?: Named;
  actor?: Named;
  one_origin: boolean;
  ranking: Entry[];
  coercion: Entry[];
}

export interface Mediator {
  actor: Named;
  score: number;
  bias: number;
  record: number;
  sides: {
    party: string;
    value: number;
    leverage: number;
    alignment: number;
    claims: CitedClaim[];
    missing: string[];
  }[];
}

export interface Mediators {
  parties: Named[];
  one_origin: boolean;
  ranking: Mediator[];
  reason: string | null;
}

export interface ClaimChange {
  claim: CitedClaim;
  before: number;
  after: number;
  causes: string[];
}

export interface LeverageChange {
  actor: Named;
  over: string;
  before: number;
  after: number;
  change: number;
  causes: Record<string, number>;
  path_before: Way | null;
  path_after: Way | null;
}

export interface Changes {
  actors: Named[];
  before: { as_of: string; known_at: string | null; held_back: number };
  after: { as_of: string; known_at: string | null; held_back: number };
  one_origin: boolean;
  order: string[];
  claims: Record<string, { claims: ClaimChange[]; available: number }>;
  leverage: LeverageChange[];
  reason: string | null;
}

export interface Happening {
  begins: string | null;
  ends: string | null;
  temporal: string;
  relation: string;
  sign: Sign;
  claims: CitedClaim[];
}

export interface Timeline {
  actors: Named[];
  one_origin: boolean;
  chapters: { episode: string | null; name: string | null; happenings: Happening[] }[];
  years: Record<string, number>;
  reason: string | null;
}

export interface Evidence {
  id: string;
  source: string;
  locator: string | null;
  passage: string | null;
  stance: string;
  modality: string;
  attributed_to: string | null;
  confidence: number;
  strength: string | null;
  outcome: string | null;
  amount: number | null;
  unit: string | null;
  coder: string | null;
  status: string;
  reason: string | null;
}

export interface Claim {
  id: string;
  subject: string;
  relation: string;
  object: string;
  when: string;
  episode: string | null;
  state: string;
  evidence: Evidence[];
  history: { at: string; by: string; what: string; reason: string | null }[];
}

export interface Source {
  id: string;
  title: string;
  publisher: string | null;
  url: string | null;
  published: string | null;
  reliability: string;
  origin: string;
}

export interface Asked {
  asked: string;
  understood: { words: string; question: string; url: string; command: string; notes: string[] } | null;
  why?: string;
  suggestions?: { words: string; url: string }[];
}
