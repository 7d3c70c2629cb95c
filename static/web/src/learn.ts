/** The texts of one language, by key: a phrase, or its plural forms, or what only the server says. */
export type Texts = Readonly<Record<string, unknown>>;

// Vite makes a file of each, so that a reader loads one language. The server names the one of the first view to the
// browser before any script runs (server/page_head.go).
const parts = new Map<string, Readonly<Record<string, () => Promise<unknown>>>>([
  ['page', import.meta.glob(['../../../data/words/*.json', '!../../../data/words/languages.json'], { import: 'default' })],
]);
const known = new Map<string, Texts>();

/** Names the files of a part of the page that brings phrases of its own, by its language: they are fetched by the next learn. */
export function bring(part: string, files: Readonly<Record<string, () => Promise<unknown>>>): void {
  parts.set(part, files);
}

/** Fetches the words of a language, of the page and of every part of it that is there, as far as they are not known yet. */
export async function learn(lang: string): Promise<void> {
  await Promise.all(
    [...parts].map(async ([part, files]) => {
      const key = `${part} ${lang}`;
      if (known.has(key)) return;
      const [, load] = Object.entries(files).find(([name]) => name.endsWith(`/${lang}.json`))!;
      known.set(key, (await load()) as Texts);
    }),
  );
}

/** Code of a part of the page, once it is there with its words in a language. */
export async function withWords<T>(code: Promise<T>, lang: string): Promise<T> {
  const part = await code;
  await learn(lang);
  return part;
}

/** Says whether learn has nothing to fetch. */
export function knows(lang: string): boolean {
  return [...parts.keys()].every((part) => known.has(`${part} ${lang}`));
}

/** The words of a part that learn has fetched. */
export function textsOf(part: string, lang: string): Texts {
  return known.get(`${part} ${lang}`)!;
}
