/** The public API and nothing else; problems keep what they suggest. */

import type { Named, Ontology, Reply } from "./shapes";

export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly suggestions: string[] = [],
  ) {
    super(message);
  }
}

/** The service does not answer: it went away, or the network did. */
export class Away extends Error {}

const KEY = "graph-service-key";

export class Api {
  private readonly names = new Map<string, Promise<Named>>();
  private words: Promise<Ontology> | null = null;
  /** The server's clock at its last answer, which decides what is known now. */
  now = new Date();

  async get<T>(url: string, signal?: AbortSignal): Promise<Reply<T>> {
    let reply: Response;
    try {
      reply = await fetch(url, { headers: this.headers(), signal: signal ?? null });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Away("The service does not answer.");
    }
    this.now = new Date(reply.headers.get("date") ?? Date.now());
    const body: unknown = await reply.json().catch(() => null);
    if (!reply.ok) throw problem(reply.status, body);
    return body as Reply<T>;
  }

  ontology(): Promise<Ontology> {
    this.words ??= this.get<Ontology>("/v1/ontology").then((reply) => reply.data);
    this.words.catch(() => (this.words = null));
    return this.words;
  }

  /** Who these are; an id that nobody has is its own name. */
  async named(ids: Iterable<string>): Promise<Map<string, Named>> {
    const wanted = [...new Set(ids)];
    const found = await Promise.all(wanted.map((id) => this.one(id)));
    return new Map(found.map((actor, at) => [wanted[at] ?? actor.id, actor]));
  }

  learn(actor: Named): void {
    this.names.set(actor.id, Promise.resolve(actor));
  }

  key(given: string): void {
    sessionStorage.setItem(KEY, given);
  }

  private one(id: string): Promise<Named> {
    let known = this.names.get(id);
    if (!known) {
      known = this.get<Named>(`/v1/actors/${encodeURIComponent(id)}`).then(
        ({ data }) => ({ id: data.id, name: data.name, kind: data.kind }),
        () => ({ id, name: id, kind: "unknown" }),
      );
      this.names.set(id, known);
    }
    return known;
  }

  private headers(): Record<string, string> {
    const key = sessionStorage.getItem(KEY);
    return key ? { Authorization: `Bearer ${key}` } : {};
  }
}

function problem(status: number, body: unknown): Problem {
  const told = (body ?? {}) as { detail?: string; title?: string; suggestions?: string[] };
  return new Problem(
    status,
    told.detail ?? told.title ?? `The service answered ${status}.`,
    told.suggestions,
  );
}
