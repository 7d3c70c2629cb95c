import type { View } from '../app';
import { phraseOf } from '../evidence';
import { Phrases, type Lang } from '../lang';
import type en from '../lang/sites/en.json';
import { bring } from '../learn';
import { capital, partyName, placeName } from '../names';
import { asked, type AmountRange, type Measure, type Side, type Tally } from './answer';

bring('sites', import.meta.glob('../lang/sites/*.json', { import: 'default' }));

export type Said = Phrases<typeof en>;

/** The phrases of this part of the page. */
export function saidIn(lang: Lang): Said {
  return new Phrases('sites', lang);
}

/** The name of a side: that of the map's key, where the rest is that of one party. */
export function sideName(view: View, said: Said, tally: Tally, side: Side): string {
  const { words, dataset } = view;
  const legend = dataset.look?.legend[tally.basis] ?? [];
  const { measures } = asked(tally);
  const phrase = phraseOf(view, measures, partyName(view, tally.party));
  switch (side) {
    case 'held':
      return capital(words.name(legend.find(({ party }) => party === tally.party)?.words, phrase));
    case 'free': {
      const rest = dataset.parties.length > 1 ? undefined : legend.find(({ mark }) => mark === 'rest');
      return words.name(rest?.words, said.say('not_side', { phrase }));
    }
    case 'outside':
      return said.say('outside', { place: placeName(view, tally.of) });
  }
}

/** An amount as people read it. */
export function amountOf({ words }: View, measure: Measure, value: number): string {
  if (measure === 'number') return words.number(value, 0);
  if (measure === 'weight') return words.number(value, Number.isInteger(value) ? 0 : 1);
  return words.number(value, measure === 'km' ? 1 : 2);
}

/** "7 to 8", or one number where both ends read alike. */
export function rangeIn(view: View, said: Said, measure: Measure, { low, high }: Pick<AmountRange, 'low' | 'high'>): string {
  const [from, to] = [amountOf(view, measure, low[measure]), amountOf(view, measure, high[measure])];
  return from === to ? from : said.say('n_to', { low: from, high: to });
}

/** What a measure is called; a weight has the name of its property. */
export function measureName(said: Said, tally: Tally, measure: Measure): string {
  return measure === 'weight' ? (tally.weight ?? '') : said.say(measure);
}
