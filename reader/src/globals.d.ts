/** What other scripts of a page leave behind: the index of the search, and the engine that reads it. */
interface Entry {
  kind: string;
  at: string;
  title: string;
  answer: string;
  alias?: string;
  more?: string;
  where?: string;
  quoted?: boolean;
}

interface Match {
  ref: string;
  score: number;
  matchData: { metadata: Record<string, Record<string, unknown>> };
}

interface Index {
  invertedIndex: Record<string, unknown>;
  query(build: (query: { term(term: string, options: object): void }) => void): Match[];
}

interface Builder {
  pipeline: { reset(): void; add(step: (token: Token) => Token): void };
  searchPipeline: { reset(): void };
  ref(name: string): void;
  field(name: string, options?: { boost: number }): void;
  b(value: number): void;
  add(document: Record<string, string | number>): void;
}

interface Token {
  update(change: (word: string) => string): Token;
}

declare const lunr: {
  (build: (builder: Builder) => void): Index;
  Query: { wildcard: { TRAILING: number } };
  Pipeline: { registerFunction(step: (token: Token) => Token, label: string): void };
};

declare var playbooksFound: Record<string, any>;
declare var playbooksSynonyms: string[][];

declare var playbooksParts: Record<string, import("./parts.js").Playbook>;
