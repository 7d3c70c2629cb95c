import { Phrases, type Lang } from '../lang';
import type en from '../lang/ask/en.json';
import { bring } from '../learn';

bring('ask', import.meta.glob('../lang/ask/*.json', { import: 'default' }));

/** The phrases of asking about a place and of looking one up. */
export type Said = Phrases<typeof en>;

export function saidIn(lang: Lang): Said {
  return new Phrases('ask', lang);
}
