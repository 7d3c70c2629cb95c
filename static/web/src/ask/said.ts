import { Phrases, type Lang } from '../lang';
import ar from '../lang/ask/ar.json';
import en from '../lang/ask/en.json';
import he from '../lang/ask/he.json';

/** The phrases of asking about a place and of looking one up. */
export type Said = Phrases<keyof typeof en>;

export function saidIn(lang: Lang): Said {
  return new Phrases(lang, { ar, en, he });
}
