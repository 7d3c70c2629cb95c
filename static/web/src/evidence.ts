import type { Share } from './api';
import type { View } from './app';
import type { Words } from './lang';

/** Evidence older than this, in days, is told in a colour of warning: the ground may have changed since. */
const oldAfterDays = 31;

/** "as mapped on 19 October 2025", and "as last mapped on" where a later day was asked about by name. */
export function asMapped({ words, state }: View, share: Share): string {
  const newest = share.evidence?.newest;
  if (!newest) return words.date(share.as_of);
  const isLater = state.asOf !== null && newest < share.as_of;
  return words.say(isLater ? 'as_last_mapped' : 'as_mapped', { date: words.date(newest) });
}

/** "in October 2025", and of evidence that is not old yet, its very day. */
export function whenMapped(view: View, share: Share): string {
  const newest = share.evidence?.newest;
  return newest && isOld(share) ? view.words.say('in_month', { month: view.words.wholeMonth(newest) }) : asMapped(view, share);
}

/** What the map is of, for those who do not see it. */
export function mapLabel(view: View): string {
  const { words, dataset, share } = view;
  const mapped = share ? asMapped(view, share) : words.date(dataset.first_date);
  return words.say('map_label', { place: words.name(dataset.title, dataset.id), mapped });
}

/** Says whether a figure rests on old evidence, or on evidence that should have been looked at again. */
export function isOld({ evidence }: Share): boolean {
  return evidence ? evidence.age_days > oldAfterDays || evidence.review_due : false;
}

/** "404 days old on 27 November 2026"; empty where it was mapped after the day asked about. */
export function ageOf(words: Words, { evidence, as_of }: Share): string {
  if (!evidence || evidence.newest > as_of) return '';
  const day = words.date(as_of);
  return evidence.newest === as_of ? words.say('of_the_day', { date: day }) : words.say('age', { days: words.days(evidence.age_days), date: day });
}

/** What a reading measures, in the few words of a column: "held". */
export function shortOf(view: View, measures: string | undefined): string {
  return wordsOf(view, measures, 'short');
}

/** "was held by Israel", to follow a percentage in a sentence. */
export function saidOf(view: View, measures: string | undefined, party: string): string {
  return wordsOf(view, measures, 'said').replace('{party}', party);
}

/** "held by Israel", to follow a percentage. */
export function phraseOf(view: View, measures: string | undefined, party: string): string {
  return wordsOf(view, measures, 'phrase').replace('{party}', party);
}

// The words are the server's: those of citations, pictures and legends.
function wordsOf({ words, dataset }: View, measures: string | undefined, form: 'short' | 'said' | 'phrase'): string {
  const found = dataset.look?.measures?.find(({ measure }) => measure === (measures ?? 'held'));
  return words.name(found?.[form], measures ?? 'held');
}
