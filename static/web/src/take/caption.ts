import type { View } from '../app';
import { asMapped, phraseOf } from '../evidence';
import { creditOf } from '../map/credit';
import { partyName } from '../names';

/** The words to print below the map: the finding, what the colour stands for, with its figure, method and days, and whose work it is. */
export function captionOf(view: View): string {
  const { words, share } = view;
  if (!share) return '';
  const km2 = (value: number) => words.say('km2', { n: words.number(value, 1) });
  const { accuracy_m: metres, percent_low: low, percent_high: high } = share.uncertainty ?? { accuracy_m: 0, percent_low: 0, percent_high: 0 };
  const band = metres > 0 ? `${words.say('band', { low: words.percent(low), high: words.percent(high) })} ${words.say('band_why', { metres: words.number(metres, 0) })}` : `${words.say('band_none')}`;
  const compared = view.compare?.caption(view);
  const own = words.say('caption', {
    finding: document.querySelector('.finding')?.textContent ?? '',
    meaning: phraseOf(view, share.measures, partyName(view, share.party)),
    percent: words.percent(share.percent),
    areas: words.say('of_area', { held: km2(share.held_km2), total: km2(share.territory_km2) }),
    band,
    mapped: asMapped(view, share),
    credit: creditOf(view).replace(/\.$/, ''),
    snapshot: share.snapshot,
  });
  return compared ? `${own}\n${compared}` : own;
}
