import { Phrases, type Lang } from '../lang';
import type en from '../lang/timeline/en.json';
import { bring } from '../learn';

bring('timeline', import.meta.glob('../lang/timeline/*.json', { import: 'default' }));

export type Said = Phrases<typeof en>;

/** The phrases of this part of the page, once they are learnt. */
export function saidIn(lang: Lang): Said {
  return new Phrases('timeline', lang);
}
